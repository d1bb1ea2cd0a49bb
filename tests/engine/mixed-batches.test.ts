/** Mixup's losses: against PyTorch, and one step of a real network, whole and in parts. */
import { describe, expect, it } from 'vitest';
import { buildModel, minimumInputSize } from '../../src/core/model/architectures';
import { loss } from '../../src/core/tasks/losses/registry';
import type { TaskLoss } from '../../src/core/tasks/losses/types';
import { unweightedSum } from '../../src/core/weighting/strategies/unweighted-sum';
import type { Dataset } from '../../src/core/training/dataset';
import type { Batch } from '../../src/engine/step/batch';
import type { Gradients } from '../../src/engine/ops/gradients';
import { evaluateLogits } from '../../src/engine/step/evaluation';
import { Network } from '../../src/engine/network/network';
import { trainStep } from '../../src/engine/step/train-step';
import { asBatch } from '../../src/engine/step/validation';
import { guard } from '../support/fidelity';
import { fixture } from '../support/fixture';
import { on } from './support';

const golden = await fixture<{
  weight: number;
  partners: number[];
  classes: number;
  labels: number[];
  values: number[];
  logits: string;
  outputs: string;
  entropy: number;
  squares: number;
  entropyGradient: string;
  squaresGradient: string;
}>('augment_losses');

const COUNT = 6;
const SIZE = minimumInputSize('alexnet-multitask');
const of = (id: string, options: object): TaskLoss =>
  loss(id).prepare(options as never, { counts: [20, 10, 5, 40], mean: 0, deviation: 1 });
const SPEC = buildModel({
  architecture: 'alexnet-multitask',
  width: 0.0625,
  inputSize: SIZE,
  heads: [
    { task: 'mood', classes: 4 },
    { task: 'arousal', classes: 1, kind: 'number' },
  ],
});
const DATASET: Dataset = { classes: [['a', 'b', 'c', 'd'], []], train: [], validation: [] };
const EXAMPLES = [
  { id: '0', labels: [0, 1.5] },
  { id: '1', labels: [1, 4] },
  { id: '2', labels: [2, Number.NaN] },
  { id: '3', labels: [3, 3] },
  { id: '4', labels: [Number.NaN, 5] },
  { id: '5', labels: [1, 1] },
];
const MIXING = { lambda: 0.7, partners: [3, 0, 5, 1, 4, 2] };
const IMAGES = Uint8Array.from({ length: COUNT * SIZE * SIZE }, (_, i) => (i * 7919 + (i >> 4) * 31) % 256);

it('losses and gradients equal PyTorch’s with mixed targets', () => {
  const { labels, values, partners, weight, classes, entropy, squares } = golden.index;
  const examples = labels.map((label, i) => ({ id: String(i), labels: [label, values[i]!] }));
  const dataset = { ...DATASET, classes: [Array.from({ length: classes }, String), []] };
  const losses = [of('cross-entropy', {}), of('mse', {})];
  const mixing = { lambda: weight, partners };
  const batch = asBatch(dataset, examples, new Uint8Array(COUNT), losses, mixing);
  const outputs = [golden.index.logits, golden.index.outputs].map((key) =>
    Float32Array.from(golden.f64(key)),
  );
  const evaluated = evaluateLogits(outputs, batch, { first: 0, count: COUNT });
  const expected = [golden.index.entropyGradient, golden.index.squaresGradient].map((key) => golden.f64(key));
  const off = evaluated.flatMap(({ loss: mean, gradient }, i) => [
    Math.abs(mean - [entropy, squares][i]!),
    ...Array.from(gradient, (value, k) => Math.abs(value - expected[i]![k]!)),
  ]);
  expect(off).toHaveLength(2 + COUNT * (classes + 1));
  guard({
    chapter: 'training',
    quantity: 'mixup: losses of mixed targets and their gradients at the outputs',
    reference: 'torch',
    unit: '',
    tolerance: 1e-6,
    worst: Math.max(...off),
  });
});

/** Largest difference, relative to the largest gradient: what cancels in one array is rounded as its summands. */
function distance(
  actual: ReadonlyMap<string, Float32Array>,
  expected: ReadonlyMap<string, Float32Array>,
): number {
  let [worst, largest] = [0, 0];
  for (const [name, values] of expected)
    values.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(actual.get(name)![i]! - value));
      largest = Math.max(largest, Math.abs(value));
    });
  return worst / largest;
}

async function stepOf(batch: Batch, microBatch = COUNT) {
  const network = Network.create(SPEC, 3);
  const found = new Map<string, Float32Array>();
  const result = await trainStep({
    network,
    optimizer: {
      step: (gradients: Gradients) => {
        for (const [name, gradient] of gradients) found.set(name, Float32Array.from(gradient.dataSync()));
        gradients.dispose();
      },
    },
    batch,
    weighting: { strategy: unweightedSum, options: {}, state: unweightedSum.init(2, {}) },
    seed: 1,
    step: 1,
    microBatch,
  });
  network.dispose();
  return { ...result, gradients: found };
}

describe.each([
  ['cross-entropy and squares, labels missing', 'mse'],
  ['1 - CCC, a loss over the whole batch', 'ccc'],
])('a step on mixed examples, %s', (_name, id) => {
  const losses = [of('cross-entropy', { labelSmoothing: 0.1 }), of(id, {})];
  const mixed = asBatch(DATASET, EXAMPLES, IMAGES, losses, MIXING);

  it('has lambda of the own targets’ gradient and the rest of the partners’', () =>
    on('wasm', async () => {
      const { mixed: partners, ...own } = mixed;
      const whole = await stepOf(mixed);
      const [first, second] = [await stepOf(own), await stepOf({ ...own, labels: partners!.labels })];
      expect(whole.losses[0]).toBeCloseTo(0.7 * first.losses[0]! + 0.3 * second.losses[0]!, 6);
      expect(whole.losses[1]).toBeCloseTo(0.7 * first.losses[1]! + 0.3 * second.losses[1]!, 6);
      const expected = new Map(
        [...first.gradients].map(([name, values]) => {
          const other = second.gradients.get(name)!;
          return [name, values.map((value, i) => 0.7 * value + 0.3 * other[i]!)] as const;
        }),
      );
      expect(distance(whole.gradients, expected)).toBeLessThan(1e-6);
      // Otherwise the mixture would prove nothing.
      expect(distance(first.gradients, second.gradients)).toBeGreaterThan(0.001);
      expect(whole.predictions).toEqual(first.predictions);
    }));

  it('is the same in parts', () =>
    on('wasm', async () => {
      const [whole, parts] = [await stepOf(mixed), await stepOf(mixed, 4)];
      expect(parts.losses[0]).toBeCloseTo(whole.losses[0]!, 5);
      expect(parts.losses[1]).toBeCloseTo(whole.losses[1]!, 5);
      expect(distance(parts.gradients, whole.gradients)).toBeLessThan(1e-6);
    }));
});

it('images are mixed as the targets are', () => {
  const batch = asBatch(DATASET, EXAMPLES, IMAGES, undefined, MIXING);
  const pixels = SIZE * SIZE;
  expect(batch.images[7]).toBe(Math.round(0.7 * IMAGES[7]! + 0.3 * IMAGES[3 * pixels + 7]!));
  expect(batch.labels[0]![0]).toBe(0);
  expect(batch.mixed?.labels[0]![0]).toBe(3);
});
