/** A run with mixup: other losses than without, and the same bits when it is resumed in the middle. */
import { beforeAll, expect, it } from 'vitest';
import { chooseBackend } from '../../src/engine/platform/backend';
import { CONFIG, runAll, withoutTimes } from './runs';

const MIXED = {
  ...CONFIG,
  epochs: 2,
  augmentations: [{ id: 'paper-dice' }, { id: 'mixup', alpha: 1 }],
} as const;

beforeAll(() => chooseBackend('wasm'));

it('mixes training batches, and resumes to the same bits', async () => {
  const plain = await runAll({ ...CONFIG, epochs: 2 });
  const whole = await runAll(MIXED);
  expect(whole.rows[0]!.losses).not.toEqual(plain.rows[0]!.losses);

  const first = whole.saved.find(({ state }) => state.epoch === 2 && state.batch === 0)!;
  const resumed = await runAll(MIXED, first);
  const done = whole.rows.length - resumed.rows.length;
  expect(resumed.rows.length).toBeGreaterThan(0);
  expect(done).toBeGreaterThan(0);
  expect(withoutTimes(resumed.rows)).toEqual(withoutTimes(whole.rows.slice(done)));
  expect(resumed.saved.at(-1)!.tensors).toEqual(whole.saved.at(-1)!.tensors);
});
