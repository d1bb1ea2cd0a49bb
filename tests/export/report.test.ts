/** The HTML report as a pure function: escaped, whole, without script, honest about what cannot be compared. Opened in a browser in e2e/exchange.spec.ts. */
import { describe, expect, it } from 'vitest';
import { caveatsOf } from '../../src/core/export/report/caveats';
import { html } from '../../src/core/export/report/html';
import { lineChart, roundTicks } from '../../src/core/export/report/line-chart';
import { comparisonReport } from '../../src/core/export/report/report';
import { settingsOf } from '../../src/core/export/report/settings';
import type { ReportRun, ReportWords } from '../../src/core/export/report/types';
import type { RunConfig } from '../../src/core/training/run-config';
import { CLASSES, madeUpRun } from '../support/stored-runs';

const named = (prefix: string) => new Proxy({}, { get: (_, key) => `${prefix}.${String(key)}` });
const words = {
  ...Object.fromEntries(['title', 'made', 'epoch', 'scoresNote', 'chartsNote', 'belowZero', 'confusionNote', 'noDifference', 'sameSettings', 'absent', 'predicted', 'truth', 'recall', 'noEpoch', 'reproduceNote', 'linkLabel', 'noLink', 'configLabel'].map((key) => [key, key])),
  language: 'en', sections: named('section'), columns: named('column'), metrics: named('metric'),
  charts: Object.fromEntries(['loss', 'uar', 'effective', 'nominal'].map((kind) => [kind, (task: string) => `${kind} ${task}`])),
  caveat: (code: string, runs: readonly string[]) => `${code}: ${runs.join()}`, task: String, strategy: String, className: String, state: String,
  number: (value: number | undefined, digits: number) => value?.toFixed(digits) ?? '-', percent: (value?: number) => (value === undefined ? '-' : `${(100 * value).toFixed(1)}%`), date: String,
} as unknown as ReportWords;

const run = (change: Partial<RunConfig>, more: Partial<ReportRun> = {}): ReportRun => {
  const { config, epochs } = madeUpRun(change);
  return { id: 'id', name: `run ${config.seed}`, config, classes: CLASSES, state: 'finished', backend: 'wasm', softwareVersion: '1', createdAt: 0, corpusId: 'c', corpusName: 'demo', epochs, link: 'https://x.test/#/train?a=1&b=2', ...more };
};
const report = (runs: readonly ReportRun[]): string => comparisonReport({ runs, words, softwareVersion: '1', statistics: null });

describe('report', () => {
  it('escapes names wherever they stand and holds no script', () => {
    const evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
    const text = report([run({}, { name: evil, corpusName: evil, link: 'javascript:alert(1)', classes: [['<i>a</i>', 'b', 'c', 'd'], CLASSES[1]!, CLASSES[2]!] })]);
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
    const cells = [...text.matchAll(/<td class="(?:hit)?" style="--share:\d+%">(\d+)</g)].map(([, count]) => Number(count));
    expect(cells).toEqual(one.epochs[1]!.validation.tasks.flatMap(({ confusion }) => confusion.flat()));
    const json = /<pre class="config">([^]*?)<\/pre>/.exec(text)![1]!.replaceAll('&quot;', '"');
    expect(JSON.parse(json)).toEqual(one.config);
    expect(text).toContain('href="https://x.test/#/train?a=1&amp;b=2"');
  });
  it('draws one line a run in every chart', () => {
    const text = report([run({ seed: 1 }), run({ seed: 2 }), run({ seed: 3, tasks: ['emotion'] })]);
    expect(text.match(/<svg class="chart"/g)).toHaveLength(4 * 3);
    expect(text.match(/<path class="line"/g)).toHaveLength(4 * (3 + 2 + 2));
  });
});

it('caveats name the runs they concern', () => {
  const codes = (runs: readonly ReportRun[], thinned: readonly number[] = []) => caveatsOf(runs, thinned).map(({ code, runs: which }) => `${code}${which.length > 0 ? `:${which.join()}` : ''}`);
  expect(codes([run({ seed: 1, corpus: { kind: 'folder', id: 'c', name: 'c' } })])).toEqual([]);
  expect(codes([run({ seed: 1 }), run({ seed: 2 })])).toEqual(['synthetic:0,1', 'split-seed']);
  expect(codes([run({}), run({ epochs: 9 }, { epochs: [], state: 'failed', backend: 'cpu', corpusId: 'd' })], [0]))
    .toEqual(['no-epochs:1', 'synthetic:0,1', 'corpus', 'epochs', 'backend', 'one-seed', 'thinned:0']);
});

it('settings that differ are found, dotted and with nothing lost', () => {
  const [a, b] = [madeUpRun({ seed: 1 }).config, madeUpRun({ seed: 2, split: { kind: 'session', session: 3 } }).config];
  expect(settingsOf([a, b]).filter(({ differs }) => differs)).toEqual([
    { name: 'split.kind', values: ['random', 'session'], differs: true }, { name: 'split.validationFraction', values: ['0.2', null], differs: true },
    { name: 'seed', values: ['1', '2'], differs: true }, { name: 'split.session', values: [null, '3'], differs: true },
  ]);
});

it('a template escapes its values but not its markup', () => {
  expect(html`<b title="${'"\u0000&'}">${html`<i>${'<'}</i>`}${[1, null]}</b>`.markup).toBe('<b title="&quot;\uFFFD&amp;"><i>&lt;</i>1</b>');
});

it('ticks are round and the region below zero is hatched only where there is one', () => {
  expect(roundTicks(-0.45, 0.71)).toEqual([-0.5, 0, 0.5, 1]);
  expect(roundTicks(0, 40, 5)).toEqual([0, 10, 20, 30, 40]);
  const chart = (ys: readonly number[]): string => lineChart({ title: 't', lines: [{ mark: 'A', index: 0, xs: [1, 2, 3], ys }], xLabel: 'epoch', belowZero: 'below', tick: String }).markup;
  expect(chart([0.2, 0.1, -0.4])).toContain('url(#uphill)');
  expect(chart([0.2, 0.1, 0.4])).not.toContain('url(#uphill)');
  // A value that is no number leaves a gap.
  expect(chart([0.2, Number.NaN, 0.4])).toMatch(/d="M[\d.]+,[\d.]+M[\d.]+,[\d.]+"/);
});
