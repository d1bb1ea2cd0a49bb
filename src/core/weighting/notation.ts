/**
 * Numbers as they stand in a formula line: four significant digits, a true minus sign, no thousands
 * separators.
 */
export function plain(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number(value.toPrecision(4)).toString().replace('-', '−');
}

export const sumOf = (terms: readonly string[]): string => terms.join(' + ');

/** `(0.2, 0.7, −0.1)` */
export const tuple = (values: readonly number[]): string =>
  `(${values.map((value) => plain(value)).join(', ')})`;

/** `L = 0.3·1.2 + 0.7·2.1 = 1.83` */
export const weightedSum = (losses: readonly number[], weights: readonly number[], total: number): string =>
  `L = ${sumOf(losses.map((loss, i) => `${plain(weights[i]!)}·${plain(loss)}`))} = ${plain(total)}`;

/** The effective weights, for a formula that differentiates through more than it prints. */
export const derivative = (effective: readonly number[]): string => `;  ∂L/∂Lᵢ = ${tuple(effective)}`;

/**
 * The line as it stands where weights are renormalised: what the gradient gets is then no derivative of the L
 * in it.
 */
export const withRenormalised = (line: string, effective: readonly number[]): string =>
  `${line.split(/;\s+∂L/)[0]!};  T·∂L/∂Lᵢ / Σⱼ|∂L/∂Lⱼ| = ${tuple(effective)}`;
