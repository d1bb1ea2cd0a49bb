/**
 * Ids of excluded utterances as a link writes them: in order, each as the number of characters that it shares with
 * the one before (base 36), a dot, and the rest. `Ses01F_impro01_F000`, `Ses01F_impro01_F011` are
 * `0.Ses01F_impro01_F000~h.11`. A list that is too long for a link is only named in it: its number and a hash.
 */
import { excludedIds } from '../corpus/exclusion';
import { hashName } from '../random/streams';
import { badConfig } from './refusal';

/** Characters; with everything else a link stays below some four thousand, which messengers take. */
const LONGEST = 3000;
const NAMED = /^(\d+)!([0-9a-f]+)$/;

/** How many, and which: `3!5f0c...`. @param exclude sorted ids */
export const excludedName = (exclude: readonly string[] = []): string =>
  `${exclude.length}!${hashName(exclude.join('\n'))}`;

/** @returns empty where none is excluded */
export function excludedText(exclude: readonly string[] = []): string {
  const ids = excludedIds(exclude);
  const text = ids
    .map((id, i) => {
      const shared = sharedWith(ids[i - 1] ?? '', id);
      return `${shared.toString(36)}.${encodeURIComponent(id.slice(shared)).replaceAll('~', '%7E')}`;
    })
    .join('~');
  // A link encodes it once more.
  return encodeURIComponent(text).length <= LONGEST ? text : excludedName(ids);
}

/** Whether a link carries the list itself. */
export const fitsLink = (exclude: readonly string[]): boolean => !NAMED.test(excludedText(exclude));

/** @throws ConfigError `bad-config` where it is no such list, or only the name of one */
export function excludedOf(text: string): string[] {
  const count = NAMED.exec(text)?.[1];
  if (count !== undefined) throw badConfig('exclude', { why: 'notInLink', count: Number(count) });
  const ids: string[] = [];
  for (const part of text.split('~')) {
    const [, shared, rest] = /^([0-9a-z]{1,4})\.(.*)$/s.exec(part) ?? [];
    const length = parseInt(shared ?? '', 36);
    const before = ids.at(-1) ?? '';
    if (rest === undefined || length > before.length) throw badConfig('exclude', { why: 'idList' });
    ids.push(before.slice(0, length) + decoded(rest));
  }
  return ids;
}

/** Characters at the beginning that are the same; never half of a pair of surrogates. */
function sharedWith(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at > 0 && /[\ud800-\udbff]/.test(b[at - 1]!) ? at - 1 : at;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badConfig('exclude', { why: 'idList' });
  }
}
