/**
 * Two runs' predictions compared: by hand where they are few, against the metrics of the whole where they are
 * many.
 */
import { describe, expect, it } from 'vitest';
import { comparePair, type RunPredictions } from '../../src/core/compare/on-utterances';
import { ConfusionCounter, taskMetrics } from '../../src/core/tasks/metrics/confusion';
import { RandomStream } from '../../src/core/random/streams';

const OPTIONS = { resamples: 400, confidence: 0.95, seed: 1 };
const COUNT = 120;

/** Six speakers with twenty utterances each; a model that is right with the given chance. */
function predictions(name: string, skill: number, more: Partial<RunPredictions> = {}): RunPredictions {
  const truthStream = new RandomStream(3, 'truth');
  const truth = [4, 2].map((classes) => Array.from({ length: COUNT }, () => truthStream.below(classes)));
  const stream = new RandomStream(3, name);
  const predicted = truth.map((labels, task) =>
    labels.map((label) => (stream.uniform() < skill ? label : (label + 1) % [4, 2][task]!)),
  );
  return {
    epoch: 5,
    tasks: ['emotion', 'gender'],
    classes: [
      ['a', 'h', 'n', 's'],
      ['f', 'm'],
    ],
    ids: Array.from({ length: COUNT }, (_, i) => `u${i}`),
    truth,
    predicted,
    ...more,
  };
}
const speakers = new Map(Array.from({ length: COUNT }, (_, i) => [`u${i}`, `s${i % 6}`]));
const metricsOf = (of: RunPredictions, task: number) => {
  const counter = new ConfusionCounter(of.classes[task]!.length);
  of.truth[task]!.forEach((label, i) => counter.add(label!, of.predicted[task]![i]!));
  return taskMetrics(counter.matrix(), 0);
};

describe('two runs on one validation set', () => {
  it('scores are those of the whole, intervals hold them, a clear difference is found', async () => {
    const [poor, good] = [predictions('poor', 0.4), predictions('good', 0.9)];
    const found = await comparePair(poor, good, speakers, OPTIONS);
    if (found.kind !== 'compared') throw new Error(found.kind);
    expect(found).toMatchObject({ utterances: COUNT, speakers: 6, firstEpoch: 5, secondEpoch: 5 });
    for (const [i, { intervals, verdict, mcnemar }] of found.tasks.entries()) {
      const [before, after] = [metricsOf(poor, i), metricsOf(good, i)];
      for (const score of ['accuracy', 'uar', 'macroF1'] as const) {
        const { first, second, difference } = intervals![score]!;
        expect(first.value).toBe(before[score]);
        expect(second.value).toBe(after[score]);
        expect(difference.value).toBe(after[score] - before[score]);
        expect(difference.percentile.low).toBeGreaterThan(0);
        expect(second.percentile.low).toBeLessThanOrEqual(after[score]);
        expect(second.percentile.high).toBeGreaterThanOrEqual(after[score]);
      }
      expect(verdict.code).toBe('better');
      expect((mcnemar.both + mcnemar.firstOnly) / COUNT).toBeCloseTo(before.accuracy, 12);
      expect((mcnemar.both + mcnemar.secondOnly) / COUNT).toBeCloseTo(after.accuracy, 12);
    }
  });

  it('turned round, the verdict turns round and the test does not', async () => {
    const [a, b] = [predictions('poor', 0.4), predictions('good', 0.9)];
    const [there, back] = [await comparePair(a, b, null, OPTIONS), await comparePair(b, a, null, OPTIONS)];
    if (there.kind !== 'compared' || back.kind !== 'compared') throw new Error('not compared');
    expect(back.tasks.map(({ verdict, mcnemar }) => [verdict.code, mcnemar.exactP])).toEqual(
      there.tasks.map(({ mcnemar }) => ['worse', mcnemar.exactP]),
    );
  });

  it('a run and itself: identical, no width', async () => {
    const a = predictions('poor', 0.4);
    const found = await comparePair(a, a, speakers, OPTIONS);
    if (found.kind !== 'compared') throw new Error(found.kind);
    expect(found.tasks[0]).toMatchObject({
      verdict: { code: 'identical' },
      intervals: { uar: { difference: { value: 0, percentile: { low: 0, high: 0 }, bca: null } } },
    });
  });

  it('without speakers, or with one, there are no intervals; McNemar stays', async () => {
    const [a, b] = [predictions('poor', 0.4), predictions('good', 0.9)];
    for (const [of, count] of [
      [null, null],
      [new Map([['u0', 's0']]), null],
      [new Map([...speakers.keys()].map((id) => [id, 'one'])), 1],
    ] as const) {
      const found = await comparePair(a, b, of, OPTIONS);
      expect(found).toMatchObject({
        kind: 'compared',
        speakers: count,
        tasks: [{ intervals: null, verdict: { code: 'better' } }, { intervals: null }],
      });
    }
  });

  it('only the tasks that both have', async () => {
    const whole = predictions('good', 0.9);
    const single: RunPredictions = {
      ...whole,
      tasks: ['gender'],
      classes: [whole.classes[1]!],
      truth: [whole.truth[1]!],
      predicted: [whole.predicted[1]!],
    };
    expect(await comparePair(whole, single, speakers, OPTIONS)).toMatchObject({
      kind: 'compared',
      tasks: [{ task: 'gender', verdict: { code: 'identical' } }],
    });
    expect(await comparePair({ ...single, tasks: ['speaker'] }, single, speakers, OPTIONS)).toEqual({
      kind: 'no-common-task',
    });
  });

  it('refuses other utterances, another order, other classes and other labels', async () => {
    const a = predictions('good', 0.9);
    const ids = [...a.ids.slice(1), 'elsewhere'];
    expect(await comparePair(a, { ...a, ids }, speakers, OPTIONS)).toEqual({
      kind: 'different-utterances',
      shared: COUNT - 1,
      first: COUNT,
      second: COUNT,
    });
    expect(await comparePair(a, { ...a, ids: a.ids.toReversed() }, speakers, OPTIONS)).toMatchObject({
      kind: 'different-utterances',
    });
    expect(
      await comparePair(
        a,
        {
          ...a,
          classes: [
            ['a', 'h', 'n', 'x'],
            ['f', 'm'],
          ],
        },
        speakers,
        OPTIONS,
      ),
    ).toMatchObject({ kind: 'different-utterances' });
    expect(await comparePair(a, { ...a, truth: a.predicted }, speakers, OPTIONS)).toMatchObject({
      kind: 'different-utterances',
    });
  });

  it('breathes between tasks, and stops when breathing is refused', async () => {
    const a = predictions('good', 0.9);
    let breaths = 0;
    await comparePair(a, a, speakers, OPTIONS, async () => {
      breaths++;
    });
    expect(breaths).toBe(2);
    await expect(
      comparePair(a, a, speakers, OPTIONS, () => Promise.reject(new Error('cancelled'))),
    ).rejects.toThrow('cancelled');
  });
});

describe('what cannot be measured', () => {
  const check = (unmeasurable: 'unseen' | 'constant' | null, unseen: readonly number[] = []) => ({
    unmeasurable,
    unseen,
    leftOut: 0,
  });
  it('is not tested, and the other tasks are corrected for one test less', async () => {
    const [a, b] = [
      predictions('poor', 0.4),
      predictions('good', 0.9, { checks: [check(null), check('unseen')] }),
    ];
    const found = await comparePair(a, b, speakers, OPTIONS);
    if (found.kind !== 'compared') throw new Error(found.kind);
    expect(found.tasks.map(({ task }) => task)).toEqual(['emotion']);
    expect(found.unmeasurable).toEqual(['gender']);
    expect(found.tasks[0]!.adjusted).toBe(found.tasks[0]!.mcnemar.exactP);
    expect(
      (await comparePair(a, { ...b, checks: [check('unseen'), check('constant')] }, speakers, OPTIONS)).kind,
    ).toBe('no-common-task');
  });
  it('leaves out utterances of classes that training lacked, in tests and intervals', async () => {
    const [a, b] = [
      predictions('poor', 0.4, { checks: [check(null, [3]), check(null)] }),
      predictions('good', 0.9),
    ];
    const kept = a.truth[0]!.flatMap((label, i) => (label === 3 ? [] : [i]));
    const alone = (of: RunPredictions): RunPredictions => ({
      epoch: 5,
      tasks: ['emotion'],
      classes: of.classes.slice(0, 1),
      ids: kept.map((i) => of.ids[i]!),
      truth: [kept.map((i) => of.truth[0]![i]!)],
      predicted: [kept.map((i) => of.predicted[0]![i]!)],
    });
    const [found, expected] = [
      await comparePair(a, b, speakers, OPTIONS),
      await comparePair(alone(a), alone(b), speakers, OPTIONS),
    ];
    if (found.kind !== 'compared' || expected.kind !== 'compared') throw new Error('not compared');
    expect(kept.length).toBeLessThan(COUNT);
    expect(found.tasks[0]!.mcnemar).toEqual(expected.tasks[0]!.mcnemar);
    expect(found.tasks[0]!.intervals).toEqual(expected.tasks[0]!.intervals);
  });
});
