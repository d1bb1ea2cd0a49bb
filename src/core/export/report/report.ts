/**
 * A comparison of chosen runs as one HTML file: tables, tests, charts as SVG, confusion matrices and how to
 * reproduce each run. It needs no script, no network and no font, and forbids itself all of them. A pure
 * function of its input; not here: reading runs, the words.
 */
import type { Over } from '../../compare/groups';
import type { Reading } from '../../compare/values';
import { comparedKinds, comparedTasks } from '../../compare/compared-tasks';
import { caveatsOf } from './caveats';
import { chartsSection, drawnLines } from './charts';
import { confusionSection, scoresSection, testSection } from './scores';
import { html, type Markup } from './html';
import { layOut } from './layout';
import { Page } from './page';
import { settingsOfRecipes } from './settings';
import { statisticsSection } from './statistics';
import { REPORT_STYLE } from './style';
import type { ReportTable, ReportRun, ReportWords } from './types';

/** More make a file that nobody reads. */
export const MOST_RUNS = 60;

export interface ReportInput {
  /** At least one, at most {@link MOST_RUNS}, in the order of layout.ts. */
  readonly runs: readonly ReportRun[];
  readonly words: ReportWords;
  readonly softwareVersion: string;
  /** What a recipe's runs are repeated over. */
  readonly over: Over;
  /** Which epoch and side the scores and matrices are of. */
  readonly reading: Pick<Reading, 'moment' | 'side'>;
  readonly statistics: readonly ReportTable[];
}

/** @returns a whole HTML document */
export function comparisonReport(input: ReportInput): string {
  const { runs, over, words, softwareVersion, reading, statistics } = input;
  const configs = runs.map(({ config }) => config);
  const page = new Page(runs, layOut(runs, over), words, reading, comparedKinds(configs));
  const tasks = comparedTasks(configs);
  const body = [
    html`<header><h1>${words.title}</h1><p class="meta">${words.made}</p></header>`,
    runsSection(page),
    caveatsSection(page),
    scoresSection(
      page,
      tasks,
      statistics.filter(({ section }) => section === 'scores'),
    ),
    testSection(page),
    statisticsSection(
      page,
      statistics.filter(({ section }) => section === 'statistics'),
    ),
    settingsSection(page),
    chartsSection(page, tasks),
    confusionSection(page, tasks),
    reproduction(page),
  ]
    .map((part) => part?.markup ?? '')
    .join('\n');
  return `<!doctype html>
<html lang="${html`${words.language}`.markup}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="${html`Equipoise ${softwareVersion}`.markup}">
<title>${html`${words.title}`.markup}</title><style>${REPORT_STYLE}</style></head>
<body>
${PATTERN.markup}
${body}
</body>
</html>
`;
}

const PATTERN = html`<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><pattern id="uphill" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#a8200d" fill-opacity=".06"/><line y2="6" stroke="#a8200d" stroke-opacity=".3" stroke-width="1.5"/></pattern></defs></svg>`;

/** The strategies that acted, one after the other; before a fork it was another run. */
function strategiesOf({ segments, config }: ReportRun, words: ReportWords): string {
  const [first, ...later] = segments
    .slice(
      Math.max(
        0,
        segments.findLastIndex(({ why }) => why === 'start' || why === 'fork'),
      ),
    )
    .filter(({ why }) => why !== 'formula');
  return [
    words.strategy(first?.strategy.id ?? config.strategy.id),
    ...later.map(({ strategy, epoch }) => words.since(words.strategy(strategy.id), epoch)),
  ].join(' → ');
}

function runsSection(page: Page): Markup {
  const { runs, words } = page;
  const { columns } = words;
  const fork = ({ config: { origin } }: ReportRun): Markup | null => {
    if (!origin) return null;
    const parent = runs.findIndex(({ id }) => id === origin.runId);
    return html`<small>${words.forkOf(parent < 0 ? null : page.layout.marks[parent]!, origin.step)}</small>`;
  };
  const corpora = new Set(runs.map(({ corpusId }) => corpusId));
  const one = corpora.size === 1;
  return page.section(
    words.sections.runs,
    page.table({
      id: 'runs',
      caption: one ? `${words.runsNote} ${words.oneCorpus(runs[0]!.corpusName)}` : words.runsNote,
      columns: [
        columns.mark,
        columns.run,
        columns.strategy,
        [columns.seed],
        ...(one ? [] : [columns.corpus]),
        [columns.epochs],
        [columns.best],
        columns.state,
        columns.backend,
        columns.started,
      ],
      rows: runs.map(
        (
          run,
          i,
        ) => html`<tr><td>${page.mark(i)}</td><th scope="row">${run.name}${fork(run)}</th><td>${strategiesOf(run, words)}</td><td class="n">${run.config.seed}</td>${one ? null : html`<td>${run.corpusName}</td>`}<td class="n">${run.epochs.length} / ${run.config.epochs}</td><td class="n">${run.epochs.findLast(({ best }) => best)?.epoch ?? '–'}</td><td>${words.state(run.state)}</td><td>${run.backend || '–'}</td><td class="date">${words.date(run.createdAt)}</td></tr>
`,
      ),
    }),
  );
}

function caveatsSection(page: Page): Markup | null {
  const { thinned, notDrawn } = drawnLines(page);
  const found = caveatsOf(page.runs, page.layout, { thinned, notDrawn, moment: page.reading.moment });
  if (found.length === 0) return null;
  const { words, layout } = page;
  return page.section(
    words.sections.caveats,
    html`<ul id="caveats">${found.map(
      ({ code, runs }) =>
        html`<li data-caveat="${code}">${words.caveat(
          code,
          runs.map((i) => layout.marks[i]!),
        )}</li>`,
    )}</ul>`,
  );
}

/** One column a recipe; seeds and backends, in which its runs may differ, are all named. */
function settingsSection(page: Page): Markup {
  const { words, layout, runs } = page;
  const all = settingsOfRecipes(layout.recipes.map(({ members }) => members.map((i) => runs[i]!.config)));
  const table = (id: string, caption: string, rows: typeof all): Markup =>
    page.table({
      id,
      caption,
      columns: [words.columns.setting, ...layout.recipes.map(({ letter }) => letter)],
      rows: rows.map(
        ({
          name,
          values,
        }) => html`<tr><th scope="row" title="${name}">${words.setting(name)}</th>${values.map((value) => html`<td class="long">${value === null ? words.absent : words.value(name, value)}</td>`)}</tr>
`,
      ),
    });
  const differing = all.filter(({ differs }) => differs);
  return page.section(
    words.sections.settings,
    html`${differing.length > 0 ? table('differences', words.settingsNote, differing) : html`<p>${words.noDifference}</p>`}<details><summary>${words.sameSettings}</summary>${table(
      'same',
      words.sameSettings,
      all.filter(({ differs }) => !differs),
    )}</details>`,
  );
}

function reproduction(page: Page): Markup {
  const { runs, words } = page;
  return page.section(
    words.sections.reproduce,
    html`<p>${words.reproduceNote}</p><div class="reproduce">${runs.map(
      (run, i) => html`<h3>${page.layout.marks[i]} ${run.name}</h3>
<p>${words.linkLabel}: ${run.link && /^https?:/.test(run.link) ? html`<a href="${run.link}">${run.link}</a>` : words.noLink}</p>
<details><summary>${words.configLabel}</summary><pre class="config">${JSON.stringify(run.config, null, 2)}</pre></details>`,
    )}</div>`,
  );
}
