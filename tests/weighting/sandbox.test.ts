/**
 * The sandbox and the turning point of the weighted average. References: the paper's digest and the golden
 * vectors of the strategies' specification sheet.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '../../src/core/weighting/options';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import {
  answerOf,
  beginSandbox,
  EXAMPLE_LOSSES,
  gramOf,
  stepSandbox,
  withCosine,
  withLength,
  withLoss,
  withOptions,
} from '../../src/core/weighting/sandbox';
import { eigen } from '../../src/core/weighting/solvers/linear-algebra';
import { turningPoint } from '../../src/core/weighting/turning-point';

const average = (losses: readonly number[], task: number): number =>
  strategy('weighted-average').weigh(losses, { detached: false }, {}).effective[task]!;
const loss = fc.double({ min: 0.01, max: 10, noNaN: true });

describe('turning point of the weighted average', () => {
  it('lies at the shares that follow from its definition', () => {
    // Two equal others: 2p = p² + (1 − p)²/2, so p = 1 − √(2/3); one other: p² − 2p + 1/2 = 0, so p = 1 −
    // √(1/2).
    expect(turningPoint([9, 1, 1], 0)!.share).toBeCloseTo(1 - Math.sqrt(2 / 3), 12);
    expect(turningPoint([9, 3], 0)!.share).toBeCloseTo(1 - Math.sqrt(1 / 2), 12);
    expect(turningPoint([9, 3, 0], 0)!.share).toBeCloseTo(1 - Math.sqrt(1 / 2), 12);
    // (1.4, 2.3) beside gender: √(3.7² + 1.4² + 2.3²) − 3.7 = √20.94 − 3.7
    expect(turningPoint(EXAMPLE_LOSSES, 2)!.loss).toBeCloseTo(0.8760245, 6);
  });
  it('is where the effective weight changes its sign', () => {
    fc.assert(
      fc.property(fc.array(loss, { minLength: 2, maxLength: 3 }), fc.nat(), (losses, pick) => {
        const task = pick % losses.length;
        const turn = turningPoint(losses, task)!;
        const at = (factor: number): number =>
          average(
            losses.map((old, i) => (i === task ? turn.loss * factor : old)),
            task,
          );
        expect(at(1)).toBeCloseTo(0, 12);
        expect(at(0.99)).toBeLessThan(0);
        expect(at(1.01)).toBeGreaterThan(0);
        const total = losses.reduce((sum, value, i) => sum + (i === task ? turn.loss : value), 0);
        expect(turn.share).toBeCloseTo(turn.loss / total, 12);
      }),
    );
  });
  it('is none for the only task, and none beside losses of zero', () => {
    expect(turningPoint([2], 0)).toBeNull();
    expect(turningPoint([2, 0, 0], 0)).toBeNull();
  });
});

describe('sandbox', () => {
  it('shows the easy task of the digest pushed uphill', () => {
    const { weights, hasMemory, numbers } = answerOf(
      beginSandbox('weighted-average', { detached: false }, EXAMPLE_LOSSES, 1),
    );
    expect(weights.effective[0]).toBeCloseTo(0.234072, 6);
    expect(weights.effective[1]).toBeCloseTo(0.7077562, 6);
    expect(weights.effective[2]).toBeCloseTo(-0.4501385, 6);
    expect(hasMemory).toBe(false);
    expect(numbers).toContain('−0.4501');
  });
  it('follows its sliders and options', () => {
    const box = beginSandbox('weighted-average', { detached: false }, EXAMPLE_LOSSES, 1);
    expect(answerOf(withLoss(box, 2, 1)).weights.effective[2]).toBeGreaterThan(0);
    const detached = answerOf(withOptions(box, { detached: true })).weights;
    expect(detached.effective).toEqual(detached.nominal);
  });
  it('steps a strategy with a memory to its fixed point', () => {
    const options = defaultOptions(strategy('revised-uncertainty'), 3);
    let box = beginSandbox('revised-uncertainty', { ...options, learningRate: 0.01 }, [1.2, 2.1, 0.6], 1);
    expect(answerOf(box)).toMatchObject({ hasMemory: true, weights: { effective: [0.5, 0.5, 0.5] } });
    for (let i = 0; i < 2000; i++) box = stepSandbox(box);
    expect(box.step).toBe(2000);
    expect(box.trace).toHaveLength(200);
    // Specification sheet: the revised form's fixed point for these losses.
    [0.4422187, 0.2982657, 0.6964847].forEach((weight, i) =>
      expect(answerOf(box).weights.effective[i]).toBeCloseTo(weight, 5),
    );
  });
  it('has an answer for every strategy, and its first step is the step of a run', () => {
    for (const chosen of STRATEGIES) {
      const options = defaultOptions(chosen, 3);
      const box = beginSandbox(chosen.id, options, [1.2, 2.1, 0.6], 1);
      const { needs, weights } = answerOf(box);
      const gram = needs === 'losses' ? null : gramOf(box.pulls);
      expect(weights, chosen.id).toEqual(
        chosen.weigh([1.2, 2.1, 0.6], options, chosen.init(3, options), { seed: 1, step: 1, epoch: 1, gram }),
      );
      expect(weights.effective, chosen.id).toHaveLength(3);
      expect(weights.effective.every(Number.isFinite), chosen.id).toBe(true);
      expect(stepSandbox(box).step, chosen.id).toBe(1);
    }
  });
  it('takes lengths and angles of gradients by hand, and those of a run', () => {
    // The specification sheet's Gram matrix [[6, −1.5, −3.5], [−1.5, 5.25, 0.25], [−3.5, 0.25, 10.3125]] as
    // lengths and cosines.
    const lengths = [Math.sqrt(6), Math.sqrt(5.25), Math.sqrt(10.3125)];
    const cosines = [
      -1.5 / (lengths[0]! * lengths[1]!),
      -3.5 / (lengths[0]! * lengths[2]!),
      0.25 / (lengths[1]! * lengths[2]!),
    ];
    const begun = beginSandbox('mgda', {}, [1.2, 2.1, 0.6], 1, { lengths, cosines });
    expect(begun.pulls.lengths.reduce((a, b) => a + b)).toBeCloseTo(3, 1);
    let box = begun;
    lengths.forEach((length, i) => {
      box = withLength(box, i, length);
    });
    [0.4214725, 0.330522, 0.2480055].forEach((weight, i) =>
      expect(answerOf(box).weights.effective[i]).toBeCloseTo(weight, 6),
    );
    expect(answerOf(box).hasMemory).toBe(false);
    expect(answerOf(stepSandbox(box)).hasMemory).toBe(false);
    expect(answerOf(beginSandbox('grad-norm', {}, [1.2, 2.1, 0.6], 1)).hasMemory).toBe(true);
  });
  it('takes a short gradient over from a run as short as it is, not as none', () => {
    const { pulls } = beginSandbox('imtl-g', {}, [1.2, 2.1, 0.6], 1, {
      lengths: [1.23456, 0.9, 1.5e-5],
      cosines: [0.1, 0.2, 0.3],
    });
    const mean = (1.23456 + 0.9 + 1.5e-5) / 3;
    pulls.lengths.forEach((length, i) => {
      expect(length / ([1.23456, 0.9, 1.5e-5][i]! / mean)).toBeCloseTo(1, 2);
    });
    expect(
      answerOf(
        beginSandbox('imtl-g', {}, [1.2, 2.1, 0.6], 1, { lengths: [1, 1, 1e-5], cosines: [0.1, 0.2, 0.3] }),
      ).weights.fallback,
    ).toBeUndefined();
  });
  it('knows no three directions that cannot be', () => {
    const cosine = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 2 }), cosine), { minLength: 1, maxLength: 6 }), (moves) => {
        const { pulls } = moves.reduce(
          (box, [pair, value]) => withCosine(box, pair, value),
          beginSandbox('mgda', {}, [1, 1, 1], 1),
        );
        expect(Math.min(...eigen(gramOf(pulls)).values)).toBeGreaterThan(-1e-9);
      }),
    );
    // Two tasks may point anywhere.
    expect(withCosine(beginSandbox('mgda', {}, [1, 1], 1), 0, -1).pulls.cosines).toEqual([-1]);
  });
  it('FAMO gives weight to the task that did not get better between two steps', () => {
    const box = stepSandbox(withLoss(beginSandbox('famo', { decay: 0 }, [1, 1, 1], 1), 0, 0.5));
    const { nominal } = answerOf(box).weights;
    expect(nominal[0]).toBeLessThan(nominal[1]!);
    expect(nominal[1]).toBeCloseTo(nominal[2]!, 12);
  });
});
