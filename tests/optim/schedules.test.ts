import { describe, expect, it } from 'vitest';
import { LearningRates } from '../../src/core/optim/learning-rates';
import { schedule } from '../../src/core/optim/registry';
import type { ScheduleState } from '../../src/core/optim/schedule';
import { guard } from '../support/fidelity';
import { fixture } from '../support/fixture';
import { parsedSchedule } from '../support/optimisers';

type Index = Readonly<
  Record<
    string,
    {
      readonly options: object;
      readonly learningRate: number;
      readonly stepsPerEpoch: number;
      readonly epochs: number;
    }
  >
>;

/** As in reference/fixtures/optimisers.py. */
const CASES = ['cosine', 'cosine with warm-up', 'step', 'exponential', 'plateau'] as const;

describe('schedules', () => {
  it.each(CASES)('PyTorch’s rate of every update: %s', async (name) => {
    const { index, f64 } = await fixture<Index>('schedules');
    const { options, learningRate, stepsPerEpoch, epochs } = index[name]!;
    const choice = parsedSchedule(options);
    let along = new LearningRates(choice, learningRate);
    let changes = 0;
    const rates = [];
    for (let epoch = 1; epoch <= epochs; epoch++) {
      for (let batch = 1; batch <= stepsPerEpoch; batch++) {
        const step = (epoch - 1) * stepsPerEpoch + batch;
        rates.push(along.at({ step, epoch, stepsPerEpoch, epochs }));
      }
      if (name !== 'plateau') continue;
      const [before, change] = [rates.at(-1), along.observe(f64('plateau/monitored')[epoch - 1]!)];
      if (change) {
        expect(change.from).toBe(before);
        expect(change.to).toBeLessThan(change.from);
        changes++;
      }
      // A checkpoint in between changes nothing.
      along = new LearningRates(
        choice,
        learningRate,
        JSON.parse(JSON.stringify(along.state)) as ScheduleState,
      );
    }
    const expected = f64(`${name}/rates`);
    if (name === 'plateau') expect(changes).toBe(new Set(expected).size - 1);
    expect(rates).toHaveLength(expected.length);
    guard({
      chapter: 'training',
      quantity: 'learning rates of a hundred updates under every schedule',
      reference: 'torch',
      unit: 'relative',
      tolerance: 1e-12,
      worst: Math.max(...rates.map((rate, i) => Math.abs(rate / expected[i]! - 1))),
      note: 'PyTorch multiplies its last rate, we compute each from the first',
    });
  });

  it('a plateau counts what is not measured as no improvement, and forgets values of another kind', () => {
    const choice = parsedSchedule({ id: 'plateau', waitEpochs: 1, factor: 0.5 });
    const { observe, rate, forget } = schedule('plateau');
    const at = { step: 1, epoch: 1, stepsPerEpoch: 1, epochs: 9 };
    const after = (...values: number[]): ScheduleState =>
      values.reduce<ScheduleState>((state, value) => observe!(choice, 1, state, value), {});
    expect(rate(choice, 1, at, {})).toBe(1);
    expect(rate(choice, 1, at, after(3, Number.NaN))).toBe(1);
    expect(rate(choice, 1, at, after(3, Number.NaN, 3))).toBe(0.5);
    // 9 is worse than 3, but is the first of its kind.
    const fresh = observe!(choice, 1, forget!(after(3, 4)), 9);
    expect(fresh).toEqual({ best: 9, rate: 1, waited: 0, cooldown: 0 });
  });

  it('a warm-up longer than the run never ends, and a cosine ends at its minimum', () => {
    const warm = parsedSchedule({ id: 'cosine', warmupEpochs: 10, warmupStart: 0.5 });
    const at = { step: 10, epoch: 2, stepsPerEpoch: 5, epochs: 2 };
    expect(schedule('cosine').rate(warm, 1, at, {})).toBeCloseTo(0.5 + (0.5 * 9) / 50, 12);
    const none = parsedSchedule({ id: 'cosine', warmupEpochs: 0, minimumRate: 0.25 });
    expect(schedule('cosine').rate(none, 1, { ...at, step: 11 }, {})).toBe(0.25);
  });
});
