/** The tests as tables, each between what it shows and what it does not. */
import { html, type Markup } from './html';
import type { Page } from './page';
import type { ReportTable } from './types';

export function statisticsSection(page: Page, tables: readonly ReportTable[]): Markup | null {
  if (tables.length === 0) return null;
  return page.section(page.words.sections.statistics, tables.map(({ id, title, caption, columns, rows, sentences }, i) => html`${title !== '' && title !== tables[i - 1]?.title ? html`<h3>${title}</h3>` : null}
${sentences.map((sentence) => html`<p class="${rows.length > 0 ? 'note' : 'answer'}">${sentence}</p>`)}${rows.length === 0 ? null : page.table({
    id, caption, columns: columns.map(({ name, numeric }) => (numeric ? [name] as const : name)),
    rows: rows.map((row, at) => html`<tr${row[0] === rows[at - 1]?.[0] ? null : html` class="group"`}>${row.map((cell, k) => (k === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${columns[k]!.numeric ? 'n' : 'words'}">${cell}</td>`))}</tr>
`),
  })}`));
}
