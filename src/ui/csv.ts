/** Tables as RFC 4180 text. Numbers keep full precision and a decimal point, whatever the language on screen. */
export type Cell = string | number | null | undefined;

/** Cells that a spreadsheet would run as a formula get a leading apostrophe: labels come from file names. */
const quoted = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
}
