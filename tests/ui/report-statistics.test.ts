/**
 * The statistics of a report in words: the numbers are SciPy's (fixture stats.json,
 * reference/fixtures/stats.py), the sentences are the page's own.
 */
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { ru } from '../../src/app/i18n/ru/index';
import { groupRuns } from '../../src/core/compare/groups';
import { comparePair, type PairComparison, type RunPredictions } from '../../src/core/compare/on-utterances';
import { answerSeeds, seedQuestions } from '../../src/core/compare/over-seeds';
import type { Reading } from '../../src/core/compare/values';
import type {
  GatheredReport,
  ReportRun,
  ReportStatistics,
  ReportTable,
} from '../../src/core/export/report/types';
import { mcnemarOf } from '../../src/core/stats/mcnemar';
import { judgePairs } from '../../src/core/stats/verdict';
import { firstSegment } from '../../src/core/training/segments';
import type { StrategyId } from '../../src/core/weighting/types';
import { formatFor } from '../../src/ui/text/format';
import { reportText } from '../../src/ui/report/file';
import { statisticsTables } from '../../src/ui/report/statistics';
import { madeUp } from '../support/compared-runs';
import { fixtureBytes } from '../support/fixture';
import { tasksOf } from '../support/tasks';

interface Fixture {
  readonly signFlips: readonly {
    readonly kind: string;
    readonly d: number[];
    readonly mean: number;
    readonly p: number;
  }[];
  readonly mcnemar: readonly {
    readonly b: number;
    readonly c: number;
    readonly exact: number;
    readonly chiSquare: number;
  }[];
  readonly bootstrap: {
    readonly seed: number;
    readonly resamples: number;
    readonly confidence: number;
    readonly cases: readonly {
      readonly speakers: number;
      readonly classes: number;
      readonly counts: number[][][][];
    }[];
  };
}
let fixture: Fixture;
const i18n = i18next.createInstance();
beforeAll(async () => {
  fixture = JSON.parse(new TextDecoder().decode(await fixtureBytes('stats.json'))) as Fixture;
  await i18n.init({
    lng: 'en',
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
  });
});

const READING: Reading = { metric: 'uar', side: 'validation', moment: 'best' };
const run = (
  strategy: StrategyId,
  seed: number,
  uar: readonly (readonly number[])[],
  more: Partial<ReportRun> = {},
): ReportRun => ({
  ...madeUp(
    `${strategy} ${seed}`,
    { strategy: { id: strategy, options: {} }, seed, tasks: tasksOf('emotion', 'gender') },
    uar,
  ),
  softwareVersion: '1',
  corpusName: 'demo',
  segments: [firstSegment({ id: strategy, options: {} })],
  imported: false,
  link: null,
  ...more,
});
/** UAR of emotion 0.5, 0.6, 0.7 against 0.8, 0.7, 0.9 with the same seeds; of gender 0.5 throughout. */
const RUNS = [
  ...[5, 6, 7].map((hits, i) => run('unweighted-sum', i + 1, [[hits, 5]])),
  ...[8, 7, 9].map((hits, i) => run('dwa', i + 1, [[hits, 5]])),
];
const gathered = (more: Partial<ReportStatistics> = {}): GatheredReport => {
  const groups = groupRuns(RUNS);
  return {
    runs: RUNS,
    over: 'seeds',
    reading: READING,
    statistics: { groups, baseline: groups[0]!, answers: [], folds: [], pair: null, ...more },
  };
};
const tables = (report: GatheredReport, language = 'en'): readonly ReportTable[] =>
  statisticsTables(i18n.getFixedT(language), formatFor(language), report);
const table = (report: GatheredReport, id: string): ReportTable =>
  tables(report).find((one) => one.id === id)!;

describe('over seeds', () => {
  it('means and standard deviations of every score, and the difference over common seeds', () => {
    // By hand: SD 0.1 of both, mean difference (0.3 + 0.1 + 0.2) / 3.
    const { rows, columns, caption } = table(gathered(), 'means');
    expect(columns.map(({ name }) => name)).toEqual([
      'Task',
      'Recipe',
      'Seeds',
      'UAR',
      'Accuracy',
      'Macro F1',
      'Loss',
      'Δ UAR',
    ]);
    expect(rows).toEqual([
      [
        'emotion',
        'A Unweighted sum',
        '3',
        '60.0% ± 10.0',
        '60.0% ± 10.0',
        '60.0% ± 10.0',
        '0.600 ± 0.100',
        '–',
      ],
      [
        'emotion',
        'B Dynamic weight average (DWA)',
        '3',
        '80.0% ± 10.0',
        '80.0% ± 10.0',
        '80.0% ± 10.0',
        '0.800 ± 0.100',
        '+20.0 pp (3)',
      ],
      ['gender', 'A Unweighted sum', '3', '50.0% ± 0.0', '50.0% ± 0.0', '50.0% ± 0.0', '1.500 ± 0.000', '–'],
      [
        'gender',
        'B Dynamic weight average (DWA)',
        '3',
        '50.0% ± 0.0',
        '50.0% ± 0.0',
        '50.0% ± 0.0',
        '1.500 ± 0.000',
        '0.0 pp (3)',
      ],
    ]);
    expect(caption).toContain(
      'validation side, each run’s best epoch by its own monitor. Δ: mean difference in UAR to A Unweighted sum',
    );
    const single = {
      ...gathered(),
      runs: [RUNS[0]!, RUNS[3]!],
      statistics: {
        groups: groupRuns([RUNS[0]!, RUNS[3]!]),
        baseline: groupRuns([RUNS[0]!])[0]!,
        answers: [],
        folds: [],
        pair: null,
      },
    };
    expect(tables(single)).toEqual([]);
  });
  it('three seeds cannot tell anything apart, and the table says so', () => {
    const groups = groupRuns(RUNS);
    const { rows, sentences } = table(
      gathered({ answers: answerSeeds(seedQuestions(groups[0]!, groups, ['emotion', 'gender'], READING)) }),
      'statistics',
    );
    expect(rows[0]).toEqual([
      'B Dynamic weight average (DWA)',
      'emotion',
      'Not distinguishable with 3 seeds: p could not fall below 0.250 even if all of them agreed. After the correction for 2 comparisons: p = 0.500. At least 7 seeds are needed here.',
      '3',
      '+20.0 pp [-4.8 to +44.8 pp]'.replace('-', '−'),
      '0.250',
      '0.250',
      '0.500',
    ]);
    expect(rows[1]!.slice(2)).toEqual([
      'No difference in any of 3 seeds.',
      '3',
      '0.0 pp [0.0 to 0.0 pp]',
      '1.000',
      '1.000',
      '1.000',
    ]);
    expect(sentences).toEqual([en.compare.tests.seedsSays.seeds, en.compare.tests.seedsSaysNot.seeds]);
  });
  it('with SciPy’s numbers for eight seeds', () => {
    const { d, p } = fixture.signFlips.find(
      ({ kind, d: found }) => kind === 'mostly positive' && found.length === 8,
    )!;
    expect(p).toBe(0.015625);
    const group = groupRuns(RUNS)[1]!.key;
    const answers = answerSeeds([
      {
        group,
        task: 'emotion',
        metric: 'uar',
        gains: d,
        pairs: d.map((gain, i) => ({ seed: i, baseline: 0, value: gain })),
      },
    ]);
    // scipy.stats.t.interval(0.95, 7, loc=mean, scale=sd/sqrt(8)): 0.07339 to 0.27661; wilcoxon: 0.015625.
    expect(table(gathered({ answers }), 'statistics').rows[0]!.slice(2)).toEqual([
      'Better than the baseline over 8 seeds (p = 0.016).',
      '8',
      '+17.5 pp [+7.3 to +27.7 pp]',
      '0.016',
      '0.016',
      '0.016',
    ]);
  });
});

describe('over folds', () => {
  const fold = (n: number, seed = 1) => ({ seed, split: { kind: 'folds', folds: 4, fold: n } }) as const;
  const runsOf = (made: readonly (readonly [fold: number, seed: number])[]): readonly ReportRun[] =>
    (['unweighted-sum', 'dwa'] as const).flatMap((id, shift) =>
      made.map(([n, seed]) => {
        const plain = run(id, seed, [[4 + shift, 5]]);
        return { ...plain, id: `${id} ${n} ${seed}`, config: { ...plain.config, ...fold(n, seed) } };
      }),
    );
  const reportOf = (runs: readonly ReportRun[]): GatheredReport => {
    const groups = groupRuns(runs, 'seeds-and-folds');
    const answers = answerSeeds(seedQuestions(groups[0]!, groups, ['emotion'], READING));
    return {
      runs,
      over: 'seeds-and-folds',
      reading: READING,
      statistics: { groups, baseline: groups[0]!, answers, folds: [], pair: null },
    };
  };
  const folds = [1, 2, 3, 4].map((n) => [n, 1] as const);

  it('of one seed: the table speaks of folds, and says what they have in common', () => {
    const { title, columns, rows, sentences } = table(reportOf(runsOf(folds)), 'statistics');
    expect(title).toBe('Tests over folds');
    expect(columns.map(({ name }) => name)).toContain('Folds');
    // Four pairs of one sign: p = 2 / 2^4.
    expect(rows[0]![2]).toBe(
      'Not distinguishable with 4 folds: p could not fall below 0.125 even if all of them agreed. At least 6 folds are needed here.',
    );
    expect(sentences).toEqual([
      en.compare.tests.seedsSays.turns,
      en.compare.tests.seedsSaysNot.turns,
      en.compare.over.note,
    ]);
    expect(table(reportOf(runsOf(folds)), 'means').title).toBe('Means over the folds');
  });
  it('and seeds: of both', () => {
    const both = runsOf([...folds, ...folds.map(([n]) => [n, 2] as const)]);
    const { title, rows } = table(reportOf(both), 'statistics');
    expect(title).toBe('Tests over seeds and folds');
    // Eight pairs of one sign: p = 2 / 2^8.
    expect(rows[0]![2]).toBe('Better than the baseline over 8 pairs of seed and fold (p = 0.008).');
    expect(tables(reportOf(both), 'ru').find(({ id }) => id === 'statistics')!.rows[0]![2]).toBe(
      'Лучше базы при 8 парах зерна и части (p = 0,008).',
    );
  });
  it('of a single fold: that pair says nothing about other seeds', () => {
    expect(table(reportOf(runsOf([[1, 1]])), 'statistics').rows[0]![2]).toBe(
      'One common seed: a single pair says nothing about other seeds.',
    );
  });
});

describe('two runs on their utterances', () => {
  const pair = (comparison: PairComparison | null): GatheredReport =>
    gathered({ pair: { first: RUNS[0]!.id, second: RUNS[3]!.id, part: 'validation', comparison } });
  it('McNemar with SciPy’s p, corrected over the tasks', () => {
    const cases = [
      [25, 41],
      [0, 6],
    ].map(([b, c]) => fixture.mcnemar.find((one) => one.b === b && one.c === c)!);
    expect(cases.map(({ exact, chiSquare }) => [exact.toFixed(3), chiSquare.toFixed(3)])).toEqual([
      ['0.064', '0.065'],
      ['0.031', '0.041'],
    ]);
    const tests = cases.map(({ b, c }) => mcnemarOf(50, b, c, 20));
    const judged = judgePairs(
      tests.map(({ firstOnly, secondOnly, exactP }) => ({ firstOnly, secondOnly, p: exactP })),
    );
    const found = pair({
      kind: 'compared',
      utterances: 136,
      speakers: null,
      firstEpoch: 1,
      secondEpoch: 2,
      unmeasurable: [],
      numbers: [],
      tasks: (['emotion', 'gender'] as const).map((task, i) => ({
        task,
        mcnemar: tests[i]!,
        adjusted: judged[i]!.adjusted!,
        verdict: judged[i]!.verdict,
        intervals: null,
      })),
    });
    const { rows, title, caption, sentences } = table(found, 'mcnemar');
    // Holm: 2 x 0.03125 and max(0.0625, 0.0640).
    expect(rows).toEqual([
      [
        'emotion',
        'Not distinguishable on these utterances: they differ on 66, without a clear direction (p = 0.064).',
        '25',
        '41',
        '0.064',
        '0.065',
        '0.064',
      ],
      [
        'gender',
        'Not distinguishable on these utterances: they differ on 6, without a clear direction (p = 0.063).',
        '0',
        '6',
        '0.031',
        '0.041',
        '0.063',
      ],
    ]);
    expect(title).toBe('On the same utterances: A1 unweighted-sum 1 (first) and B1 dwa 1 (second)');
    expect(caption).toContain('A1 (first) and B1 (second)');
    expect(sentences[0]).toBe(
      '136 utterances of – speakers; first run at epoch 1, second at epoch 2. The corpus is no longer stored, so speakers are unknown: no intervals. Speakers of the validation side are also heard in training (random split): the intervals are not about unheard speakers.',
    );
    expect(tables(found).map(({ id }) => id)).toEqual(['means', 'mcnemar']);
  });

  it('intervals by speaker as scipy.stats.bootstrap has them from the same draws', async () => {
    const { seed, resamples, confidence, cases } = fixture.bootstrap;
    const { speakers, classes, counts } = cases[3]!;
    expect([speakers, classes]).toEqual([10, 2]);
    const [first, second] = counts.map((of, model): RunPredictions => {
      const rows = of.flatMap((matrix, speaker) =>
        matrix.flatMap((row, truth) =>
          row.flatMap((count, predicted) =>
            Array.from({ length: count }, () => ({ speaker, truth, predicted })),
          ),
        ),
      );
      return {
        epoch: 3 + model,
        tasks: ['gender'],
        classes: [['f', 'm']],
        ids: rows.map(({ speaker }, i) => `u${i} s${speaker}`),
        truth: [rows.map(({ truth }) => truth)],
        predicted: [rows.map(({ predicted }) => predicted)],
      };
    });
    const comparison = await comparePair(
      first!,
      second!,
      new Map(first!.ids.map((id) => [id, id.split(' ')[1]!])),
      { seed, resamples, confidence },
    );
    const { rows } = table(pair(comparison), 'intervals');
    // stats.json, case 4: accuracy 0.60333, BCa 0.46667 to 0.72167; its difference 0.17667, BCa 0.11667 to
    // 0.24667; UAR 0.60331, 0.46670 to 0.72148; 0.17661, 0.11553 to 0.24632.
    expect([rows[0]![2], rows[0]![4]]).toEqual([
      '60.3% [46.7% to 72.2%]',
      '+17.7 pp [+11.7 to +24.7 pp: second higher]',
    ]);
    expect([rows[1]![2], rows[1]![4]]).toEqual([
      '60.3% [46.7% to 72.1%]',
      '+17.7 pp [+11.6 to +24.6 pp: second higher]',
    ]);
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ['gender', 'Accuracy'],
      ['gender', 'UAR'],
      ['gender', 'Macro F1'],
    ]);
    expect(table(pair(comparison), 'mcnemar').sentences[0]).toContain(
      '600 utterances of 10 speakers; first run at epoch 3, second at epoch 4. With fewer than twenty speakers the intervals come out too narrow.',
    );
  });

  it('says why nothing can be tested instead of an empty table', () => {
    expect(
      table(pair({ kind: 'different-utterances', shared: 3, first: 10, second: 12 }), 'mcnemar'),
    ).toMatchObject({ rows: [], sentences: [expect.stringContaining('3 in common of 10 and 12')] });
    const onTest = pair(null);
    expect(
      table(
        {
          ...onTest,
          statistics: { ...onTest.statistics!, pair: { ...onTest.statistics!.pair!, part: 'test' } },
        },
        'mcnemar',
      ).title,
    ).toMatch(/^On the same utterances of the test part: A1 /);
    expect(table(pair(null), 'mcnemar')).toMatchObject({
      rows: [],
      sentences: [en.report.noPredictionsThen],
    });
    expect(table(pair({ kind: 'no-predictions', which: 'first' }), 'mcnemar').sentences).toEqual([
      en.compare.tests['no-predictions'],
    ]);
  });
});

it('the whole file has them escaped, in either language, and no script', () => {
  const evil = '<script>alert(1)</script>';
  const runs = RUNS.map((one) => ({ ...one, name: evil, corpusName: evil }));
  const comparison: PairComparison = { kind: 'different-utterances', shared: 0, first: 1, second: 1 };
  for (const language of ['en', 'ru']) {
    const text = reportText(
      i18n,
      language,
      {
        ...gathered({ pair: { first: RUNS[0]!.id, second: RUNS[3]!.id, part: 'validation', comparison } }),
        runs,
      },
      0,
    );
    expect(/<script|\{\{|undefined|NaN|report\.\w|compare\.\w/.exec(text)).toBeNull();
    expect(text).toContain(
      `A1 &lt;script&gt;alert(1)&lt;/script&gt; (${language === 'en' ? 'first' : 'первый'})`,
    );
    expect(text).toContain(
      'http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'"',
    );
    expect(text).toContain(
      language === 'en'
        ? '<b>Table 2.</b> Mean ± standard deviation'
        : '<b>Таблица 2.</b> Среднее ± стандартное отклонение',
    );
  }
});
