/**
 * Models trained for a few steps by the workbench and exported as it exports them, with the logits it
 * computes: what reference/check_weights.py loads into PyTorch, and what the importer must take back.
 */
import { buildModel } from '../../src/core/model/architectures';
import { ARCHITECTURE_IDS } from '../../src/core/model/architectures/registry';
import type { ArchitectureId } from '../../src/core/model/architectures';
import type { ModelPlan } from '../../src/core/model/plan';
import { RandomStream } from '../../src/core/random/streams';
import { strategy } from '../../src/core/weighting/registry';
import { stateDictFile } from '../../src/core/weights/state-dict';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { chooseBackend } from '../../src/engine/platform/backend';
import { Network } from '../../src/engine/network/network';
import { trainStep } from '../../src/engine/step/train-step';
import { adamWith } from '../support/adam';

export const ARCHITECTURES: readonly ArchitectureId[] = ARCHITECTURE_IDS;
const HEADS = [
  { task: 'emotion', classes: 4 },
  { task: 'speaker', classes: 7 },
  { task: 'gender', classes: 2 },
];
const [COUNT, STEPS, SEED] = [6, 4, 21];

export interface Exported {
  readonly spec: ModelPlan;
  readonly width: number;
  /** The safetensors file. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Grey levels, count x size x size, and the logits of each head for them, with the running statistics. */
  readonly images: Uint8Array;
  readonly count: number;
  readonly logits: readonly Float32Array[];
}

export async function exported(architecture: ArchitectureId): Promise<Exported> {
  await chooseBackend('wasm');
  const [width, inputSize] = [0.1, architecture.startsWith('alexnet') ? 96 : 64];
  const spec = buildModel({
    architecture,
    width,
    inputSize,
    heads: architecture.endsWith('single') ? HEADS.slice(0, 1) : HEADS,
  });
  const network = Network.create(spec, SEED);
  const optimizer = new Optimizer(adamWith(), network);
  const stream = new RandomStream(SEED, 'exported', architecture);
  const images = Uint8Array.from({ length: COUNT * inputSize ** 2 }, () => stream.below(256));
  const sum = strategy('unweighted-sum');
  const weighting = { strategy: sum, options: {}, state: sum.init(spec.heads.length, {}) };
  const labels = spec.heads.map(({ classes }) => Uint16Array.from({ length: COUNT }, (_, i) => i % classes));
  for (let step = 1; step <= STEPS; step++)
    await trainStep({
      network,
      optimizer,
      batch: { images, count: COUNT, labels },
      weighting,
      seed: SEED,
      step,
    });
  const pass = network.forward(images, COUNT, { training: false });
  const logits = await pass.logits();
  pass.dispose();
  const classes = spec.heads.map(
    ({ task, classes: n }) => [task, Array.from({ length: n }, (_, i) => `${task} ${i}`)] as const,
  );
  const pieces: Uint8Array[] = [];
  for await (const piece of stateDictFile(
    spec,
    { architecture, width, inputSize, classes, step: STEPS, epoch: 1, software: 'equipoise' },
    network.read(),
  ))
    pieces.push(piece.slice());
  optimizer.dispose();
  network.dispose();
  const file = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return { spec, width, file, images, count: COUNT, logits };
}
