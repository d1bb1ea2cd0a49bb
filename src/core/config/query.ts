/**
 * The query of a link as named values and back: `a=1&b=x%20y`, also where a mail or a messenger has encoded
 * it once too often. Not here: what the names mean, and what is told of those that mean nothing
 * (link-problems.ts).
 */

export interface QueryPair {
  readonly key: string;
  /** As it stands in the link, still encoded. */
  readonly raw: string;
  readonly text: string;
}

/** `&` written as `&amp;` by a page or a mail leaves this in front of the next name. */
const ENTITY = /^(?:amp;)+/i;

/** @param query without `?`; what cannot be decoded stays as it is */
export function readPairs(query: string): readonly QueryPair[] {
  const whole = !query.includes('=') && /%3d/i.test(query) ? decode(query) : query;
  return whole
    .split('&')
    .filter((pair) => pair.replace(ENTITY, '') !== '')
    .map((pair) => {
      const [key = '', ...rest] = pair.split('=');
      const raw = rest.join('=');
      return { key: decode(key).replace(ENTITY, ''), raw, text: decode(raw) };
    });
}

/**
 * @param query without `?`; of a name given twice the last value counts; what cannot be decoded stays as it
 * is
 */
export const readQuery = (query: string): ReadonlyMap<string, string> =>
  new Map(readPairs(query).map(({ key, text }) => [key, text]));

export const writeQuery = (values: Iterable<readonly [string, string]>): string =>
  [...values].map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');

/** The text decoded once more; null where nothing in it looks encoded, or where that is no text. */
export function decodedAgain(text: string): string | null {
  if (!/%[0-9a-f]{2}/i.test(text)) return null;
  const again = decode(text);
  return again === text ? null : again;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
