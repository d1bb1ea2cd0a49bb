/** Numbers as they stand in a formula line: four significant digits, a true minus sign, no thousands separators. */
export function plain(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number(value.toPrecision(4)).toString().replace('-', '−');
}

export const sumOf = (terms: readonly string[]): string => terms.join(' + ');
