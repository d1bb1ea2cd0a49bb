/**
 * What is measured, as data: whole training steps and single kernels at the shapes of VGG-11. The page
 * `#/bench` and the command line measure the same cases. Not here: measuring (alternate.ts, src/engine/bench)
 * and reporting (line.ts).
 */
import { TASKS } from '../tasks/presets';
import { buildModel, WIDTHS, type ModelChoice } from '../model/architectures';
import { modelFlops } from '../model/flops';
import type { BackendId } from '../config/run-config';

/** One optimiser step: forward, losses, backward, Adam. */
export interface StepCase {
  readonly kind: 'step';
  readonly id: string;
  readonly name: keyof typeof WIDTHS;
  readonly model: ModelChoice;
  readonly batch: number;
}

export type KernelName = 'conv-forward' | 'conv-input-gradient' | 'conv-filter-gradient' | 'matmul';

/** One kernel. Convolutions are 3 x 3 with stride 1 and padding 1, `size` the side of the image. */
export type KernelCase =
  | {
      readonly kind: 'kernel';
      readonly id: string;
      readonly kernel: Exclude<KernelName, 'matmul'>;
      readonly batch: number;
      readonly size: number;
      readonly inChannels: number;
      readonly outChannels: number;
    }
  | {
      readonly kind: 'kernel';
      readonly id: string;
      readonly kernel: 'matmul';
      readonly rows: number;
      readonly inner: number;
      readonly columns: number;
    };

export type BenchCase = StepCase | KernelCase;
export type Preset = 'quick' | 'full';

/** Of IEMOCAP's four classes, ten speakers and two genders. */
const CLASSES = [4, 10, 2];
const HEADS: ModelChoice['heads'] = TASKS.map((task, i) => ({ task, classes: CLASSES[i]! }));

const step = (name: keyof typeof WIDTHS, inputSize: number, batch: number): StepCase => ({
  kind: 'step',
  id: `step-${name}`,
  name,
  batch,
  model: { architecture: 'vgg11-bn-multitask', width: WIDTHS[name], inputSize, heads: HEADS },
});

/** The multitask VGG-11 with batch norm: the smallest, the one for machines without a GPU, the paper's. */
export const STEPS = {
  tiny: step('tiny', 64, 8),
  compact: step('compact', 64, 32),
  paper: step('paper', 224, 4),
} as const;

const CONVOLUTIONS = ['conv-forward', 'conv-input-gradient', 'conv-filter-gradient'] as const;

const convolutions = (batch: number, size: number, inChannels: number, outChannels: number): KernelCase[] =>
  CONVOLUTIONS.map((kernel) => ({
    kind: 'kernel',
    id: `${kernel}-${batch}x${size}x${size}x${inChannels}-${outChannels}`,
    kernel,
    batch,
    size,
    inChannels,
    outChannels,
  }));

const matmul = (rows: number, inner: number, columns: number): KernelCase => ({
  kind: 'kernel',
  id: `matmul-${rows}x${inner}x${columns}`,
  kernel: 'matmul',
  rows,
  inner,
  columns,
});

/** For a look, and for adapters in software: a second layer of the compact model, and a square product. */
const SMALL = [...convolutions(8, 32, 16, 32), matmul(512, 512, 512)];
const MIDDLE = [...convolutions(8, 28, 128, 128), matmul(512, 512, 512)];
/** The paper's model at 224 x 224: layers 2, 3, 5 and 7, and the first fully connected one at batch 32. */
const VGG = [
  ...convolutions(4, 112, 64, 128),
  ...convolutions(4, 56, 128, 256),
  ...convolutions(4, 28, 256, 512),
  ...convolutions(4, 14, 512, 512),
  matmul(32, 25088, 2048),
  matmul(512, 512, 512),
];

/** The compact model's step with one thing changed. */
export interface CostCase extends StepCase {
  readonly varied: 'batch' | 'width' | 'size';
}

const changed = (varied: CostCase['varied'], value: number): CostCase => ({
  ...STEPS.compact,
  id: `cost-${varied}-${value}`,
  varied,
  batch: varied === 'batch' ? value : STEPS.compact.batch,
  model: {
    ...STEPS.compact.model,
    ...(varied === 'width' ? { width: value } : {}),
    ...(varied === 'size' ? { inputSize: value } : {}),
  },
});

/** What a step costs by batch, width and input size. */
export const COSTS: readonly CostCase[] = [
  ...[4, 8, 16, 32, 64].map((value) => changed('batch', value)),
  ...[0.125, 0.25, 0.5, 1].map((value) => changed('width', value)),
  ...[32, 64, 96, 128, 192].map((value) => changed('size', value)),
];

/**
 * What is measured on a backend. @param software an adapter that computes on the processor, a hundred times
 * slower than a real one
 */
export function casesFor(preset: Preset, backend: BackendId, software: boolean): readonly BenchCase[] {
  if (backend === 'cpu') return [STEPS.tiny];
  if (software) return [STEPS.tiny, ...SMALL];
  return preset === 'quick' ? [STEPS.tiny, ...MIDDLE] : [STEPS.tiny, STEPS.compact, STEPS.paper, ...VGG];
}

/** FLOP of one step or one run of the kernel (a multiply-add counts two). */
export function caseFlops(one: BenchCase): number {
  if (one.kind === 'step') return modelFlops(buildModel(one.model), one.batch).step;
  if (one.kernel === 'matmul') return 2 * one.rows * one.inner * one.columns;
  return 2 * one.batch * one.size ** 2 * 9 * one.inChannels * one.outChannels;
}

/** Why {@link shippedCan} is false, for a line's note. */
export const NOT_SHIPPED = 'tfjs wasm has no gradient of a convolution filter (tensorflow/tfjs#8474)';

/**
 * Whether shipped TensorFlow.js can do it: its wasm backend has no gradient of a convolution's filter
 * (tensorflow/tfjs#8474).
 */
export const shippedCan = (one: BenchCase, backend: BackendId): boolean =>
  backend !== 'wasm' || (one.kind === 'kernel' && one.kernel !== 'conv-filter-gradient');

const ALL: readonly BenchCase[] = [...Object.values(STEPS), ...SMALL, ...MIDDLE, ...VGG];

/** The case of a line. */
export const caseById = (id: string): BenchCase | undefined => ALL.find((one) => one.id === id);
