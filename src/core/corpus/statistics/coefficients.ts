/**
 * Coefficients of agreement between listeners who are not told apart: every utterance has a list of how many chose
 * what, or of numbers. Fleiss (1971); Krippendorff (2011, "Computing Krippendorff's alpha-reliability"). Compared
 * with statsmodels and the package `krippendorff` (reference/fixtures/agreement.py).
 */

/**
 * Fleiss' kappa.
 * @param table a row an utterance: how many of its listeners chose each class; every row has the same sum, 2 or more
 * @returns NaN where nothing can be said: no utterance, or one class in all of them
 */
export function fleissKappa(table: readonly (readonly number[])[]): number {
  const raters = sum(table[0] ?? []);
  const totals = columnSums(table);
  const votes = sum(totals);
  if (raters < 2) return Number.NaN;
  let observed = 0;
  for (const row of table) observed += agreeingPairs(row);
  observed /= table.length;
  const expected = sum(totals.map((total) => (total / votes) ** 2));
  return expected === 1 ? Number.NaN : (observed - expected) / (1 - expected);
}

/** The share of pairs of listeners who agree, of one utterance with two or more votes. */
export function agreeingPairs(row: readonly number[]): number {
  const raters = sum(row);
  return sum(row.map((count) => count * (count - 1))) / (raters * (raters - 1));
}

/**
 * Krippendorff's alpha of classes; utterances with fewer than two votes do not count.
 * @param table a row an utterance: how many chose each class; any sums
 * @returns NaN where nothing can be said: no two votes on one utterance, or one class in all of them
 */
export function nominalAlpha(table: readonly (readonly number[])[]): number {
  const rows = table.filter((row) => sum(row) > 1);
  const totals = columnSums(rows);
  const values = sum(totals);
  let observed = 0;
  for (const row of rows) observed += ((1 - agreeingPairs(row)) * sum(row)) / values;
  const expected = (values ** 2 - sum(totals.map((total) => total ** 2))) / (values * (values - 1));
  return expected > 0 ? 1 - observed / expected : Number.NaN;
}

/**
 * Krippendorff's alpha of numbers whose distances count; utterances with fewer than two do not.
 * @param units the numbers that listeners gave, by utterance
 * @returns NaN where nothing can be said: no two numbers for one utterance, or all of them equal
 */
export function intervalAlpha(units: readonly (readonly number[])[]): number {
  const rated = units.filter(({ length }) => length > 1);
  const all = rated.flat();
  const mean = sum(all) / all.length;
  // Squared differences of all pairs of n numbers sum to 2n times the squared deviations from their mean.
  let observed = 0;
  for (const unit of rated) observed += (2 * unit.length * deviations(unit)) / (unit.length - 1);
  const expected = (2 * all.length * sum(all.map((value) => (value - mean) ** 2))) / (all.length - 1);
  return expected > 0 ? 1 - observed / expected : Number.NaN;
}

/**
 * Krippendorff's alpha of numbers whose order counts: his distance of two ranks, the values from one to the other
 * with half of both ends, is the difference of their mid-ranks.
 */
export function ordinalAlpha(units: readonly (readonly number[])[]): number {
  const rated = units.filter(({ length }) => length > 1);
  const counts = new Map<number, number>();
  for (const value of rated.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  const rank = new Map<number, number>();
  let below = 0;
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    rank.set(value, below + count / 2);
    below += count;
  }
  return intervalAlpha(rated.map((unit) => unit.map((value) => rank.get(value)!)));
}

const sum = (values: readonly number[]): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

function columnSums(table: readonly (readonly number[])[]): number[] {
  const totals: number[] = [];
  for (const row of table) for (const [i, count] of row.entries()) totals[i] = (totals[i] ?? 0) + count;
  return totals;
}

function deviations(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  let total = 0;
  for (const value of values) total += (value - mean) ** 2;
  return total;
}
