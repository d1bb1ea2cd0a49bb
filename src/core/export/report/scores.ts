/** The scores of every run by task, and the confusion matrices (of numbers, the pictures) behind them. */
import type { TaskKind } from '../../tasks/losses/types';
import { METRICS, type Metric } from '../../tasks/metrics/registry';
import type { TaskMetrics } from '../../tasks/metrics/types';
import type { TaskId } from '../../tasks/types';
import { testedOf } from '../../training/monitor/tested';
import { html, type Markup } from './html';
import { numberFigure } from './number-figure';
import type { Page } from './page';
import { wordTable } from './statistics';
import type { ReportRun, ReportTable } from './types';

/** With more runs than this the matrices of a task are folded away. */
const UNFOLDED = 6;

const KINDS = ['classes', 'number'] as const;

/** In the order of the columns of files. */
const metricsOf = (kind: TaskKind): readonly Metric[] =>
  METRICS.filter((one) => one.kind === kind || one.kind === 'both');

/** The cells of one run's task, a metric each. @param best values that are set off */
function cells(
  { words }: Page,
  metrics: TaskMetrics | null,
  kind: TaskKind,
  best?: readonly number[],
): Markup[] {
  return metricsOf(kind).map(({ read, share }, k) => {
    const value = metrics ? read(metrics) : undefined;
    const shown =
      metrics?.unmeasurable && !Number.isFinite(value)
        ? words.notMeasurable
        : share
          ? words.percent(value)
          : words.number(value, 4);
    return html`<td class="n${value !== undefined && value === best?.[k] ? ' best' : ''}">${shown}</td>`;
  });
}

/** @param means over seeds, where there are several */
export function scoresSection(page: Page, tasks: readonly TaskId[], means: readonly ReportTable[]): Markup {
  const { runs, words } = page;
  /** The best value of each metric, where there is a choice. */
  const bestOf = (task: TaskId): readonly number[] =>
    metricsOf(page.kindOf(task)).map(({ read, better }) => {
      const values = runs.flatMap((run) => {
        const metrics = page.metrics(run, task);
        return metrics ? [read(metrics)] : [];
      });
      const finite = values.filter(Number.isFinite);
      return runs.length < 2 ? Number.NaN : better === 'lower' ? Math.min(...finite) : Math.max(...finite);
    });
  const meansTables = means.map((table) => wordTable(page, table));
  const tables = KINDS.flatMap((kind) => {
    const rows = tasks
      .filter((task) => page.kindOf(task) === kind)
      .flatMap((task) => {
        const best = bestOf(task);
        return runs.map(
          (run, i) =>
            html`<tr${i === 0 ? html` class="group"` : null}>${i === 0 ? html`<th scope="rowgroup" rowspan="${runs.length}">${words.task(task)}</th>` : null}<td>${page.mark(i)} ${run.name}</td>${cells(page, page.metrics(run, task), kind, best)}</tr>
`,
        );
      });
    return rows.length === 0
      ? []
      : [scoreTable(page, 'scores', kind, [words.columns.task, words.columns.run], rows)];
  });
  return page.section(words.sections.scores, [...meansTables, ...tables]);
}

function scoreTable(
  page: Page,
  id: 'scores' | 'test',
  kind: TaskKind,
  first: readonly string[],
  rows: readonly Markup[],
): Markup {
  const { words } = page;
  return page.table({
    id: kind === 'classes' ? id : `${id}-numbers`,
    caption: id === 'scores' ? words.scoresNote : words.testNote,
    columns: [...first, ...metricsOf(kind).map((one) => [words.metrics[one.id]!] as const)],
    rows,
  });
}

/** What the test parts scored, where there are any; null without one. */
export function testSection(page: Page): Markup | null {
  const { runs, words } = page;
  const tables = KINDS.flatMap((kind) => {
    const rows = runs.flatMap((run, i) => {
      const tested = testedOf(run.epochs);
      return run.config.tasks.flatMap((task, k) => {
        const metrics = tested?.test.tasks[k];
        return metrics && task.kind === kind
          ? [
              html`<tr><td>${page.mark(i)} ${run.name}</td><td>${words.task(task.id)}</td>${cells(page, metrics, kind)}</tr>
`,
            ]
          : [];
      });
    });
    return rows.length === 0
      ? []
      : [scoreTable(page, 'test', kind, [words.columns.run, words.columns.task], rows)];
  });
  return tables.length === 0 ? null : page.section(words.sections.test, tables);
}

export function confusionSection(page: Page, tasks: readonly TaskId[]): Markup {
  const { runs, words } = page;
  const matrix = (run: ReportRun, index: number, task: TaskId): Markup | null => {
    const metrics = page.metrics(run, task);
    if (!metrics) return null;
    if (metrics.unmeasurable)
      return html`<table class="matrix"><caption>${page.mark(index)} ${run.name}</caption><tbody><tr><td>${words.notMeasurable}</td></tr></tbody></table>`;
    if (metrics.number) return numberFigure(page, index, task, metrics.number);
    const names = (run.classes[page.placeOf(run, task)] ?? []).map(words.className);
    return html`<table class="matrix"><caption>${page.mark(index)} ${run.name}</caption><thead><tr><th>${words.truth} \\ ${words.predicted}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">${words.recall}</th></tr></thead><tbody>
${metrics.confusion.map((row, i) => {
  const total = row.reduce((sum, count) => sum + count, 0);
  return html`<tr><th scope="row">${names[i]}</th>${row.map((count, j) => html`<td class="${i === j ? 'hit' : ''}" style="--share:${total === 0 ? 0 : Math.round((100 * count) / total)}%">${count}</td>`)}<td class="n">${total === 0 ? '–' : words.percent(row[i]! / total)}</td></tr>
`;
})}</tbody></table>`;
  };
  return page.section(
    words.sections.confusion,
    html`<p class="note">${words.confusionNote}</p>${tasks.some((task) => page.kindOf(task) === 'number') ? html`<p class="note">${words.numberNote}</p>` : null}${tasks.map((task) => html`<details${runs.length <= UNFOLDED ? html` open` : null}><summary><h3>${words.task(task)}</h3></summary><div class="matrices scroll">${runs.map((run, i) => matrix(run, i, task))}</div></details>`)}`,
  );
}
