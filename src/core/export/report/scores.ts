/** The scores of every run by task, and the confusion matrices behind them. */
import { taskIds, type TaskId } from '../../tasks/types';
import { testedOf } from '../../training/monitor/tested';
import { html, type Markup } from './html';
import type { Page } from './page';
import { wordTable } from './statistics';
import type { ReportRun, ReportTable } from './types';

const METRICS = ['loss', 'accuracy', 'uar', 'macroPrecision', 'macroRecall', 'macroF1'] as const;
/** With more runs than this the matrices of a task are folded away. */
const UNFOLDED = 6;

/** @param means over seeds, where there are several */
export function scoresSection(page: Page, tasks: readonly TaskId[], means: readonly ReportTable[]): Markup {
  const { runs, words } = page;
  const best = (task: TaskId, metric: (typeof METRICS)[number]): number => {
    const values = runs.flatMap((run) => page.metrics(run, task)?.[metric] ?? []).filter(Number.isFinite);
    return metric === 'loss' ? Math.min(...values) : Math.max(...values);
  };
  const rows = tasks.flatMap((task) =>
    runs.map((run, i) => {
      const metrics = page.metrics(run, task);
      return html`<tr${i === 0 ? html` class="group"` : null}>${i === 0 ? html`<th scope="rowgroup" rowspan="${runs.length}">${words.task(task)}</th>` : null}<td>${page.mark(i)} ${run.name}</td>${METRICS.map(
        (metric) => {
          const value = metrics?.[metric];
          const shown =
            metrics?.unmeasurable && !Number.isFinite(value)
              ? words.notMeasurable
              : metric === 'loss'
                ? words.number(value, 4)
                : words.percent(value);
          return html`<td class="n${runs.length > 1 && value !== undefined && value === best(task, metric) ? ' best' : ''}">${shown}</td>`;
        },
      )}</tr>
`;
    }),
  );
  return page.section(words.sections.scores, [
    ...means.map((table) => wordTable(page, table)),
    page.table({
      id: 'scores',
      caption: words.scoresNote,
      columns: [
        words.columns.task,
        words.columns.run,
        ...METRICS.map((metric) => [words.metrics[metric]] as const),
      ],
      rows,
    }),
  ]);
}

/** What the test parts scored, where there are any; null without one. */
export function testSection(page: Page): Markup | null {
  const { runs, words } = page;
  const rows = runs.flatMap((run, i) => {
    const tested = testedOf(run.epochs);
    return taskIds(run.config).map((task, k) => {
      const metrics = tested?.test.tasks[k];
      if (!metrics) return null;
      return html`<tr><td>${page.mark(i)} ${run.name}</td><td>${words.task(task)}</td>${METRICS.map(
        (metric) => {
          const value = metrics[metric];
          const shown = metrics.unmeasurable
            ? words.notMeasurable
            : metric === 'loss'
              ? words.number(value, 4)
              : words.percent(value);
          return html`<td class="n">${shown}</td>`;
        },
      )}</tr>
`;
    });
  });
  const shown = rows.flatMap((row) => row ?? []);
  if (shown.length === 0) return null;
  return page.section(words.sections.test, [
    page.table({
      id: 'test',
      caption: words.testNote,
      columns: [
        words.columns.run,
        words.columns.task,
        ...METRICS.map((metric) => [words.metrics[metric]] as const),
      ],
      rows: shown,
    }),
  ]);
}

export function confusionSection(page: Page, tasks: readonly TaskId[]): Markup {
  const { runs, words } = page;
  const matrix = (run: ReportRun, index: number, task: TaskId): Markup | null => {
    const metrics = page.metrics(run, task);
    if (!metrics) return null;
    if (metrics.unmeasurable)
      return html`<table class="matrix"><caption>${page.mark(index)} ${run.name}</caption><tbody><tr><td>${words.notMeasurable}</td></tr></tbody></table>`;
    const names = (run.classes[taskIds(run.config).indexOf(task)] ?? []).map(words.className);
    return html`<table class="matrix"><caption>${page.mark(index)} ${run.name}</caption><thead><tr><th>${words.truth} \\ ${words.predicted}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">${words.recall}</th></tr></thead><tbody>
${metrics.confusion.map((row, i) => {
  const total = row.reduce((sum, count) => sum + count, 0);
  return html`<tr><th scope="row">${names[i]}</th>${row.map((count, j) => html`<td class="${i === j ? 'hit' : ''}" style="--share:${total === 0 ? 0 : Math.round((100 * count) / total)}%">${count}</td>`)}<td class="n">${total === 0 ? '–' : words.percent(row[i]! / total)}</td></tr>
`;
})}</tbody></table>`;
  };
  return page.section(
    words.sections.confusion,
    html`<p class="note">${words.confusionNote}</p>${tasks.map((task) => html`<details${runs.length <= UNFOLDED ? html` open` : null}><summary><h3>${words.task(task)}</h3></summary><div class="matrices scroll">${runs.map((run, i) => matrix(run, i, task))}</div></details>`)}`,
  );
}
