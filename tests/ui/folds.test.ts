/** A cross-validation in words and as CSV: made-up folds whose scores are counted by hand. */
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { ru } from '../../src/app/i18n/ru/index';
import { DEFAULT_READING } from '../../src/core/compare/choice';
import { foldRuns, missingFolds, overFolds } from '../../src/core/compare/cross-validation';
import type { RunPredictions } from '../../src/core/compare/on-utterances';
import { poolFolds, type FoldsTogether } from '../../src/core/compare/pooled';
import { foldsFile } from '../../src/core/export/folds-file';
import { foldsTable } from '../../src/ui/report/folds';
import { statisticsTables } from '../../src/ui/report/statistics';
import { groupRuns } from '../../src/core/compare/groups';
import { formatFor } from '../../src/ui/text/format';
import { madeUp } from '../support/compared-runs';
import { tasksOf } from '../support/tasks';

const i18n = i18next.createInstance();
beforeAll(async () => {
  await i18n.init({ lng: 'en', resources: { en: { translation: en }, ru: { translation: ru } } });
});

const tasks = tasksOf('emotion');
const fold = (session: number, hits: number, state: 'finished' | 'paused' = 'finished') =>
  madeUp(`run${session}`, { split: { kind: 'session', session }, seed: 1, tasks }, [[hits]], { state });
/** Two utterances of two speakers a fold: the first of each is right. */
const predictions = (session: number): RunPredictions => ({
  epoch: 1,
  tasks: ['emotion'],
  classes: [['a', 'b']],
  ids: [`${session}x`, `${session}y`],
  truth: [[0, 1]],
  predicted: [[0, 0]],
});
const speakers = new Map(
  [1, 2, 3].flatMap(
    (s) =>
      [
        [`${s}x`, `s${s}`],
        [`${s}y`, `s${s}`],
      ] as const,
  ),
);

async function together(runs: ReturnType<typeof fold>[], expected: string[]): Promise<FoldsTogether> {
  const [group] = overFolds(runs);
  const missing = missingFolds(foldRuns(group!), expected);
  const pooled =
    missing.length > 0
      ? null
      : await poolFolds(
          [1, 2, 3].map((session) => ({ fold: String(session), predictions: predictions(session) })),
          speakers,
          { resamples: 100, confidence: 0.95, seed: 1 },
        );
  return { folds: expected, missing, seeds: [{ seed: 1, pooled }] };
}
const tableOf = (runs: ReturnType<typeof fold>[], answer: FoldsTogether | null, language = 'en') =>
  foldsTable(
    { t: i18n.getFixedT(language), format: formatFor(language), reading: DEFAULT_READING },
    { group: overFolds(runs)[0]!, together: answer },
    'Unweighted sum',
  );

describe('folds of a recipe', () => {
  const runs = [fold(1, 6), fold(2, 8), fold(3, 7)];

  it('complete: a row a fold, their mean with Student’s interval, all predictions together', async () => {
    const { rows, sentences, columns } = tableOf(runs, await together(runs, ['1', '2', '3']));
    expect(columns.map(({ name }) => name)).toEqual(['Held out', 'Utterances', 'emotion, UAR']);
    expect(rows.slice(0, 3)).toEqual([
      ['1', '20', '60.0%'],
      ['2', '20', '80.0%'],
      ['3', '20', '70.0%'],
    ]);
    // 0.7 ± t(0.975, 2) · 0.1 / √3, by hand: t = 4.30265.
    expect(rows[3]).toEqual(['Mean of 3 folds', '', '70.0% [45.2%, 94.8%]']);
    // Each speaker's recalls are 1 and 0: every resample says a half.
    expect(rows[4]).toEqual(['All predictions', '6', '50.0% [50.0%, 50.0%]']);
    expect(sentences.join(' ')).toContain('3 speakers drawn with replacement');
    expect(sentences.join(' ')).toContain('somewhat too narrow');
  });

  it('with one missing and one unfinished: said, and nothing is pooled', async () => {
    const some = [fold(1, 6), fold(2, 8, 'paused')];
    const { rows, sentences } = tableOf(some, await together(some, ['1', '2', '3']));
    expect(rows.map(([held]) => held)).toEqual(['1', '2', 'Mean of 2 folds']);
    expect(sentences).toEqual(
      expect.arrayContaining([
        'All predictions are scored once every fold of a seed is finished.',
        'Seed 1: not finished with 2 held out.',
        'Seed 1: there is no run with 3 held out.',
      ]),
    );
  });

  it('with an utterance in two folds: said, and nothing is pooled', async () => {
    const answer: FoldsTogether = {
      folds: ['1', '2', '3'],
      missing: [],
      seeds: [{ seed: 1, pooled: { kind: 'twice', count: 2, example: 'u1' } }],
    };
    const { rows, sentences } = tableOf(runs, answer);
    expect(rows).toHaveLength(4);
    expect(sentences.join(' ')).toContain('2 utterances are held out by two folds (u1 is one)');
    expect(tableOf(runs, answer, 'ru').sentences.join(' ')).toContain(
      '2 высказывания отложены в двух частях',
    );
  });

  it('as CSV in full precision, with what is missing as rows', async () => {
    const lines = (
      await together(runs, ['1', '2', '3']).then((answer) =>
        foldsFile([{ group: overFolds(runs)[0]!, together: answer, name: 'sum' }], DEFAULT_READING),
      )
    )
      .trimEnd()
      .split('\r\n');
    const told = 'sum,emotion,uar,validation,best';
    expect(lines.slice(1, 4)).toEqual([
      `${told},fold,,1,0.6,,1,,,20,,`,
      `${told},fold,,2,0.8,,1,,,20,,`,
      `${told},fold,,3,0.7,,1,,,20,,`,
    ]);
    expect(lines[4]).toMatch(
      /^sum,emotion,uar,validation,best,mean,,,0\.(7|6999)\d*,0\.(1|0999)\d*,3,0\.451\d+,0\.948\d+/,
    );
    expect(lines[5]).toBe(`${told},pooled,1,,0.5,,3,0.5,0.5,6,speakers,`);
    const some = [fold(1, 6), fold(2, 8, 'paused')];
    const csv = foldsFile(
      [{ group: overFolds(some)[0]!, together: await together(some, ['1', '2', '3']), name: 'sum' }],
      DEFAULT_READING,
    );
    expect(csv).toContain(`${told},fold,1,2,,,,,,,,unfinished\r\n`);
    expect(csv).toContain(`${told},fold,1,3,,,,,,,,absent\r\n`);
    expect(csv).toContain('pooled,1,,,,,,,,,incomplete\r\n');
  });

  it('stand in the report, before the tests', async () => {
    const groups = groupRuns(runs);
    const folds = [{ group: overFolds(runs)[0]!, together: await together(runs, ['1', '2', '3']) }];
    const tables = statisticsTables(i18n.getFixedT('en'), formatFor('en'), {
      runs: runs as never,
      over: 'seeds',
      reading: DEFAULT_READING,
      statistics: { groups, baseline: groups[0]!, answers: [], folds, pair: null },
    });
    const found = tables.find(({ id }) => id.startsWith('folds-'));
    expect(found).toMatchObject({ section: 'statistics', caption: 'Folds of Unweighted sum' });
    expect(found!.rows.at(-1)).toEqual(['All predictions', '6', '50.0% [50.0%, 50.0%]']);
  });
});
