/**
 * How two columns of classes go together: counts of each pair of values, and Cramér's V, plain and with the
 * correction of Bergsma (2013, "A bias-correction for Cramér's V and Tschuprow's T"). Compared with SciPy
 * (reference/fixtures/corpus_statistics.py).
 */

export interface Association {
  /** Pearson's chi-square of independence. */
  readonly chiSquare: number;
  /** 0 (independent) .. 1 (each says the other). NaN where a side has fewer than two values. */
  readonly plain: number;
  /** The same, which by chance alone is not above 0 on average. NaN where `plain` is, and where n is too small. */
  readonly corrected: number;
}

/** @param table counts, rows x columns; empty rows and columns do not count */
export function associationOf(table: readonly (readonly number[])[]): Association {
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = (table[0] ?? []).map((_, k) => table.reduce((sum, row) => sum + row[k]!, 0));
  const n = rows.reduce((sum, count) => sum + count, 0);
  let chiSquare = 0;
  for (const [i, row] of table.entries())
    for (const [k, count] of row.entries()) {
      const expected = (rows[i]! * columns[k]!) / n;
      if (expected > 0) chiSquare += (count - expected) ** 2 / expected;
    }
  const r = rows.filter((count) => count > 0).length;
  const c = columns.filter((count) => count > 0).length;
  if (r < 2 || c < 2) return { chiSquare, plain: Number.NaN, corrected: Number.NaN };
  const phi = chiSquare / n;
  const shrunk = (count: number): number => count - (count - 1) ** 2 / (n - 1);
  const room = Math.min(shrunk(r), shrunk(c)) - 1;
  const corrected = Math.max(0, phi - ((r - 1) * (c - 1)) / (n - 1));
  return {
    chiSquare,
    plain: Math.sqrt(phi / (Math.min(r, c) - 1)),
    corrected: room > 0 ? Math.sqrt(corrected / room) : Number.NaN,
  };
}

/**
 * Counts pairs. @param a codes, negative: none  @returns `missing`: how many have no value in one of the two
 */
export function crossTable(
  a: ArrayLike<number>,
  aCount: number,
  b: ArrayLike<number>,
  bCount: number,
): { readonly table: number[][]; readonly missing: number } {
  const table = Array.from({ length: aCount }, () => Array.from({ length: bCount }, () => 0));
  let missing = 0;
  for (let i = 0; i < a.length; i++)
    if (a[i]! < 0 || b[i]! < 0) missing++;
    else table[a[i]!]![b[i]!]!++;
  return { table, missing };
}
