/** The letters by which recipes and runs are told apart, on screen and in a report. */

/** A, B, ..., Z, AA, AB, ... */
export function letterOf(index: number): string {
  const last = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? last : `${letterOf(Math.floor(index / 26) - 1)}${last}`;
}
