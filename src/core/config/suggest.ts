/**
 * The name that was probably meant: for keys of links, fields of configuration files and values of a list.
 */

/**
 * Damerau-Levenshtein distance (optimal string alignment): letters added, left out, replaced, or two
 * neighbours swapped.
 */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? rows[i - 2]![j - 2]! + 1
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, change, swap));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/** Longer words are no slips of the finger, and need no table of that size. */
const LONGEST = 40;

/**
 * @param aliases other names for some of them
 * @returns of `known` the one nearest to `word` whatever its case; null where none is near: at most a third
 * of the letters may differ
 */
export function nearest(
  word: string,
  known: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): string | null {
  if (word.length > LONGEST) return null;
  const plain = word.toLowerCase();
  const named = Object.entries(aliases).find(([alias]) => alias.toLowerCase() === plain);
  if (named) return named[1];
  const ranked = known
    .map((name) => ({ name, distance: editDistance(plain, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best &&
    best.distance <= Math.max(1, Math.floor(Math.max(plain.length, best.name.length) / 3)) &&
    best.distance < Math.max(plain.length, best.name.length)
    ? best.name
    : null;
}
