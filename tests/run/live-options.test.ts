/** Live option controls show and send what belongs to the strategy in force, and to no earlier one. */
import { describe, expect, it } from 'vitest';
import { answered, NOTHING_SET, optionsShown, setLive, takeUnsent } from '../../src/core/run/live-options';

const first = { runId: 'a', segment: 1 };
const second = { runId: 'a', segment: 2 };
const dragged = setLive(NOTHING_SET, first, { weights: [0, 2, 1] });

describe('options set on the run that goes', () => {
  it('are shown at once, over those that act', () => {
    expect(optionsShown(dragged, first, { weights: [1, 1, 1], other: 3 })).toEqual({
      weights: [0, 2, 1],
      other: 3,
    });
  });

  it('are sent once, the last value of each', () => {
    const [sent, options] = takeUnsent(setLive(dragged, first, { weights: [0, 3, 1], other: 4 }), first);
    expect(options).toEqual({ weights: [0, 3, 1], other: 4 });
    expect(takeUnsent(sent, first)[1]).toBeNull();
    expect(optionsShown(sent, first, {})).toEqual({ weights: [0, 3, 1], other: 4 });
  });

  it('give way to what acts when the run has answered, but for what was set meanwhile', () => {
    const [sent] = takeUnsent(dragged, first);
    expect(optionsShown(answered(sent), first, { weights: [0, 2, 1] })).toEqual({ weights: [0, 2, 1] });
    const again = answered(setLive(sent, first, { other: 5 }));
    expect(optionsShown(again, first, { weights: [1, 1, 1], other: 0 })).toEqual({
      weights: [1, 1, 1],
      other: 5,
    });
    expect(takeUnsent(again, first)[1]).toEqual({ other: 5 });
  });

  // The same strategy with other options is another segment too: its id alone does not tell them apart.
  it('are gone after a switch: the controls show the new options, and nothing old is sent', () => {
    const acting = { weights: [3, 3, 3] };
    expect(optionsShown(dragged, second, acting)).toEqual(acting);
    expect(takeUnsent(dragged, second)[1]).toBeNull();
    const next = setLive(dragged, second, { other: 1 });
    expect(optionsShown(next, second, acting)).toEqual({ weights: [3, 3, 3], other: 1 });
    expect(takeUnsent(next, second)[1]).toEqual({ other: 1 });
  });

  it('do not come back with a third strategy that is the first again', () => {
    const third = { runId: 'a', segment: 3 };
    const [afterSwitch] = takeUnsent(dragged, second);
    expect(optionsShown(afterSwitch, third, { weights: [1, 1, 1] })).toEqual({ weights: [1, 1, 1] });
    expect(optionsShown(dragged, third, { weights: [1, 1, 1] })).toEqual({ weights: [1, 1, 1] });
  });

  it('are of one run', () => {
    expect(optionsShown(dragged, { runId: 'b', segment: 1 }, { weights: [1, 1, 1] })).toEqual({
      weights: [1, 1, 1],
    });
  });
});
