/** The query of a link as named values and back: `a=1&b=x%20y`. Not here: what the names mean. */

/** @param query without `?`; of a name given twice the last value counts; what cannot be decoded stays as it is */
export function readQuery(query: string): ReadonlyMap<string, string> {
  return new Map(query.split('&').filter(Boolean).map((pair) => {
    const [key = '', ...rest] = pair.split('=');
    return [key, decode(rest.join('='))] as const;
  }));
}

export const writeQuery = (values: Iterable<readonly [string, string]>): string => [...values].map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
