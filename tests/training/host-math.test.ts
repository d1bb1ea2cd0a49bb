/** Cross-entropy, early stopping, batches and tally: the host side of a step. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../src/core/training/batches';
import { crossEntropy } from '../../src/core/tasks/losses/cross-entropy';
import { NOT_YET, observe } from '../../src/core/training/monitor/early-stopping';
import { Tally, type TallyState } from '../../src/core/training/monitor/tally';

describe('cross-entropy', () => {
  it('equals log-sum-exp minus the true logit, and its gradient softmax minus one-hot, on a case worked out by hand', () => {
    const { loss, gradient, predictions } = crossEntropy(Float32Array.from([1, 2, 3, 0, 0, 0]), [2, 0], 3);
    expect(loss).toBeCloseTo((0.40760596444438 + 1.09861228866811) / 2, 12);
    expect([...predictions]).toEqual([2, 0]);
    const expected = [0.04501529, 0.12236424, -0.16737953, -0.33333333, 0.16666667, 0.16666667];
    gradient.forEach((g, i) => expect(g).toBeCloseTo(expected[i]!, 6));
  });
  it('survives logits of any size', () => {
    const { loss } = crossEntropy(Float32Array.from([1e4, -1e4]), [1], 2);
    expect(loss).toBeCloseTo(2e4, 6);
  });
  it('passes NaN on instead of hiding it', () => {
    expect(crossEntropy(Float32Array.from([Number.NaN, 0]), [1], 2).loss).toBeNaN();
  });
  it('gradient rows sum to zero', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (values) => {
          const { gradient } = crossEntropy(Float32Array.from(values), [0, 2], 3);
          for (const row of [gradient.subarray(0, 3), gradient.subarray(3)])
            expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 6);
        },
      ),
    );
  });
});

describe('early stopping', () => {
  it('keeps the best and stops after `patience` epochs without improvement; NaN never improves', () => {
    const values = [3, 2, 2.5, Number.NaN, 2];
    let state = NOT_YET;
    const seen = values.map((value, i) => {
      const r = observe(state, i + 1, value, 3);
      state = r.state;
      return [r.improved, r.stop];
    });
    expect(seen).toEqual([
      [true, false],
      [true, false],
      [false, false],
      [false, false],
      [false, true],
    ]);
    expect(state).toEqual({ best: 2, bestEpoch: 2, waited: 3 });
  });
});

describe('batches', () => {
  const examples = Array.from({ length: 10 }, (_, i) => ({ id: `u${i}`, labels: [i] }));
  it('cover every example once, the last one smaller; another order each epoch, the same one twice', () => {
    const one = batchesOf(examples, 4, 5, 1);
    expect(one.map((b) => b.length)).toEqual([4, 4, 2]);
    expect(new Set(one.flat().map(({ id }) => id)).size).toBe(10);
    expect(batchesOf(examples, 4, 5, 1)).toEqual(one);
    expect(batchesOf(examples, 4, 5, 2)).not.toEqual(one);
    expect(batchesOf(examples, 4, 5, null).flat()).toEqual(examples);
  });
});

describe('tally', () => {
  it('through JSON in the middle ends with the same numbers', () => {
    const feed = (tally: Tally, from: number, to: number) => {
      for (let i = from; i < to; i++) {
        tally.addBatch(
          [
            [0, 1],
            [i % 3, 2],
          ],
          [
            [0, 0],
            [1, 2],
          ],
          [0.1 * i, 0.7],
        );
        tally.addWeights({ total: 1, nominal: [1, 2], effective: [0.3 * i, -0.1] }, 5);
      }
      return tally;
    };
    const whole = feed(new Tally([2, 3]), 0, 7);
    const saved = JSON.parse(JSON.stringify(feed(new Tally([2, 3]), 0, 4).toJSON())) as TallyState;
    const resumed = feed(new Tally([2, 3], saved), 4, 7);
    expect(resumed.toJSON()).toEqual(whole.toJSON());
    expect(whole.meanLosses()[1]).toBeCloseTo(0.7, 12);
  });
});
