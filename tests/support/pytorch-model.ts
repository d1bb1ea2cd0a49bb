/**
 * One architecture at reduced width beside PyTorch, on the current backend: inference, then one whole
 * training step (trainStep) without dropout under the unweighted sum, and one with recorded dropout masks
 * under the weighted average that is differentiated through. Shared by the tests in Node (cpu, wasm) and in
 * the browser (webgpu).
 */
import { expect } from 'vitest';
import { buildModel, type HeadChoice } from '../../src/core/model/architectures';
import type { ArchitectureId } from '../../src/core/model/architectures';
import type { BackendId } from '../../src/core/config/run-config';
import { strategy } from '../../src/core/weighting/registry';
import * as tf from '../../src/engine/tf';
import { trainStep } from '../../src/engine/step/train-step';
import { guard, oneMinusCosine, relativeError } from './fidelity';
import { fixture } from './fixture';
import {
  drawnBatch,
  drawnNetwork,
  ownDistance,
  RecordingOptimizer,
  recordLogits,
  runningStatistics,
  torchOrder,
  withoutDropout,
} from './pytorch';
import { adamWith } from './adam';

interface Index {
  readonly architecture: ArchitectureId;
  readonly width: number;
  readonly inputSize: number;
  readonly count: number;
  readonly seed: number;
  readonly heads: readonly HeadChoice[];
  /** How far PyTorch in float32 is from PyTorch in float64, which everything else here is. */
  readonly float32: {
    readonly inference: number;
    readonly logits: number;
    readonly losses: number;
    readonly gradient: number;
    readonly running?: number;
  };
  /**
   * Parameters whose gradient is zero, and what PyTorch in float32 gives for it, relative to the largest
   * gradient.
   */
  readonly still: readonly string[];
  readonly rounding: number;
}

export const ARCHITECTURES = [
  'vgg11-bn-multitask',
  'vgg11-single',
  'alexnet-single',
  'alexnet-multitask',
] as const satisfies readonly ArchitectureId[];

const STEPS = [
  { kind: 'plain', weighting: { strategy: strategy('unweighted-sum'), options: {}, state: {} } },
  {
    kind: 'dropout',
    weighting: { strategy: strategy('weighted-average'), options: { detached: false }, state: {} },
  },
] as const;

/** Guards every number of the architecture's fixture. Leaves no tensor behind. */
export async function compareModel(architecture: ArchitectureId, backend: BackendId): Promise<void> {
  const { index, f32, f64 } = await fixture<Index>(`model/${architecture}`);
  const { seed, count, inputSize, heads, float32, still, rounding } = index;
  const before = tf.memory().numTensors;
  const spec = buildModel(index);
  const torch = torchOrder(spec);
  const batch = drawnBatch(seed, count, inputSize, heads, 0);
  const check = (what: string, unit: string, tolerance: number, worst: number, note: string): void =>
    guard({
      chapter: 'model',
      quantity: `${what}, ${architecture}, ${backend}`,
      reference: 'torch',
      unit,
      tolerance,
      worst,
      note,
    });
  const logits = (kind: string, actual: readonly Float32Array[]): void =>
    heads.forEach(({ task }, i) =>
      check(
        'logits in inference and training',
        'relative',
        1e-4,
        relativeError(actual[i]!, f64(`${kind}/${task}`)),
        ownDistance(Math.max(float32.inference, float32.logits)),
      ),
    );

  // The biases of convolutions in front of a normalisation, which subtracts them.
  const subtracted = spec.nodes.flatMap(({ op, inputs }) =>
    op === 'batch-norm' ? [`${spec.nodes[inputs[0]!]!.name}.bias`] : [],
  );
  expect(still).toEqual(subtracted.sort());
  expect(rounding).toBeLessThan(1e-5);
  const gradientNote =
    ownDistance(float32.gradient) +
    (still.length === 0
      ? ''
      : `; biases in front of a normalisation have gradient 0 here, and there rounding of up to ${rounding.toExponential(1)} of the largest gradient`);

  const network = drawnNetwork(spec, seed);
  const pass = network.forward(batch.images, count, { training: false });
  logits('inference', await pass.logits());
  pass.dispose();
  network.dispose();

  for (const { kind, weighting } of STEPS) {
    const trained = drawnNetwork(kind === 'plain' ? withoutDropout(spec) : spec, seed);
    const optimizer = new RecordingOptimizer(adamWith(), trained);
    const recorded = recordLogits(trained);
    const { losses } = await trainStep({
      network: trained,
      optimizer,
      batch,
      weighting,
      seed,
      step: 1,
    });
    logits(`${kind}/logits`, await recorded[0]!);
    check(
      'loss of every task',
      'relative',
      1e-4,
      relativeError(losses, f64(`${kind}/losses`)),
      ownDistance(float32.losses),
    );

    const gradients = await optimizer.take();
    expect([...gradients.keys()].sort()).toEqual(
      trained.parameters
        .filter((p) => p.spec.trainable)
        .map((p) => p.spec.name)
        .sort(),
    );
    for (const [name, data] of gradients) {
      if (still.includes(name)) {
        expect(
          data.every((v) => v === 0),
          name,
        ).toBe(true);
        continue;
      }
      const [gradient, expected] = [torch(name, data), f32(`${kind}/gradient/${name}`)];
      check('gradient of every parameter', 'relative', 1e-3, relativeError(gradient, expected), gradientNote);
      check(
        'direction of every parameter’s gradient',
        '1 - cosine',
        1e-5,
        oneMinusCosine(gradient, expected),
        'cosine ≥ 0.99999',
      );
    }
    for (const [name, data] of await runningStatistics(trained))
      check(
        'running statistics after a step',
        'relative',
        1e-4,
        relativeError(data, f32(`${kind}/running/${name}`)),
        ownDistance(float32.running!),
      );
    trained.dispose();
    optimizer.dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
}
