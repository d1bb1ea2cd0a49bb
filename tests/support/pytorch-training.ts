/**
 * A hundred steps of Adam beside PyTorch's, on the current backend, with the engine's own trainStep and the
 * strategy's own update: every loss on the way, and what there is at the end. Shared by the tests in Node and
 * in the browser.
 */
import { expect } from 'vitest';
import { buildModel, type HeadChoice } from '../../src/core/model/architectures';
import type { ArchitectureId } from '../../src/core/model/architectures';
import type { BackendId } from '../../src/core/config/run-config';
import { strategy } from '../../src/core/weighting/registry';
import type { StrategyId, StrategyOptions } from '../../src/core/weighting/types';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import * as tf from '../../src/engine/tf';
import { trainStep } from '../../src/engine/step/train-step';
import { guard, relativeError } from './fidelity';
import { fixture, fixtureBytes } from './fixture';
import { closest, drawnBatch, drawnNetwork, ownDistance, torchOrder, withoutDropout } from './pytorch';
import { adamWith } from './adam';

interface Index {
  readonly architecture: ArchitectureId;
  readonly width: number;
  readonly inputSize: number;
  readonly seed: number;
  readonly heads: readonly HeadChoice[];
  readonly strategy: StrategyId;
  readonly options: StrategyOptions;
  readonly dropout: boolean;
  readonly steps: number;
  readonly batches: number;
  readonly count: number;
  readonly learningRate: number;
  /** Parameters whose gradient is zero. */
  readonly still: readonly string[];
}

/** As in reference/fixtures/training.py. */
export const TRAJECTORIES = [
  'unweighted sum',
  'weighted average, shares constant',
  'weighted average, differentiated through',
  'revised uncertainty',
  'unweighted sum with dropout',
  'VGG-11, single task',
  'AlexNet, single task',
] as const;

/**
 * How far PyTorch in float32 is from PyTorch in float64, which everything else is: by run and by what is
 * compared.
 */
type Distances = Readonly<
  Record<string, Readonly<Record<'losses' | 'totals' | 'c' | 'weight' | 'm' | 'v' | 'running', number>>>
>;

/**
 * @param tolerance of every loss, total and c on the way, each relative to itself, and of every array at the
 * end
 */
export async function compareTraining(
  name: (typeof TRAJECTORIES)[number],
  backend: BackendId,
  tolerance: number,
): Promise<void> {
  const { index, f32, f64 } = await fixture<Index>(
    `training/${name.replaceAll(',', '').replaceAll(' ', '-').toLowerCase()}`,
  );
  const distances = JSON.parse(
    new TextDecoder().decode(await fixtureBytes('training/float32.json')),
  ) as Distances;
  const own = distances[name]!;
  const { seed, options, heads, learningRate } = index;
  const before = tf.memory().numTensors;
  const spec = index.dropout ? buildModel(index) : withoutDropout(buildModel(index));
  const batches = Array.from({ length: index.batches }, (_, i) =>
    drawnBatch(seed, index.count, index.inputSize, heads, i),
  );
  const network = drawnNetwork(spec, seed);
  const start = new Map<string, Float32Array>();
  for await (const { name: parameter, data } of network.read()) start.set(parameter, data.slice());
  const optimizer = new Optimizer(adamWith({ learningRate }), network);
  const weighting = strategy(index.strategy);

  let state = weighting.init(heads.length, options);
  const [losses, totals, c]: [number[], number[], number[]] = [[], [], []];
  for (let step = 1; step <= index.steps; step++) {
    const done = await trainStep({
      network,
      optimizer,
      batch: batches[(step - 1) % batches.length]!,
      weighting: { strategy: weighting, options, state },
      seed,
      step,
    });
    state = weighting.update(done.losses, options, state);
    losses.push(...done.losses);
    totals.push(done.weights.total);
    if ('c' in state) c.push(...(state['c'] as readonly number[]));
  }

  // A run that learns nothing would be easy to follow.
  const summed = (steps: number[]): number => steps.reduce((a, b) => a + b, 0);
  expect(summed(losses.slice(-4 * heads.length))).toBeLessThan(
    0.7 * summed(losses.slice(0, 4 * heads.length)),
  );
  const row = { chapter: 'training', reference: 'torch', unit: 'relative' } as const;
  const along = `along ${index.steps} Adam steps, ${name}, ${backend}`;
  guard({
    ...row,
    quantity: `losses ${along}`,
    tolerance,
    worst: Math.max(closest(losses, f64('losses')), closest(totals, f64('totals'))),
    note: `each loss and total relative to itself. ${ownDistance(Math.max(own.losses, own.totals))}`,
  });
  if (c.length > 0)
    guard({
      ...row,
      quantity: `each task’s c ${along}`,
      tolerance,
      worst: closest(c, f64('c')),
      note: ownDistance(own.c),
    });

  const torch = torchOrder(spec);
  const end = `after ${index.steps} Adam steps, ${backend}`;
  const atEnd = (what: string, kind: keyof typeof own, worst: number): void =>
    guard({
      ...row,
      quantity: `${what} ${end}`,
      tolerance,
      worst,
      note:
        ownDistance(Math.max(...Object.values(distances).map((d) => d[kind] ?? 0))) +
        (kind === 'running'
          ? ', since rounding moves its biases in front of a normalisation and thereby the running means'
          : ''),
    });
  for await (const { name: parameter, data } of network.read()) {
    const running = parameter.includes('running');
    if (index.still.includes(parameter)) expect(data).toEqual(start.get(parameter));
    else
      atEnd(
        running ? 'running statistics' : 'every parameter',
        running ? 'running' : 'weight',
        relativeError(torch(parameter, data), f32(`${running ? 'running' : 'weight'}/${parameter}`)),
      );
  }
  for await (const { name: key, data } of optimizer.read()) {
    const slot = key.replace('adam.', '');
    const [kind, parameter] = [slot.slice(0, 1) as 'm' | 'v', slot.slice(2)];
    if (index.still.includes(parameter))
      expect(
        data.every((v) => v === 0),
        key,
      ).toBe(true);
    else
      atEnd(
        `Adam’s ${kind === 'm' ? 'first' : 'second'} moments`,
        kind,
        relativeError(torch(parameter, data), f32(slot)),
      );
  }
  network.dispose();
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
}
