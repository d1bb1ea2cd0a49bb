/**
 * The tests as tables, each after what it shows and what it does not. Cells that say the same one below the
 * other are one.
 */
import { html, type Markup } from './html';
import type { Page } from './page';
import type { ReportTable } from './types';

/** Longer cells are sentences. */
const SENTENCE = 40;

/**
 * How many rows from `at` on have the same text in this column and, but for the first, belong to one group; 0
 * where it is told above already.
 */
function span(rows: ReportTable['rows'], at: number, column: number): number {
  const alike = (a: number, b: number): boolean =>
    rows[a]![0] === rows[b]![0] && rows[a]![column] === rows[b]![column];
  if (at > 0 && alike(at - 1, at)) return 0;
  const next = rows.findIndex((_, i) => i > at && !alike(at, i));
  return (next < 0 ? rows.length : next) - at;
}

/** A number and its interval in brackets, one below the other. */
function stacked(cell: string): string | Markup {
  const [value, interval] = cell.split(' [');
  return interval === undefined ? cell : html`${value} <small>[${interval}</small>`;
}

const rowspan = (count: number): Markup | null => (count > 1 ? html` rowspan="${count}"` : null);

export function wordTable(page: Page, { id, caption, columns, rows }: ReportTable): Markup {
  const cells = (row: readonly string[], at: number): readonly (Markup | null)[] =>
    row.map((cell, k) => {
      const joined = k === 0 || cell.length > SENTENCE;
      const count = joined ? span(rows, at, k) : 1;
      if (count === 0) return null;
      return k === 0
        ? html`<th scope="${count > 1 ? 'rowgroup' : 'row'}"${rowspan(count)}>${cell}</th>`
        : html`<td class="${columns[k]!.numeric ? 'n' : cell.length > SENTENCE ? 'words' : ''}"${rowspan(count)}>${columns[k]!.numeric ? stacked(cell) : cell}</td>`;
    });
  return page.table({
    id,
    caption,
    columns: columns.map(({ name, numeric }) => (numeric ? ([name] as const) : name)),
    rows: rows.map(
      (row, at) => html`<tr${span(rows, at, 0) > 0 ? html` class="group"` : null}>${cells(row, at)}</tr>
`,
    ),
  });
}

export function statisticsSection(page: Page, tables: readonly ReportTable[]): Markup | null {
  if (tables.length === 0) return null;
  return page.section(
    page.words.sections.statistics,
    tables.map(
      (table, i) => html`${table.title !== tables[i - 1]?.title ? html`<h3>${table.title}</h3>` : null}
${table.sentences.map((sentence) => html`<p class="${table.rows.length > 0 ? 'note' : 'answer'}">${sentence}</p>`)}${table.rows.length === 0 ? null : wordTable(page, table)}`,
    ),
  );
}
