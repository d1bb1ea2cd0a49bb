/** Whole runs of a task that learns from votes: what is learnt, and going on from a checkpoint bit for bit. */
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import type { Dataset, Example } from '../../src/core/training/dataset';
import { chooseBackend } from '../../src/engine/platform/backend';
import { CONFIG, DATASET, makeRun, runAll, withoutTimes } from './runs';

/** Of emotion, one vote in four is for the next class; every fifth utterance has none. */
const voted = (one: Example, i: number): Example => ({
  ...one,
  shares: [
    i % 5 === 0
      ? null
      : [0, 1, 2, 3].map((k) => (k === one.labels[0] ? 0.75 : k === (one.labels[0]! + 1) % 4 ? 0.25 : 0)),
    undefined,
    undefined,
  ],
});
const VOTED: Dataset = {
  ...DATASET,
  train: DATASET.train.map(voted),
  validation: DATASET.validation.map(voted),
};
const RUN = parseRunConfig({
  ...CONFIG,
  epochs: 3,
  tasks: CONFIG.tasks.map((task) => (task.id === 'emotion' ? { ...task, targets: 'votes' } : task)),
});

beforeAll(() => chooseBackend('wasm'));

describe('a run whose emotion is votes', () => {
  it('has their loss and no other’s, scores against the labels, and goes on bit for bit', async () => {
    const whole = await runAll(RUN, null, { dataset: VOTED });
    const [emotion] = whole.epochs.at(-1)!.validation.tasks;
    // 8 of 10 validation utterances have two classes: no prediction has less than their entropy.
    expect(emotion!.loss).toBeGreaterThan(0.8 * -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)));
    // Labels 100 to 109, modulo 4.
    expect(emotion!.confusion.map((row) => row.reduce((a, b) => a + b))).toEqual([3, 3, 2, 2]);
    const byLabel = await runAll({ ...CONFIG, epochs: 1 }, null, {});
    const [first, other] = [whole.rows[0]!.losses, byLabel.rows[0]!.losses];
    expect(first.slice(1)).toEqual(other.slice(1));
    expect(first[0]).not.toBe(other[0]);

    const part = makeRun(RUN, null, { dataset: VOTED, paused: true });
    const ended = part.trainer.run();
    for (let step = 0; step < 4; step++) await part.trainer.singleStep();
    await part.trainer.stop();
    await ended;
    const from = part.told.saved.at(-1)!;
    part.dispose();
    expect([from.state.epoch, from.state.batch]).toEqual([2, 1]);
    const rest = await runAll(RUN, from, { dataset: VOTED });
    expect(withoutTimes(rest.rows)).toEqual(withoutTimes(whole.rows.filter(({ step }) => step > 4)));
    expect(rest.epochs.at(-1)!.validation).toEqual(whole.epochs.at(-1)!.validation);
  });
});
