/**
 * What was changed by hand: one entry a step and kind, none that no step saw, and for showing one mark for a
 * dragged slider.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adjusted,
  adjustmentsUpTo,
  adjustmentText,
  changedOptions,
  changesOf,
  configAfter,
  type Adjustment,
} from '../../src/core/training/adjustments';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import { firstSegment } from '../../src/core/training/segments';

/** A minute apart unless told, so that only steps bring two together. */
const weights = (step: number, value: number, at = step * 60_000): Adjustment => ({
  kind: 'options',
  strategy: 'static',
  changed: { weights: [value, 1, 1] },
  step,
  epoch: 1,
  at,
});
const every = (step: number, value: number): Adjustment => ({
  kind: 'instruments',
  instruments: { every: value, gradients: 'representation' },
  step,
  epoch: 1,
  at: step * 60_000,
});
const added = (list: readonly Adjustment[]): readonly Adjustment[] =>
  list.reduce<readonly Adjustment[]>(adjusted, []);

describe('what is kept', () => {
  it('is the last value before each step, and all that changed with it', () => {
    const temperature: Adjustment = {
      kind: 'options',
      strategy: 'static',
      changed: { temperature: 2 },
      step: 3,
      epoch: 1,
      at: 9,
    };
    expect(added([weights(3, 1), every(3, 2), weights(3, 2), temperature, weights(4, 3)])).toEqual([
      { ...temperature, changed: { weights: [2, 1, 1], temperature: 2 } },
      every(3, 2),
      weights(4, 3),
    ]);
  });
  it('has at most one entry a step and kind, whatever was dragged, and tells what acted on every step', () => {
    const moves = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 0, max: 5 }), fc.boolean()), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(moves, (given) => {
        let step = 0;
        const made = given.map(([pause, value, options]) => {
          step += pause;
          return options ? weights(step, value) : every(step, value);
        });
        const list = added(made);
        const keys = list.map(({ kind, step: at }) => `${kind} ${at}`);
        expect(new Set(keys).size).toBe(keys.length);
        const last = (from: readonly Adjustment[], kind: string, upTo: number) =>
          from.findLast((one) => one.kind === kind && one.step <= upTo);
        for (let at = 0; at <= step; at++)
          for (const kind of ['options', 'instruments'])
            expect(last(list, kind, at)).toEqual(last(made, kind, at));
      }),
    );
  });
  it('leaves out what no step was taken under', () => {
    expect(adjustmentsUpTo([weights(2, 1), weights(6, 2)], 6)).toEqual([weights(2, 1)]);
    expect(adjustmentText([weights(2, 1), every(2, 4)], 3)).toBe('weights=1;1;1 measure=4:representation');
    expect(adjustmentText([weights(2, 1)], 2)).toBe('');
  });
  it('names only the options that are others than before', () => {
    expect(changedOptions({ a: 1, b: [1, 2], c: true }, { a: 1, b: [1, 3], c: true })).toEqual({ b: [1, 3] });
    expect(changedOptions({ a: 1 }, { a: 1 })).toEqual({});
  });
});

describe('what is shown', () => {
  it('is one change for a slider that is dragged, at its end and with its last value; a later one stands alone', () => {
    expect(changesOf([weights(10, 1), weights(13, 2), weights(18, 3), weights(24, 4)])).toEqual([
      { last: weights(18, 3), from: 10 },
      { last: weights(24, 4), from: 24 },
    ]);
  });
  it('goes by the clock where steps are fast', () => {
    const dragged = [weights(100, 1, 0), weights(140, 2, 500), weights(190, 3, 1100)];
    expect(changesOf([...dragged, weights(400, 4, 1900)])).toEqual([
      { last: dragged[2], from: 100 },
      { last: weights(400, 4, 1900), from: 400 },
    ]);
  });
  it('keeps different things apart, even between the same two steps', () => {
    expect(
      changesOf([weights(3, 1), every(3, 2), weights(4, 2), every(5, 3)]).map(({ last, from }) => [
        last.kind,
        last.step,
        from,
      ]),
    ).toEqual([
      ['options', 4, 3],
      ['instruments', 5, 3],
    ]);
  });
});

it('a configuration with what was changed is what acted last: of the strategy that took over last, and of no other', () => {
  const config = parseRunConfig({
    ...PRESETS.compact,
    strategy: { id: 'static', options: { weights: [1, 1, 1] } },
  });
  const begun = firstSegment(config.strategy);
  expect(configAfter(config, [begun], [weights(2, 3), every(4, 7)])).toEqual({
    ...config,
    strategy: { id: 'static', options: { weights: [3, 1, 1] } },
    instruments: { every: 7, gradients: 'representation' },
  });
  const again = {
    step: 6,
    epoch: 2,
    why: 'switch' as const,
    strategy: { id: 'static' as const, options: { weights: [9, 9, 9] } },
  };
  expect(configAfter(config, [begun, again], [weights(2, 3)]).strategy).toEqual(again.strategy);
  const other = { ...again, strategy: { id: 'weighted-average' as const, options: { detached: true } } };
  expect(configAfter(config, [begun, other], [weights(2, 3), weights(8, 3)]).strategy).toEqual(
    other.strategy,
  );
});
