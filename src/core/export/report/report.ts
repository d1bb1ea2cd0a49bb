/**
 * A comparison of chosen runs as one HTML file: tables, charts as SVG, confusion matrices and how to reproduce each run. It needs no
 * script, no network and no font, and forbids itself all of them. A pure function of its input; not here: reading runs, the words.
 */
import type { EpochRecord, TaskMetrics } from '../../training/events';
import { TASKS, type TaskId } from '../../training/tasks';
import { caveatsOf } from './caveats';
import { html, type Markup } from './html';
import { colorOf, dashOf, lineChart, type ReportLine } from './line-chart';
import { settingsOf } from './settings';
import { REPORT_STYLE } from './style';
import type { ReportRun, ReportTable, ReportWords } from './types';

/** More runs than this no chart can tell apart. */
export const MOST_RUNS = 24;
/** Epochs a line has at most; longer runs are thinned evenly and the report says so. */
const POINTS = 400;

export interface ReportInput {
  readonly runs: readonly ReportRun[];
  readonly words: ReportWords;
  readonly softwareVersion: string;
  readonly statistics: ReportTable | null;
}

const METRICS = ['loss', 'accuracy', 'uar', 'macroPrecision', 'macroRecall', 'macroF1'] as const;
type Metric = (typeof METRICS)[number];

const markOf = (index: number): string => String.fromCodePoint(65 + index);
const bestOf = ({ epochs }: ReportRun): EpochRecord | null => epochs.findLast(({ best }) => best) ?? epochs.at(-1) ?? null;
const metricsOf = (run: ReportRun, task: TaskId): TaskMetrics | null => bestOf(run)?.validation.tasks[run.config.tasks.indexOf(task)] ?? null;

/** @param input at least one run, at most {@link MOST_RUNS}  @returns a whole HTML document */
export function comparisonReport(input: ReportInput): string {
  const { runs, words } = input;
  const tasks = TASKS.filter((task) => runs.some(({ config }) => config.tasks.includes(task)));
  const thinned = runs.flatMap(({ epochs }, i) => (epochs.length > POINTS ? [i] : []));
  const body = html`<h1>${words.title}</h1><p class="meta">${words.made}</p>
${runsTable(runs, words)}${caveats(runs, thinned, words)}${scores(runs, tasks, words)}${settings(runs, words)}${charts(runs, tasks, words)}${confusions(runs, tasks, words)}${statistics(input)}${reproduction(runs, words)}`;
  return `<!doctype html>
<html lang="${html`${words.language}`.markup}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="${html`Equipoise ${input.softwareVersion}`.markup}">
<title>${html`${words.title}`.markup}</title><style>${REPORT_STYLE}</style></head>
<body>
${PATTERN.markup}
${body.markup}
</body>
</html>
`;
}

const PATTERN = html`<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><pattern id="uphill" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#a8200d" fill-opacity=".06"/><line y2="6" stroke="#a8200d" stroke-opacity=".3" stroke-width="1.5"/></pattern></defs></svg>`;

const section = (title: string, content: Markup | readonly Markup[]): Markup => html`<section><h2>${title}</h2>${content}</section>
`;

const mark = (index: number): Markup => html`<span class="mark" style="color:${colorOf(index)}">${markOf(index)}<svg width="28" height="8" aria-hidden="true"><line x2="28" y1="4" y2="4" stroke="${colorOf(index)}" stroke-width="2" stroke-dasharray="${dashOf(index)}"/></svg></span>`;

function runsTable(runs: readonly ReportRun[], { sections, columns, ...words }: ReportWords): Markup {
  const head = [columns.mark, columns.run, columns.strategy, columns.seed, columns.corpus, columns.epochs, columns.best, columns.state, columns.backend, columns.started];
  return section(sections.runs, html`<div class="scroll"><table id="runs"><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>
${runs.map((run, i) => html`<tr><td>${mark(i)}</td><th scope="row">${run.name}</th><td>${words.strategy(run.config.strategy.id)}</td><td class="n">${run.config.seed}</td><td>${run.corpusName}</td><td class="n">${run.epochs.length} / ${run.config.epochs}</td><td class="n">${bestOf(run)?.epoch ?? '–'}</td><td>${words.state(run.state)}</td><td>${run.backend || '–'}</td><td>${words.date(run.createdAt)}</td></tr>
`)}</tbody></table></div>`);
}

function caveats(runs: readonly ReportRun[], thinned: readonly number[], words: ReportWords): Markup | null {
  const found = caveatsOf(runs, thinned);
  if (found.length === 0) return null;
  return section(words.sections.caveats, html`<ul id="caveats">${found.map(({ code, runs: concerned }) => html`<li data-caveat="${code}">${words.caveat(code, concerned.map(markOf))}</li>`)}</ul>`);
}

function scores(runs: readonly ReportRun[], tasks: readonly TaskId[], words: ReportWords): Markup {
  const best = (task: TaskId, metric: Metric): number => {
    const values = runs.flatMap((run) => metricsOf(run, task)?.[metric] ?? []).filter(Number.isFinite);
    return metric === 'loss' ? Math.min(...values) : Math.max(...values);
  };
  const rows = tasks.flatMap((task) => runs.map((run, i) => {
    const metrics = metricsOf(run, task);
    return html`<tr><th scope="row">${words.task(task)}</th><td>${mark(i)} ${run.name}</td>${METRICS.map((metric) => {
      const value = metrics?.[metric];
      const shown = metric === 'loss' ? words.number(value, 4) : words.percent(value);
      return html`<td class="n${runs.length > 1 && value !== undefined && value === best(task, metric) ? ' best' : ''}">${shown}</td>`;
    })}</tr>
`;
  }));
  return section(words.sections.scores, html`<p class="note">${words.scoresNote}</p><div class="scroll"><table id="scores"><thead><tr><th scope="col">${words.columns.task}</th><th scope="col">${words.columns.run}</th>${METRICS.map((metric) => html`<th scope="col" class="n">${words.metrics[metric]}</th>`)}</tr></thead><tbody>
${rows}</tbody></table></div>`);
}

function settings(runs: readonly ReportRun[], words: ReportWords): Markup {
  const all = settingsOf(runs.map(({ config }) => config));
  const table = (id: string, rows: typeof all): Markup => html`<div class="scroll"><table id="${id}"><thead><tr><th scope="col">${words.columns.setting}</th>${runs.map((_, i) => html`<th scope="col">${mark(i)}</th>`)}</tr></thead><tbody>
${rows.map(({ name, values }) => html`<tr><th scope="row"><code>${name}</code></th>${values.map((value) => html`<td class="long">${value ?? words.absent}</td>`)}</tr>
`)}</tbody></table></div>`;
  const differing = all.filter(({ differs }) => differs);
  return section(words.sections.settings, html`${differing.length > 0 ? table('differences', differing) : html`<p>${words.noDifference}</p>`}<details><summary>${words.sameSettings}</summary>${table('same', all.filter(({ differs }) => !differs))}</details>`);
}

function charts(runs: readonly ReportRun[], tasks: readonly TaskId[], words: ReportWords): Markup {
  const lines = (task: TaskId, read: (epoch: EpochRecord, index: number) => number | undefined): readonly ReportLine[] => runs.flatMap((run, index): ReportLine[] => {
    const position = run.config.tasks.indexOf(task);
    if (position < 0 || run.epochs.length === 0) return [];
    const stride = Math.ceil(run.epochs.length / POINTS);
    const drawn = run.epochs.filter((_, i) => (run.epochs.length - 1 - i) % stride === 0);
    return [{ mark: markOf(index), index, xs: drawn.map(({ epoch }) => epoch), ys: drawn.map((epoch) => read(epoch, position) ?? Number.NaN) }];
  });
  const kinds = [
    { title: words.charts.loss, read: (epoch: EpochRecord, i: number) => epoch.validation.tasks[i]?.loss, tick: (value: number) => words.number(value, 2) },
    { title: words.charts.uar, read: (epoch: EpochRecord, i: number) => epoch.validation.tasks[i]?.uar, tick: (value: number) => words.percent(value) },
    { title: words.charts.nominal, read: (epoch: EpochRecord, i: number) => epoch.nominal[i], tick: (value: number) => words.number(value, 2) },
    { title: words.charts.effective, read: (epoch: EpochRecord, i: number) => epoch.effective[i], tick: (value: number) => words.number(value, 2) },
  ];
  const drawn = kinds.flatMap(({ title, read, tick }) => tasks.map((task) =>
    lineChart({ title: title(words.task(task)), lines: lines(task, read), xLabel: words.epoch, belowZero: words.belowZero, tick })));
  return section(words.sections.charts, html`<p class="note">${words.chartsNote}</p><p>${runs.map((run, i) => html`${mark(i)} ${run.name} &nbsp; `)}</p><div class="charts">${drawn}</div>`);
}

function confusions(runs: readonly ReportRun[], tasks: readonly TaskId[], words: ReportWords): Markup {
  const matrix = (run: ReportRun, index: number, task: TaskId): Markup | null => {
    const metrics = metricsOf(run, task);
    if (!metrics) return null;
    const names = (run.classes[run.config.tasks.indexOf(task)] ?? []).map(words.className);
    return html`<table class="matrix"><caption>${mark(index)} ${run.name}</caption><thead><tr><th>${words.truth} \\ ${words.predicted}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">${words.recall}</th></tr></thead><tbody>
${metrics.confusion.map((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return html`<tr><th scope="row">${names[i]}</th>${row.map((count, j) => html`<td class="${i === j ? 'hit' : ''}" style="--share:${total === 0 ? 0 : Math.round((100 * count) / total)}%">${count}</td>`)}<td class="n">${total === 0 ? '–' : words.percent(row[i]! / total)}</td></tr>
`;
  })}</tbody></table>`;
  };
  return section(words.sections.confusion, html`<p class="note">${words.confusionNote}</p>${tasks.map((task) => html`<h3>${words.task(task)}</h3><div class="matrices scroll">${runs.map((run, i) => matrix(run, i, task))}</div>`)}`);
}

function statistics({ statistics: found, words }: ReportInput): Markup | null {
  if (!found) return null;
  return section(words.sections.statistics, html`<ul>${found.sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul><div class="scroll"><table id="statistics"><caption>${found.caption}</caption><thead><tr>${found.header.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>
${found.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>
`)}</tbody></table></div>`);
}

function reproduction(runs: readonly ReportRun[], words: ReportWords): Markup {
  return section(words.sections.reproduce, html`<p>${words.reproduceNote}</p>${runs.map((run, i) => html`<h3>${mark(i)} ${run.name}</h3>
<p>${words.linkLabel}: ${run.link && /^https?:/.test(run.link) ? html`<a href="${run.link}">${run.link}</a>` : words.noLink}</p>
<details><summary>${words.configLabel}</summary><pre class="config">${JSON.stringify(run.config, null, 2)}</pre></details>`)}`);
}
