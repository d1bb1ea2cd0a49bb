/**
 * The paper's model at its full size, 63,762,576 parameters, on wasm: inference and one pass forward and
 * backward next to PyTorch's. Of the gradients there are lengths, projections onto +-1 patterns - whose error
 * is about the error of the whole gradient - and sampled entries.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toPyTorch } from '../../src/core/model/pytorch-layout';
import { crossEntropy } from '../../src/core/tasks/losses/cross-entropy';
import { chooseBackend } from '../../src/engine/platform/backend';
import { norm, project, sample } from '../support/counter-weights';
import { guard, relativeError } from '../support/fidelity';
import { fullSize, ownDistance, TRAINING, worstOf, worstRunning, type FullSize } from '../support/full-size';

let full: FullSize;
beforeAll(async () => {
  await chooseBackend('wasm');
  full = await fullSize();
});
afterAll(() => full.network.dispose());

const ROW = { chapter: 'full size', reference: 'torch', unit: 'relative', tolerance: 1e-4 } as const;

it('gives the logits of inference', async () => {
  const { network, images, expected } = full;
  const { index } = expected;
  const pass = network.forward(images, index.count, { training: false });
  const worst = worstOf(await pass.logits(), expected, index.inference);
  pass.dispose();
  guard({ ...ROW, quantity: 'logits in inference, wasm', worst, note: ownDistance(index.float32.inference) });
});

it('goes forward and backward in training', async () => {
  const { network, images, expected } = full;
  const { seed, count, heads, labels, losses, parameters, entries, float32, ...index } = expected.index;
  const pass = network.forward(images, count, TRAINING);
  const logits = await pass.logits();
  guard({
    ...ROW,
    quantity: 'logits in training, wasm',
    worst: worstOf(logits, expected, index.logits),
    note: ownDistance(float32.logits),
  });
  const tasks = logits.map((y, i) => crossEntropy(y, labels[i]!, heads[i]!.classes));
  guard({
    ...ROW,
    quantity: 'losses of the three tasks, wasm',
    worst: relativeError(
      tasks.map(({ loss }) => loss),
      losses,
    ),
  });
  guard({
    ...ROW,
    quantity: 'running statistics after one step, wasm',
    worst: await worstRunning(full),
    note: ownDistance(float32.running),
  });

  const gradients = network.backward(
    pass,
    tasks.map(({ gradient }) => gradient),
  );
  expect([...gradients.keys()].sort()).toEqual(parameters.map(({ name }) => name).sort());
  const worst = { norm: 0, projection: 0, entries: 0 };
  const larger = (what: keyof typeof worst, error: number): void => {
    worst[what] = Math.max(worst[what], error);
  };
  for (const { spec } of network.parameters.filter((p) => p.spec.trainable)) {
    const { name } = spec;
    const wanted = parameters.find((p) => p.name === name)!;
    const tensor = gradients.get(name)!;
    const gradient = toPyTorch(spec, (await tensor.data()) as Float32Array);
    tensor.dispose();
    expect(gradient.length).toBe(wanted.count);
    if (!wanted.projections) {
      expect(
        gradient.every((v) => v === 0),
        name,
      ).toBe(true);
      continue;
    }
    larger('norm', Math.abs(norm(gradient) / wanted.norm - 1));
    wanted.projections.forEach((p, k) => {
      larger('projection', Math.abs(project(gradient, seed, name, k) / wanted.norm - p));
    });
    larger('entries', relativeError(sample(gradient, entries, seed, name), expected.f32(`${name}/entries`)));
  }
  const gradientRow = { ...ROW, tolerance: 1e-3 };
  guard({
    ...gradientRow,
    quantity: 'length of every parameter gradient, wasm',
    worst: worst.norm,
    note: ownDistance(float32.norm),
  });
  guard({
    ...gradientRow,
    quantity: 'every parameter gradient along two +-1 patterns, relative to its length, wasm',
    worst: worst.projection,
    note: `${ownDistance(float32.projection)}; filters chosen so that no ReLU or pooling is within rounding of its kink`,
  });
  guard({
    ...gradientRow,
    quantity: `${entries} sampled entries of every parameter gradient, wasm`,
    worst: worst.entries,
    note: `${ownDistance(float32.entries)}; biases before a normalisation have 0, in PyTorch rounding up to ${float32.zero.toExponential(0)}`,
  });
});
