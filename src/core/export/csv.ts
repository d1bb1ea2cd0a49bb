/**
 * CSV as RFC 4180 has it: comma, CRLF, quotes doubled; numbers in full precision, empty for what is absent or
 * no number.
 */
export type Cell = string | number | boolean | null | undefined;

/**
 * A leading `=`, `+`, `-` or `@` in *text* (labels come from file names) is defused with an apostrophe,
 * because spreadsheets would run it; numbers stay as they are.
 */
function field(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (typeof cell === 'boolean') return String(cell);
  // One that has apostrophes before it already gets another, so that reading back takes off exactly the one
  // put on.
  const safe = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows, each with the end of its line. */
export function csvRows(rows: Iterable<readonly Cell[]>): string {
  const lines: string[] = [];
  for (const row of rows) lines.push(`${row.map(field).join(',')}\r\n`);
  return lines.join('');
}

export const toCsv = (header: readonly string[], rows: Iterable<readonly Cell[]>): string =>
  csvRows([header]) + csvRows(rows);
