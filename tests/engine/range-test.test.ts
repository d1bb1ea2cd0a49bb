/** The range test on the engine: it ramps, stops where the loss breaks down or it is told to, and repeats. */
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/model/architectures';
import { rampRate, type RangePoint, type RateRange } from '../../src/core/optim/range-test';
import { parseRunConfig } from '../../src/core/config/parse';
import type { RunConfig } from '../../src/core/config/run-config';
import { strategy } from '../../src/core/weighting/registry';
import { headOf } from '../../src/core/tasks/head';
import { taskLosses } from '../../src/core/training/monitor/task-losses';
import { GradientAverages } from '../../src/engine/step/gradient-averages';
import { Network } from '../../src/engine/network/network';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { runRangeTest } from '../../src/engine/run/range-test';
import * as tf from '../../src/engine/tf';
import { parsedOptimizer } from '../support/optimisers';
import { CONFIG, DATASET, images, runAll } from './runs';
import { on } from './support';

const TASKS = ['emotion', 'speaker', 'gender'] as const;

/** The three tasks of the other tests of the engine, with their plain cross-entropies. */
const PLAIN = {
  dataset: DATASET,
  losses: TASKS.map(() => ({ id: 'cross-entropy' })),
  augmentations: [] as RunConfig['augmentations'],
};

async function test(
  range: RateRange,
  stopAfter = Number.POSITIVE_INFINITY,
  { dataset, losses, augmentations } = PLAIN,
) {
  const heads = TASKS.map((task, i) => headOf(task, dataset.classes[i]!));
  const network = Network.create(
    buildModel({ architecture: 'vgg11-bn-multitask', width: 0.0625, inputSize: 32, heads }),
    3,
  );
  const optimizer = new Optimizer(parsedOptimizer({ id: 'sgd' }), network);
  const averages = new GradientAverages(network);
  const chosen = strategy('unweighted-sum');
  const seen: RangePoint[] = [];
  const result = await runRangeTest({
    range,
    dataset,
    augmentations,
    losses: taskLosses(
      losses.map((loss) => ({ loss })),
      dataset,
    ),
    arrays: { network, optimizer, averages },
    weighting: { strategy: chosen, options: {}, state: chosen.init(TASKS.length, {}) },
    batchSize: 8,
    microBatch: 8,
    seed: 3,
    images,
    onPoint: (point) => seen.push(point),
    breathe: async () => undefined,
    cancelled: () => seen.length >= stopAfter,
  });
  averages.end();
  optimizer.dispose();
  network.dispose();
  return { ...result, seen };
}

describe('the learning-rate range test', () => {
  it('goes from the first rate to the last, through several epochs, and tells every update', async () => {
    await on('wasm', async () => {
      const before = tf.memory().numTensors;
      const range = { from: 1e-6, to: 1e-4, steps: 9 };
      const { points, ended, smoothed, seen } = await test(range);
      expect(ended).toBe('range');
      expect(points.map(({ learningRate }) => learningRate)).toEqual(
        Array.from({ length: 9 }, (_, i) => rampRate(range, i + 1)),
      );
      expect(seen).toEqual(points);
      expect(smoothed).toHaveLength(9);
      for (const { losses, total } of points) {
        expect(losses).toHaveLength(3);
        expect(losses.reduce((a, b) => a + b, 0)).toBe(total);
      }
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it('stops where the loss breaks down, suggests a rate below that, and repeats', async () => {
    await on('wasm', async () => {
      const range = { from: 1e-4, to: 1e4, steps: 80 };
      const first = await test(range);
      expect(first.ended).toBe('diverged');
      expect(first.points.length).toBeLessThan(range.steps);
      const last = first.points.at(-1)!.learningRate;
      expect(first.suggestion).not.toBeNull();
      expect(first.suggestion!).toBeGreaterThan(range.from);
      expect(first.suggestion!).toBeLessThan(last);
      expect(await test(range)).toEqual(first);
    });
  });

  it('uses the losses that the tasks have, over the examples that are labelled', async () => {
    await on('wasm', async () => {
      const range = { from: 1e-6, to: 1e-4, steps: 6 };
      const target = (i: number) => (i < 12 ? Number.NaN : i % 3);
      const relabelled = DATASET.train.map((one, i) => ({
        ...one,
        labels: [one.labels[0]!, target(i), i % 2],
      }));
      const dataset = {
        ...DATASET,
        classes: [DATASET.classes[0]!, [], DATASET.classes[2]!],
        train: relabelled,
      };
      const mixed = {
        ...PLAIN,
        dataset,
        losses: [{ id: 'cross-entropy' }, { id: 'mse', scale: 'raw' }, { id: 'focal', gamma: 2 }],
      };
      const { points, ended } = await test(range, Number.POSITIVE_INFINITY, mixed);
      expect(ended).toBe('range');
      const plain = await test(range);
      // The first task's first loss is the same; a focal loss of two classes is at most a cross-entropy.
      expect(points[0]!.losses[0]).toBe(plain.points[0]!.losses[0]);
      expect(points[0]!.losses[2]!).toBeLessThan(plain.points[0]!.losses[2]!);
      for (const { losses, total } of points)
        expect(total).toBe(losses.filter((loss) => !Number.isNaN(loss)).reduce((a, b) => a + b, 0));
    });
  });

  it('mixes its batches as the run would', async () => {
    await on('wasm', async () => {
      const augmentations: RunConfig['augmentations'] = [{ id: 'mixup', alpha: 1 }];
      const { rows } = await runAll(
        parseRunConfig({
          ...CONFIG,
          augmentations,
          seed: 3,
          strategy: { id: 'unweighted-sum', options: {} },
          optimizer: { id: 'sgd', learningRate: 1e-6 },
          epochs: 1,
        }),
      );
      const range = { from: 1e-6, to: 1e-4, steps: 2 };
      const { points } = await test(range, Number.POSITIVE_INFINITY, { ...PLAIN, augmentations });
      // The first update at the run's own rate: what both saw before it, and after it.
      for (const k of [0, 1]) expect(points[k]!.losses).toEqual(rows[k]!.losses);
      const { points: plain } = await test(range);
      expect(points[0]!.losses).not.toEqual(plain[0]!.losses);
    });
  });

  it('gives what it has when it is called off', async () => {
    await on('wasm', async () => {
      const { points, ended } = await test({ from: 1e-5, to: 1e-3, steps: 50 }, 4);
      expect(ended).toBe('cancelled');
      expect(points).toHaveLength(4);
    });
  });
});
