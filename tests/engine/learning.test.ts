/**
 * It learns: the compact model on the demo corpus at default difficulty, on wasm, through the whole chain -
 * synthesis, scan, spectrograms, images, training. A generous version of what bench/demo-learning.ts measures
 * (docs/results.md).
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { demoInMemory } from '../../bench/support/corpora';
import { prepare, train } from '../../bench/support/train';
import type { SweepRun } from '../../bench/sweep/data';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';

const EPOCHS = 15;

it('the demo corpus within fifteen epochs: gender first, emotion and speaker well above chance', async () => {
  const config = parseRunConfig({ ...PRESETS.compact, backend: 'wasm', seed: 1, epochs: EPOCHS });
  const prepared = await prepare(demoInMemory({ seed: 1, difficulty: 0.5 }), config);
  const epochs = await train(prepared, config, () => true);
  const best = (task: number): number =>
    Math.max(...epochs.map(({ validation }) => validation.tasks[task]!.uar));
  const [emotion, speaker, gender] = [best(0), best(1), best(2)];
  expect(gender).toBeGreaterThanOrEqual(0.95);
  expect(emotion).toBeGreaterThanOrEqual(0.55);
  expect(speaker).toBeGreaterThanOrEqual(0.4);
  const reached = (task: number, uar: number): number =>
    epochs.findIndex(({ validation }) => validation.tasks[task]!.uar >= uar);
  expect(reached(2, 0.8)).toBeLessThanOrEqual(reached(0, 0.7) === -1 ? EPOCHS : reached(0, 0.7));
  expect(epochs.at(-1)!.train.tasks[1]!.loss).toBeLessThan(epochs[0]!.train.tasks[1]!.loss);

  // The committed sweep's first run is this one, made by this code: its first epochs, before last bits could
  // have grown.
  const committed = (JSON.parse(readFileSync('docs/demo-sweep.json', 'utf8')) as SweepRun[])[0]!;
  const stored = parseRunConfig(committed.config); // written as version 1
  expect(stored).toEqual({ ...config, epochs: stored.epochs });
  for (const side of ['train', 'validation'] as const)
    for (const task of [0, 1, 2])
      for (const epoch of [0, 1, 2])
        expect(
          Math.abs(epochs[epoch]![side].tasks[task]!.loss / committed[side].loss[task]![epoch]! - 1),
        ).toBeLessThan(1e-3);
});
