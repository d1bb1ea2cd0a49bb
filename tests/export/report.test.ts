/**
 * The HTML report as a pure function: escaped, whole, without script, honest about what cannot be compared.
 * Opened in a browser in e2e/exchange.spec.ts.
 */
import { describe, expect, it } from 'vitest';
import { caveatsOf } from '../../src/core/export/report/caveats';
import { html } from '../../src/core/export/report/html';
import { lineChart, roundTicks } from '../../src/core/export/report/line-chart';
import { inOrder, layOut } from '../../src/core/export/report/layout';
import { comparisonReport } from '../../src/core/export/report/report';
import { settingsOf, settingsOfRecipes } from '../../src/core/export/report/settings';
import type { ReportRun, ReportTable, ReportWords } from '../../src/core/export/report/types';
import { firstSegment } from '../../src/core/training/segments';
import type { RunConfig } from '../../src/core/config/run-config';
import { CLASSES, madeUpRun } from '../support/stored-runs';
import { tasksOf } from '../support/tasks';

const named = (prefix: string) => new Proxy({}, { get: (_, key) => `${prefix}.${String(key)}` });
const words = {
  ...Object.fromEntries(
    [
      'title',
      'made',
      'epoch',
      'runsNote',
      'scoresNote',
      'settingsNote',
      'belowZero',
      'confusionNote',
      'noDifference',
      'sameSettings',
      'absent',
      'predicted',
      'truth',
      'recall',
      'reproduceNote',
      'linkLabel',
      'noLink',
      'configLabel',
    ].map((key) => [key, key]),
  ),
  language: 'en',
  sections: named('section'),
  columns: named('column'),
  metrics: named('metric'),
  chartsNote: named('chartsNote'),
  charts: Object.fromEntries(
    ['loss', 'uar', 'effective', 'nominal'].map((kind) => [kind, (task: string) => `${kind} ${task}`]),
  ),
  table: (n: number) => `Table ${n}.`,
  figure: (n: number) => `Figure ${n}.`,
  beyond: (n: number) => `${n} beyond`,
  oneCorpus: (name: string) => `one corpus ${name}`,
  since: (strategy: string, epoch: number) => `${strategy} since ${epoch}`,
  forkOf: (parent: string | null, step: number) => `fork of ${parent} after ${step}`,
  caveat: (code: string, runs: readonly string[]) => `${code}: ${runs.join()}`,
  setting: String,
  value: (_name: string, value: string) => value,
  task: String,
  strategy: String,
  recipe: (group: { config: RunConfig }) => group.config.strategy.id,
  className: String,
  state: String,
  number: (value: number | undefined, digits: number) => value?.toFixed(digits) ?? '-',
  percent: (value?: number) => (value === undefined ? '-' : `${(100 * value).toFixed(1)}%`),
  date: String,
} as unknown as ReportWords;

const run = (change: Partial<RunConfig>, more: Partial<ReportRun> = {}): ReportRun => {
  const { config, epochs } = madeUpRun(change);
  return {
    id: `id ${config.seed}`,
    name: `run ${config.seed}`,
    config,
    classes: CLASSES,
    state: 'finished',
    backend: 'wasm',
    softwareVersion: '1',
    createdAt: config.seed,
    updatedAt: 0,
    changed: false,
    imported: false,
    segments: [firstSegment(config.strategy)],
    corpusId: 'c',
    corpusName: 'demo',
    epochs,
    link: 'https://x.test/#/train?a=1&b=2',
    ...more,
  };
};
const report = (runs: readonly ReportRun[], statistics: readonly ReportTable[] = []): string =>
  comparisonReport({
    runs,
    over: 'seeds',
    words,
    softwareVersion: '1',
    reading: { moment: 'best', side: 'validation' },
    statistics,
  });

describe('report', () => {
  it('escapes names wherever they stand and holds no script', () => {
    const evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
    const text = report([
      run(
        {},
        {
          name: evil,
          corpusName: evil,
          link: 'javascript:alert(1)',
          classes: [['<i>a</i>', 'b', 'c', 'd'], CLASSES[1]!, CLASSES[2]!],
        },
      ),
    ]);
    expect(text).not.toMatch(/<script|<img|<i>|href="javascript/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img');
    expect(text).toContain("default-src 'none'");
  });
  it('underlines the best validation score of a task and no other', () => {
    const runs = [run({ seed: 1 }), run({ seed: 2 })];
    const at = runs.map(({ epochs }) => epochs[1]!.validation.tasks[2]!.uar); // epoch 2 is the last best
    const row = new RegExp(`<td class="n best">${(100 * Math.max(...at)).toFixed(1)}%`);
    expect(report(runs)).toMatch(row);
    expect(report(runs).match(/class="n best"/g)).toHaveLength(3 * 6);
    expect(report([runs[0]!])).not.toContain('n best');
  });
  it('shows each matrix count, and each configuration as it reproduces the run', () => {
    const one = run({ seed: 5 });
    const text = report([one]);
    const cells = [...text.matchAll(/<td class="(?:hit)?" style="--share:\d+%">(\d+)</g)].map(([, count]) =>
      Number(count),
    );
    expect(cells).toEqual(one.epochs[1]!.validation.tasks.flatMap(({ confusion }) => confusion.flat()));
    const json = /<pre class="config">([^]*?)<\/pre>/.exec(text)![1]!.replaceAll('&quot;', '"');
    expect(JSON.parse(json)).toEqual(one.config);
    expect(text).toContain('href="https://x.test/#/train?a=1&amp;b=2"');
  });
  it('draws one line a run in every chart, and a bar where another strategy took over', () => {
    const switched = run(
      { seed: 2, strategy: { id: 'mean', options: {} } },
      {
        segments: [
          firstSegment({ id: 'mean', options: {} }),
          { step: 4, epoch: 2, why: 'switch', strategy: { id: 'dwa', options: {} } },
        ],
      },
    );
    const text = report([
      run({ seed: 1 }),
      switched,
      run({ seed: 3, tasks: tasksOf('emotion'), architecture: 'vgg11-single' }),
    ]);
    expect(text.match(/<svg class="chart"/g)).toHaveLength(4 * 3);
    expect(text.match(/<path class="line"/g)).toHaveLength(4 * (3 + 2 + 2));
    expect(text.match(/<path class="break" data-run="B"/g)).toHaveLength(4 * 3);
    expect(text.match(/<path class="break"/g)).toHaveLength(4 * 3);
    expect(text).not.toContain('class="band"');
    expect(text).toContain('<td>mean → dwa since 2</td>');
  });
  it('draws one line a recipe with its spread as soon as one has several seeds, over the epochs that all of them have', () => {
    const short = run({ seed: 2 });
    const text = report([
      run({ seed: 1 }),
      { ...short, epochs: short.epochs.slice(0, 2) },
      run({ seed: 1, strategy: { id: 'mean', options: {} } }, { id: 'other' }),
    ]);
    expect(text.match(/<path class="line"/g)).toHaveLength(4 * 3 * 2);
    expect(text.match(/<path class="band" data-run="A"/g)).toHaveLength(4 * 3);
    expect(text.match(/<path class="band"/g)).toHaveLength(4 * 3);
    // Two epochs of recipe A, three of B.
    expect(
      [...text.matchAll(/class="line" data-run="(.)" d="([^"]+)"/g)]
        .slice(0, 2)
        .map(([, who, d]) => `${who} ${d!.match(/[ML]/g)!.length}`),
    ).toEqual(['A 2', 'B 3']);
    expect(text).toContain('1 beyond');
    expect(text).toContain('>A1<');
    expect(text).toContain('>A2<');
  });
  it('says which run a fork comes from, where that is in the report', () => {
    const parent = run({ seed: 1 });
    const fork = (id: string): ReportRun =>
      run(
        {
          seed: 1,
          strategy: { id: 'mean', options: {} },
          origin: { runId: id, name: 'x', which: 'last', step: 8, epoch: 2 },
        },
        { id: `fork of ${id}` },
      );
    expect(report([parent, fork(parent.id), fork('gone')])).toMatch(
      /fork of A after 8[^]*fork of null after 8/,
    );
  });
  it('numbers its tables in their order and has the statistics between scores and settings, escaped', () => {
    const table: ReportTable = {
      section: 'statistics',
      id: 'mcnemar',
      title: '<b>t',
      caption: '<i>c',
      columns: [
        { name: 'Task', numeric: false },
        { name: 'p', numeric: true },
      ],
      rows: [
        ['emotion', '<0.001'],
        ['emotion', '1 [0 to <i>2]'],
        ['gender', '2'],
      ],
      sentences: ['<u>s'],
    };
    const text = report(
      [run({ seed: 1 }), run({ seed: 2 })],
      [table, { ...table, id: 'none', columns: [], rows: [] }],
    );
    expect([...text.matchAll(/<b>(Table \d+\.|Figure \d+\.)<\/b>/g)].map(([, label]) => label)).toEqual([
      'Table 1.',
      'Table 2.',
      'Table 3.',
      'Table 4.',
      'Table 5.',
      'Figure 1.',
    ]);
    expect(
      ['id="runs"', 'id="caveats"', 'id="scores"', 'id="mcnemar"', 'id="differences"', 'id="same"'].map(
        (id) => text.indexOf(id),
      ),
    ).toEqual(
      ['id="runs"', 'id="caveats"', 'id="scores"', 'id="mcnemar"', 'id="differences"', 'id="same"']
        .map((id) => text.indexOf(id))
        .sort((a, b) => a - b),
    );
    expect(text).toContain(
      '<tr class="group"><th scope="rowgroup" rowspan="2">emotion</th><td class="n">&lt;0.001</td></tr>\n<tr><td class="n">1 <small>[0 to &lt;i&gt;2]</small></td></tr>\n<tr class="group"><th scope="row">gender</th>',
    );
    expect(text).toContain('<b>Table 3.</b> &lt;i&gt;c</caption>');
    expect(text.match(/<h3>&lt;b&gt;t<\/h3>/g)).toHaveLength(1);
    expect(text).toContain('<p class="answer">&lt;u&gt;s</p>');
    expect(text).not.toMatch(/<u>|<i>|id="none"/);
  });
});

describe('layout', () => {
  const other = (seed: number, more: Partial<ReportRun> = {}): ReportRun =>
    run(
      { seed, strategy: { id: 'unweighted-sum', options: {} } },
      { id: `sum ${seed}`, createdAt: 10 + seed, ...more },
    );
  it('puts the baseline first, then recipes as they were begun, each by seed', () => {
    const runs = [run({ seed: 2 }), run({ seed: 1 }), other(2), other(1)];
    expect(inOrder(runs, null).map(({ id }) => id)).toEqual(['sum 1', 'sum 2', 'id 1', 'id 2']);
    expect(inOrder(runs, 'id 2').map(({ id }) => id)).toEqual(['id 1', 'id 2', 'sum 1', 'sum 2']);
    expect(layOut(inOrder(runs, null))).toMatchObject({
      marks: ['A1', 'A2', 'B1', 'B2'],
      lines: [0, 0, 1, 1],
      drawn: 'recipes',
    });
  });
  it('folds of one split are one recipe where it is asked for, in order, and no other split', () => {
    const fold = (n: number, seed: number, id: string): ReportRun =>
      run({ seed, split: { kind: 'folds', folds: 12, fold: n } }, { id });
    const runs = inOrder(
      [fold(10, 1, 'd'), fold(2, 1, 'b'), fold(1, 2, 'e'), fold(1, 1, 'a')],
      null,
      'seeds-and-folds',
    );
    // By seed, then by the number of the fold: 10 comes after 2.
    expect(runs.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'e']);
    const layout = layOut(runs, 'seeds-and-folds');
    expect(layout).toMatchObject({ marks: ['A1', 'A2', 'A3', 'A4'], lines: [0, 0, 0, 0], drawn: 'recipes' });
    const codes = (of: Pick<ReturnType<typeof layOut>, 'recipes'>): readonly string[] =>
      caveatsOf(runs, of, { thinned: [], notDrawn: [], moment: 'best' }).map(({ code }) => code);
    expect(codes(layout)).not.toContain('split');
    expect(codes(layOut(runs))).toContain('split');
  });
  it('a repetition of a seed is a run of its recipe, but no second seed', () => {
    const runs = inOrder([other(1), other(1, { id: 'again', createdAt: 99 }), run({ seed: 1 })], null);
    expect(layOut(runs)).toMatchObject({ marks: ['A1', 'A2', 'B'], lines: [0, 1, 2], drawn: 'runs' });
    expect(
      caveatsOf(runs, layOut(runs), { thinned: [], notDrawn: [], moment: 'best' }).find(
        ({ code }) => code === 'repeats',
      ),
    ).toEqual({ code: 'repeats', runs: [0] });
  });
});

it('caveats name the runs they concern', () => {
  const codes = (
    runs: readonly ReportRun[],
    thinned: readonly number[] = [],
    notDrawn: readonly number[] = [],
  ) =>
    caveatsOf(runs, layOut(runs), { thinned, notDrawn, moment: 'best' }).map(
      ({ code, runs: which }) => `${code}${which.length > 0 ? `:${which.join()}` : ''}`,
    );
  const folder = { kind: 'folder', id: 'c', name: 'c' } as const;
  expect(codes([run({ seed: 1, corpus: folder, epochs: 3 })])).toEqual([]);
  expect(codes([run({ seed: 1, epochs: 3 }), run({ seed: 2, epochs: 3 })])).toEqual([
    'synthetic:0,1',
    'split-seed',
  ]);
  expect(
    codes(
      [
        run({ epochs: 3 }),
        run({ epochs: 9 }, { id: 'b', epochs: [], state: 'failed', backend: 'cpu', corpusId: 'd' }),
      ],
      [0],
      [1],
    ),
  ).toEqual([
    'no-epochs:1',
    'synthetic:0,1',
    'corpus',
    'epochs',
    'backend',
    'one-seed',
    'thinned:0',
    'not-drawn:1',
  ]);
  const config = { corpus: folder, split: { kind: 'session', session: 1 }, epochs: 3 } as const;
  const origin = { runId: 'x', name: 'x', which: 'last', step: 8, epoch: 2 } as const;
  expect(
    codes([
      run(config),
      run(config, { id: 'switched', changed: true }),
      run({ ...config, origin }, { id: 'fork' }),
      run({ ...config, epochs: 9 }, { id: 'early' }),
      run({ ...config, epochs: 9, seed: 2 }, { state: 'stopped' }),
      run(config, { id: 'file', imported: true, createdAt: -1 }),
    ]),
  ).toEqual(['imported:5', 'changed:1', 'fork:2', 'fork-best:2', 'unfinished:4', 'early:3', 'repeats:5']);
});

it('settings that differ are found, dotted and with nothing lost', () => {
  const [a, b] = [
    madeUpRun({ seed: 1 }).config,
    madeUpRun({ seed: 2, split: { kind: 'session', session: 3 } }).config,
  ];
  expect(settingsOf([a, b]).filter(({ differs }) => differs)).toEqual([
    { name: 'split.kind', values: ['random', 'session'], differs: true },
    { name: 'split.validationFraction', values: ['0.2', null], differs: true },
    { name: 'seed', values: ['1', '2'], differs: true },
    { name: 'split.session', values: [null, '3'], differs: true },
  ]);
  // Of a recipe's runs every value is named, once.
  expect(
    settingsOfRecipes([[a, { ...a, seed: 7 }, { ...a, seed: 7 }], [b]]).filter(({ name }) =>
      /^seed|session/.test(name),
    ),
  ).toEqual([
    { name: 'seed', values: ['1, 7', '2'], differs: true },
    { name: 'split.session', values: [null, '3'], differs: true },
  ]);
});

it('a template escapes its values but not its markup', () => {
  expect(html`<b title="${'"\u0000&'}">${html`<i>${'<'}</i>`}${[1, null]}</b>`.markup).toBe(
    '<b title="&quot;\uFFFD&amp;"><i>&lt;</i>1</b>',
  );
});

it('ticks are round and the region below zero is hatched only where there is one', () => {
  expect(roundTicks(-0.45, 0.71)).toEqual([-0.5, 0, 0.5, 1]);
  expect(roundTicks(0, 40, 5)).toEqual([0, 10, 20, 30, 40]);
  const chart = (ys: readonly number[]): string =>
    lineChart({
      title: 't',
      lines: [{ mark: 'A', index: 0, xs: [1, 2, 3], ys }],
      xLabel: 'epoch',
      belowZero: 'below',
      tick: String,
    }).markup;
  expect(chart([0.2, 0.1, -0.4])).toContain('url(#uphill)');
  expect(chart([0.2, 0.1, 0.4])).not.toContain('url(#uphill)');
  // A value that is no number leaves a gap.
  expect(chart([0.2, Number.NaN, 0.4])).toMatch(/d="M[\d.]+,[\d.]+M[\d.]+,[\d.]+"/);
});
