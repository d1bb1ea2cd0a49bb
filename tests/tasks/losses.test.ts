/**
 * Every loss of the registry against PyTorch's autograd (tests/fixtures/losses, by reference/fixtures/losses.py),
 * values worked out by others, and what must hold of any loss: missing targets add nothing, parts add up to the
 * whole, the gradient is the derivative.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf } from '../../src/core/options/field';
import { classWeights } from '../../src/core/tasks/losses/class-weights';
import { crossEntropy } from '../../src/core/tasks/losses/cross-entropy';
import { joinedMoments, momentsOf } from '../../src/core/tasks/losses/moments';
import { loss, LOSSES, lossesFor } from '../../src/core/tasks/losses/registry';
import { trainingTargets } from '../../src/core/tasks/losses/scale';
import type { Loss, LossOptions, Moments, TaskLoss } from '../../src/core/tasks/losses/types';
import { numberScores } from '../../src/core/tasks/metrics/number';
import { guard, relativeError } from '../support/fidelity';
import { fixture } from '../support/fixture';

interface Case {
  readonly loss: string;
  readonly classes?: number;
  readonly count: number;
  readonly counts?: readonly number[];
  readonly weighted?: boolean;
  readonly smoothing?: number;
  readonly gamma?: number;
  readonly value: number;
  readonly pearson?: number;
  readonly mae?: number;
  readonly rmse?: number;
  readonly ccc?: number;
}
interface Weights {
  readonly counts: readonly number[];
  readonly balanced: readonly number[];
  readonly effective: Readonly<Record<string, readonly number[]>>;
}
interface Index {
  readonly losses: readonly Case[];
  readonly weights: readonly Weights[];
}
interface Known extends Case {
  readonly outputs: Float32Array;
  readonly targets: Float64Array;
  readonly gradient: Float64Array;
}

let cases: readonly Known[];
let weights: readonly Weights[];
beforeAll(async () => {
  const { index, f32, f64 } = await fixture<Index>('losses');
  const [outputs, targets, gradient] = [f32('outputs'), f64('targets'), f64('gradient')];
  let [at, row] = [0, 0];
  cases = index.losses.map((one) => {
    const width = one.classes ?? 1;
    const known = {
      ...one,
      outputs: outputs.subarray(at, at + one.count * width),
      gradient: gradient.subarray(at, at + one.count * width),
      // A class that is missing is -1 in PyTorch.
      targets: targets.subarray(row, row + one.count).map((y) => (one.classes && y < 0 ? Number.NaN : y)),
    };
    at += one.count * width;
    row += one.count;
    return known;
  });
  expect([at, row]).toEqual([outputs.length, targets.length]);
  weights = index.weights;
});

const evaluated = (one: TaskLoss, outputs: ArrayLike<number>, targets: ArrayLike<number>, width: number) =>
  one.evaluate({ outputs, targets, width, weight: one.weight(targets) });

const prepared = ({ loss: id, weighted, smoothing, gamma, counts }: Known): TaskLoss =>
  loss(id).prepare(
    {
      scale: 'raw',
      classWeights: weighted ? 'balanced' : 'none',
      ...(smoothing === undefined ? {} : { labelSmoothing: smoothing }),
      ...(gamma === undefined ? {} : { gamma }),
    },
    { counts: counts ?? [], mean: Number.NaN, deviation: Number.NaN },
  );

describe('against PyTorch in float64, with missing targets in half of the batches', () => {
  for (const id of LOSSES.map((one) => one.id))
    it(`${id}: value and gradient`, () => {
      const own = cases.filter((one) => one.loss === id);
      expect(own.length).toBeGreaterThan(3);
      let [value, gradient] = [0, 0];
      for (const one of own) {
        const found = evaluated(prepared(one), one.outputs, one.targets, one.classes ?? 1);
        value = Math.max(value, Math.abs(found.loss - one.value) / Math.abs(one.value));
        // Of one example CCC has no slope: both are exactly zero.
        gradient = Math.max(gradient, relativeError(found.gradient, one.gradient));
      }
      const reference = 'torch';
      guard({
        chapter: 'training',
        quantity: `loss of a task: ${id}`,
        reference,
        unit: 'relative',
        tolerance: 1e-12,
        worst: value,
      });
      guard({
        chapter: 'training',
        quantity: `gradient of a task's loss: ${id}`,
        reference,
        unit: 'relative',
        tolerance: 1e-7,
        worst: gradient,
        note: 'stored as float32',
      });
    });

  it('weights of classes and of effective numbers', () => {
    let worst = 0;
    for (const { counts, balanced, effective } of weights) {
      worst = Math.max(worst, relativeError(classWeights({ classWeights: 'balanced' }, counts)!, balanced));
      for (const [beta, expected] of Object.entries(effective))
        worst = Math.max(
          worst,
          relativeError(
            classWeights({ classWeights: 'effective-number', beta: Number(beta) }, counts)!,
            expected,
          ),
        );
    }
    guard({
      chapter: 'training',
      quantity: 'weights of classes, balanced (compute_class_weight) and by effective number',
      reference: 'scikit-learn',
      unit: 'relative',
      tolerance: 1e-12,
      worst,
    });
  });

  it('scores of numbers', () => {
    for (const key of ['ccc', 'pearson', 'mae', 'rmse'] as const) {
      let worst = 0;
      for (const one of cases)
        if (one[key] !== undefined)
          worst = Math.max(
            worst,
            Math.abs(numberScores(one.outputs, one.targets)[key] - one[key]) / Math.abs(one[key]),
          );
      guard({
        chapter: 'metrics',
        quantity: `${key} of a number`,
        reference: key === 'ccc' ? 'torch' : key === 'pearson' ? 'scipy' : 'scikit-learn',
        unit: 'relative',
        tolerance: 1e-12,
        worst,
      });
    }
  });
});

describe('values worked out by others', () => {
  const classes = (options: LossOptions, counts: readonly number[] = []): TaskLoss =>
    loss('cross-entropy').prepare(options, { counts, mean: Number.NaN, deviation: Number.NaN });

  it('weights of IEMOCAP’s four classes', () => {
    const of = (how: string, counts: readonly number[], beta = 0.999) =>
      classWeights({ classWeights: how, beta }, counts)!.map((one) => Number(one.toFixed(5)));
    expect(of('balanced', [1103, 1636, 1708, 1084])).toEqual([1.25363, 0.8452, 0.80957, 1.2756]);
    expect(of('balanced', [1103, 595, 1708, 1084])).toEqual([1.01768, 1.88655, 0.6572, 1.03552]);
    expect(of('effective-number', [1103, 1636, 1708, 1084])).toEqual([1.09425, 0.90799, 0.89299, 1.10477]);
    expect(of('effective-number', [1103, 595, 1708, 1084], 0.9999)).toEqual([
      0.89094, 1.61075, 0.5926, 0.90571,
    ]);
  });

  it('an absent class weighs nothing and leaves the others as if it were not there', () => {
    expect(classWeights({ classWeights: 'balanced' }, [4, 0, 2])).toEqual([0.75, 0, 1.5]);
    expect(classWeights({ classWeights: 'none' }, [4, 0, 2])).toBeNull();
  });

  it('torch’s mean divides by the sum of the targets’ weights, also with smoothing', () => {
    // Counts whose balanced weights are 1 : 2 : 0.5 up to a factor, which the mean does not see.
    const counts = [2, 1, 4];
    const of = (labelSmoothing: number) =>
      evaluated(classes({ classWeights: 'balanced', labelSmoothing }, counts), [2, 1, 0, 0, 1, 3], [0, 1], 3)
        .loss;
    expect(of(0)).toBeCloseTo(1.5824326679, 10);
    expect(of(0.1)).toBeCloseTo(1.5577569782, 10);
  });

  it('smoothing and focal of one example', () => {
    const logits = [2, 1, 0];
    expect(evaluated(classes({ labelSmoothing: 0.1 }), logits, [0], 3).loss).toBeCloseTo(0.5076059644, 10);
    const focal = loss('focal').prepare({ gamma: 2 }, { counts: [], mean: 0, deviation: 1 });
    expect(evaluated(focal, logits, [0], 3).loss).toBeCloseTo(0.045677799, 10);
  });

  it('CCC with 1/n, and Pearson', () => {
    const [x, y] = [
      [2.5, 3, 4, 1.5, 3.5],
      [2, 3.5, 4.5, 1, 3],
    ];
    const { ccc, pearson } = numberScores(x, y);
    expect(ccc).toBeCloseTo(0.8868778281, 10);
    expect(pearson).toBeCloseTo(0.9428308575, 10);
    expect(
      numberScores(
        x.map((one) => one + 0.5),
        y,
      ).ccc,
    ).toBeCloseTo(0.765625, 10);
  });

  it('a constant prediction has CCC 0 and a finite gradient', () => {
    const ccc = loss('ccc').prepare({ scale: 'raw' }, trainingTargets([1, 2, 3], 0));
    for (const targets of [
      [1, 2, 3],
      [2, 2, 2],
    ]) {
      const found = evaluated(ccc, [2, 2, 2], targets, 1);
      expect(found.loss).toBeCloseTo(1, 12);
      expect([...found.gradient].every(Number.isFinite)).toBe(true);
    }
    expect(numberScores([2, 2, 2], [1, 2, 3])).toMatchObject({ ccc: 0, pearson: Number.NaN });
  });

  it('targets that do not vary have errors, but neither CCC nor Pearson', () => {
    expect(numberScores([1, 2, 3], [2, 2, 2])).toEqual({
      count: 3,
      ccc: Number.NaN,
      pearson: Number.NaN,
      mae: expect.closeTo(2 / 3, 12),
      rmse: expect.closeTo(Math.sqrt(2 / 3), 12),
    });
    // The mean of 49 times 11/3 is not 11/3 to the last digit.
    const [same, x] = [new Array<number>(49).fill(11 / 3), Array.from({ length: 49 }, (_, i) => i)];
    expect(momentsOf(x, same).yy).toBeGreaterThan(0);
    expect(numberScores(x, same)).toMatchObject({ ccc: Number.NaN, pearson: Number.NaN });
    expect(numberScores(same, x).pearson).toBeNaN();
    // A spread that is small beside the mean is one all the same.
    expect(numberScores([1e6, 1e6 + 0.1], [1e6, 1e6 + 0.1])).toMatchObject({ ccc: 1 });
  });
});

/** A batch of any loss, some of its targets missing. */
const batchOf = (one: Loss) => {
  const width = one.kind === 'classes' ? 3 : 1;
  const target =
    one.kind === 'classes' ? fc.integer({ min: 0, max: 2 }) : fc.double({ min: 1, max: 5, noNaN: true });
  const number = fc.double({ min: -4, max: 4, noNaN: true });
  return fc
    .array(
      fc.record({
        target: fc.oneof({ weight: 4, arbitrary: target }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
        outputs: fc.array(number, { minLength: width, maxLength: width }),
      }),
      { minLength: 3, maxLength: 12 },
    )
    .map((rows) => ({
      width,
      outputs: Float32Array.from(rows.flatMap((row) => row.outputs)),
      targets: Float64Array.from(rows.map((row) => row.target)),
    }));
};

const VARIANTS: readonly (readonly [string, Loss, LossOptions])[] = LOSSES.flatMap(
  (one): (readonly [string, Loss, LossOptions])[] =>
    one.kind === 'classes'
      ? [
          [one.id, one, defaultsOf(one.fields)],
          [`${one.id}, weighted`, one, { ...defaultsOf(one.fields), classWeights: 'balanced' }],
          [
            `${one.id}, effective number and smoothing`,
            one,
            { ...defaultsOf(one.fields), classWeights: 'effective-number', labelSmoothing: 0.2 },
          ],
        ]
      : [
          [one.id, one, { scale: 'raw' }],
          [`${one.id}, standardised`, one, { scale: 'standardised' }],
        ],
);
const STATISTICS = { counts: [20, 5, 9], mean: 2.9, deviation: 0.7 };

describe.each(VARIANTS)('%s', (_, one, options) => {
  const task = one.prepare(options, STATISTICS);

  it('does not see examples without a target, and gives them nothing', () => {
    fc.assert(
      fc.property(batchOf(one), ({ outputs, targets, width }) => {
        const kept = [...targets.keys()].filter((row) => !Number.isNaN(targets[row]!));
        const all = evaluated(task, outputs, targets, width);
        const labelled = evaluated(
          task,
          kept.flatMap((row) => [...outputs.subarray(row * width, (row + 1) * width)]),
          kept.map((row) => targets[row]!),
          width,
        );
        expect(all.loss).toBe(labelled.loss);
        expect(kept.flatMap((row) => [...all.gradient.subarray(row * width, (row + 1) * width)])).toEqual([
          ...labelled.gradient,
        ]);
        for (const row of targets.keys())
          if (Number.isNaN(targets[row]!)) {
            expect(all.each[row]).toBe(0);
            expect([...all.gradient.subarray(row * width, (row + 1) * width)].every((g) => g === 0)).toBe(
              true,
            );
          }
        // Predictions are made for everybody.
        expect(all.predictions.length).toBe(targets.length);
      }),
    );
  });

  it('is the mean of the examples’ losses, and its parts add up to the whole batch', () => {
    fc.assert(
      fc.property(batchOf(one), fc.integer({ min: 1, max: 6 }), ({ outputs, targets, width }, size) => {
        const weight = task.weight(targets);
        const whole = evaluated(task, outputs, targets, width);
        if (weight > 0)
          expect(whole.each.reduce((sum, each) => sum + each, 0) / weight).toBeCloseTo(whole.loss, 9);
        const starts = Array.from({ length: Math.ceil(targets.length / size) }, (__, i) => i * size);
        const part = (first: number) => ({
          outputs: outputs.subarray(first * width, (first + size) * width),
          targets: targets.subarray(first, first + size),
        });
        const moments = task.moments
          ? starts
              .map((first) => task.moments!(part(first).outputs, part(first).targets))
              .reduce((a: Moments, b: Moments) => joinedMoments(a, b))
          : undefined;
        const parts = starts.map((first) => task.evaluate({ ...part(first), width, weight, moments }));
        expect(parts.reduce((sum, { loss: share }) => sum + share, 0)).toBeCloseTo(whole.loss, 9);
        parts
          .flatMap(({ gradient }) => [...gradient])
          .forEach((g, i) => expect(g).toBeCloseTo(whole.gradient[i]!, 6));
      }),
    );
  });

  it('has the derivative as its gradient', () => {
    fc.assert(
      fc.property(batchOf(one), ({ outputs, targets, width }) => {
        const { gradient } = evaluated(task, outputs, targets, width);
        const step = 1e-5;
        const at = (k: number, by: number) =>
          evaluated(
            task,
            [...outputs].map((x, i) => (i === k ? x + by : x)),
            targets,
            width,
          ).loss;
        for (const k of outputs.keys()) {
          const row = Math.floor(k / width);
          // |x − y| has a kink, and CCC of equal values a pole of its own making (ε).
          if (one.id === 'mae' && Math.abs(outputs[k]! - targets[row]!) < 1e-3) return;
          const slope = (at(k, step) - at(k, -step)) / (2 * step);
          const spread = momentsOf(
            one.kind === 'number' ? outputs : [],
            one.kind === 'number' ? targets : [],
          );
          if (one.id === 'ccc' && spread.xx + spread.yy < 1e-2) return;
          expect(Math.abs(slope - gradient[k]!)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives 0 and no gradient where nobody is labelled', () => {
    const width = one.kind === 'classes' ? 3 : 1;
    const found = evaluated(task, new Float32Array(2 * width).fill(0.3), [Number.NaN, Number.NaN], width);
    expect(task.weight([Number.NaN, Number.NaN])).toBe(0);
    expect(found.loss).toBe(0);
    expect([...found.gradient].every((g) => g === 0)).toBe(true);
  });
});

describe('the plain cross-entropy', () => {
  it('is bit for bit what it was before losses had options', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 8, maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 2 }),
        (values, labels) => {
          const logits = Float32Array.from(values);
          const task = loss('cross-entropy').prepare(defaultsOf(loss('cross-entropy').fields), STATISTICS);
          const found = evaluated(task, logits, labels, 4);
          let sum = 0;
          for (const [row, label] of labels.entries()) {
            const own = logits.subarray(row * 4, row * 4 + 4);
            const max = Math.max(...own);
            let exps = 0;
            for (const value of own) exps += Math.exp(value - max);
            sum += Math.log(exps) - (own[label]! - max);
            for (let k = 0; k < 4; k++)
              expect(found.gradient[row * 4 + k]).toBe(
                Math.fround((Math.exp(own[k]! - max) / exps - (k === label ? 1 : 0)) / 2),
              );
          }
          expect(found.loss).toBe(sum / 2);
          expect(task.plainCrossEntropy).toBe(true);
          expect(crossEntropy(logits, labels, 4).loss).toBe(found.loss);
        },
      ),
    );
  });

  it('is the focal loss of γ 0, and the one of equal weights', () => {
    const logits = [2, 1, 0, 0, 1, 3];
    const plain = crossEntropy(logits, [0, 1], 3);
    const focal = loss('focal').prepare({ gamma: 0, classWeights: 'none' }, STATISTICS);
    expect(evaluated(focal, logits, [0, 1], 3).loss).toBeCloseTo(plain.loss, 12);
    const equal = loss('cross-entropy').prepare(
      { classWeights: 'balanced' },
      { ...STATISTICS, counts: [7, 7, 7] },
    );
    expect(evaluated(equal, logits, [0, 1], 3).loss).toBe(plain.loss);
  });
});

describe('the registry', () => {
  it('has a default for each kind, and refuses what it does not have', () => {
    expect(lossesFor('classes')[0]!.id).toBe('cross-entropy');
    expect(lossesFor('number').every(({ kind }) => kind === 'number')).toBe(true);
    expect(() => loss('hinge')).toThrow('There is no loss “hinge”.');
  });

  it('standardises with the training side’s statistics alone', () => {
    expect(trainingTargets([1, Number.NaN, 3], 0)).toEqual({ counts: [], mean: 2, deviation: 1 });
    expect(trainingTargets([0, 2, Number.NaN, 2], 3).counts).toEqual([1, 0, 2]);
    const task = loss('mse').prepare({ scale: 'standardised' }, { counts: [], mean: 3, deviation: 0.5 });
    const { predictions, loss: value } = evaluated(task, [0, 2], [3, 3], 1);
    expect([...predictions]).toEqual([3, 4]);
    expect(value).toBe(2);
  });
});
