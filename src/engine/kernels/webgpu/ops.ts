/**
 * The kernels as functions of tensors: shapes worked out, outputs allocated - or written where the caller
 * wants them, such as a gradient's place in flat memory. Only for the webgpu backend; the backend's
 * tables (src/engine/backends) ask which kernel is switched on.
 */
import { sizeOf } from '../../../core/model/graph';
import type { Pooled } from '../kernels';
import * as tf from '../../tf';
import { batchNormBackward } from './batch-norm-backward';
import { batchNormForward } from './batch-norm-forward';
import { pooledSide, type NormShape } from './batch-norm-shape';
import { batchNormStatistics } from './batch-norm-statistics';
import { convShape, linearShape, type ConvShape } from '../shared/conv-shape';
import { convolutionFilterGradient } from './convolution-filter-gradient';
import { convolutionForward } from './convolution-forward';
import { convolutionInputGradient } from './convolution-input-gradient';
import { crossEntropyKernel, reportLength } from './cross-entropy';
import { addTo, dropout, greyLevels, images, relu, reluGradient, scale } from './elementwise';
import { gpu } from './gpu';
import { gramMatrix } from './gram-matrix';
import { maxPool, maxPoolGradient, pooled, tapWords, type PoolShape } from './max-pool';

type Shape = readonly number[];
type Geometry = { readonly stride: number; readonly padding: number };

/** A tensor to write: another one over `into`, or a new one. */
const target = (shape: Shape, into?: tf.Tensor): tf.Tensor => into?.clone() ?? gpu().empty(shape);

/**
 * A tensor with the values of `x` that may be overwritten: x's own memory where nobody else holds it, else a
 * copy.
 */
function overwritable(x: tf.Tensor): tf.Tensor {
  const device = gpu();
  return device.backend.refCount(x.dataId) === 1 ? x.clone() : copied(x);
}

function copied(x: tf.Tensor): tf.Tensor {
  const copy = gpu().empty(x.shape);
  gpu().assign(copy, x);
  return copy;
}

const isLinear = (filter: Shape): boolean => filter.length === 2;
const shapeOf = (x: Shape, filter: Shape, geometry: Geometry | null): ConvShape =>
  isLinear(filter) || !geometry ? linearShape(x[0]!, filter[0]!, filter[1]!) : convShape(x, filter, geometry);
const outputOf = ({ n, ho, wo, co }: ConvShape, filter: Shape): Shape =>
  isLinear(filter) ? [n, co] : [n, ho, wo, co];

/** x [n, h, w, i] and filter [k, k, i, o], or x [n, i] and weight [i, o] with `geometry` null. */
export function forward(
  x: tf.Tensor,
  filter: tf.Tensor,
  bias: tf.Tensor,
  geometry: Geometry | null,
  withRelu = false,
): tf.Tensor {
  const shape = shapeOf(x.shape, filter.shape, geometry);
  const y = target(outputOf(shape, filter.shape));
  convolutionForward.run(gpu(), shape, { x, filter, bias, y, relu: withRelu });
  return y;
}

/** Gradients of filter (or weight) and bias; `bias` false leaves its one out. */
export function parameterGradients(
  x: tf.Tensor,
  dy: tf.Tensor,
  filterShape: Shape,
  geometry: Geometry | null,
  bias: boolean,
  into: { readonly weight?: tf.Tensor | undefined; readonly bias?: tf.Tensor | undefined } = {},
): { readonly weight: tf.Tensor; readonly bias: tf.Tensor | null } {
  const shape = shapeOf(x.shape, filterShape, geometry);
  const out = { weight: target(filterShape, into.weight), bias: bias ? target([shape.co], into.bias) : null };
  convolutionFilterGradient.run(gpu(), shape, { x, dy, df: out.weight, db: out.bias });
  return out;
}

/** Gradient of the input, of shape `inputShape`. */
export function inputGradient(
  dy: tf.Tensor,
  filter: tf.Tensor,
  inputShape: Shape,
  geometry: Geometry | null,
): tf.Tensor {
  const dx = target(inputShape);
  convolutionInputGradient.run(gpu(), shapeOf(inputShape, filter.shape, geometry), { dy, filter, dx });
  return dx;
}

export interface Norm {
  readonly scale: tf.Tensor;
  readonly offset: tf.Tensor;
}

export interface NormSetting {
  readonly epsilon: number;
  readonly momentum: number;
  /** Side and stride of the pooling behind the ReLU; 1 for none. */
  readonly pool: number;
}

export const fusedNorm = [batchNormStatistics, batchNormForward, batchNormBackward] as const;

const normShape = ([n, h, w, c]: Shape, pool: number): NormShape => ({ n: n!, h: h!, w: w!, c: c!, pool });

/**
 * Batch norm, ReLU and pooling of z [n, h, w, c]; overwrites the running statistics. `statistics` is what
 * backward needs beside z.
 */
export function normForward(
  z: tf.Tensor,
  { scale: a, offset }: Norm,
  running: { readonly mean: tf.Tensor; readonly variance: tf.Tensor },
  { epsilon, momentum, pool }: NormSetting,
): { readonly y: tf.Tensor; readonly statistics: tf.Tensor } {
  const shape = normShape(z.shape, pool);
  const { n, h, w, c } = shape;
  const statistics = target([2, c]);
  batchNormStatistics.run(gpu(), shape, {
    z,
    statistics,
    runningMean: running.mean,
    runningVariance: running.variance,
    epsilon,
    momentum,
  });
  const y = target([n, pooledSide(h, pool), pooledSide(w, pool), c]);
  batchNormForward.run(gpu(), shape, { z, statistics, scale: a, offset, y });
  return { y, statistics };
}

/** The inverse of {@link normForward}; dz takes z's memory unless `keep` says that z is needed again. */
export function normBackward(
  z: tf.Tensor,
  dy: tf.Tensor,
  statistics: tf.Tensor,
  { scale: a, offset }: Norm,
  pool: number,
  into: {
    readonly scale?: tf.Tensor | undefined;
    readonly offset?: tf.Tensor | undefined;
    readonly keep?: boolean;
  } = {},
): { readonly dz: tf.Tensor; readonly dScale: tf.Tensor; readonly dOffset: tf.Tensor } {
  const out = {
    dz: into.keep ? copied(z) : z.clone(),
    dScale: target(a.shape, into.scale),
    dOffset: target(a.shape, into.offset),
  };
  batchNormBackward.run(gpu(), normShape(z.shape, pool), {
    z: out.dz,
    dy,
    statistics,
    scale: a,
    offset,
    dScale: out.dScale,
    dOffset: out.dOffset,
  });
  return out;
}

const poolShape = (
  [n, h, w, c]: Shape,
  { kernel, stride }: { readonly kernel: number; readonly stride: number },
): PoolShape => ({ n: n!, h: h!, w: w!, c: c!, kernel, stride });

/** Max pooling of x [n, h, w, c]; `taps` where a gradient will follow. */
export function maxPooled(
  x: tf.Tensor,
  geometry: { readonly kernel: number; readonly stride: number },
  withTaps: boolean,
): { readonly y: tf.Tensor; readonly taps: tf.Tensor | null } {
  const shape = poolShape(x.shape, geometry);
  const { ho, wo } = pooled(shape);
  const out = {
    y: target([shape.n, ho, wo, shape.c]),
    taps: withTaps ? gpu().empty([tapWords(shape)], 'int32') : null,
  };
  maxPool.run(gpu(), shape, { x, ...out });
  return out;
}

/** dx of {@link pool}. */
export function poolGradient(
  dy: tf.Tensor,
  taps: tf.Tensor,
  inputShape: Shape,
  geometry: { readonly kernel: number; readonly stride: number },
): tf.Tensor {
  const dx = target(inputShape);
  maxPoolGradient.run(gpu(), poolShape(inputShape, geometry), { dy, taps, dx });
  return dx;
}

/** Max pooling that keeps where each maximum is. */
export function maxPoolTraining(
  x: tf.Tensor,
  geometry: { readonly kernel: number; readonly stride: number },
): Pooled {
  const { y, taps } = maxPooled(x, geometry, true);
  const { shape } = x;
  return { y, kept: [taps!], gradient: (dy) => poolGradient(dy, taps!, shape, geometry) };
}

/** max(0, x), in x's memory where it can be. */
export function reluOf(x: tf.Tensor): tf.Tensor {
  const y = overwritable(x);
  relu.run(gpu(), { count: x.size }, { x: y });
  return y;
}

/** dy where y is positive, else 0, in dy's memory where it can be. */
export function reluGradientOf(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const dx = overwritable(dy);
  reluGradient.run(gpu(), { count: dy.size }, { dy: dx, y });
  return dx;
}

/** What a run's stream keeps of x, divided by the share that is kept, in x's memory where it can be. */
export function dropoutOf(
  x: tf.Tensor,
  rate: number,
  stream: { readonly key: readonly [number, number, number]; readonly start: number },
): tf.Tensor {
  const y = overwritable(x);
  dropout.run(gpu(), { count: x.size, rate, ...stream }, { x: y });
  return y;
}

/** Grey levels as the numbers of a model's input; a quarter of the upload that the numbers would take. */
export function imagesOf(pixels: Uint8Array, shape: Shape): tf.Tensor {
  const words = new Int32Array(Math.ceil(pixels.length / 4));
  new Uint8Array(words.buffer).set(pixels);
  const [packed, table, x] = [tf.tensor1d(words, 'int32'), tf.tensor1d(greyLevels()), target(shape)];
  images.run(gpu(), { count: pixels.length }, { pixels: packed, table, x });
  tf.dispose([packed, table]);
  return x;
}

/** sum += more. */
export function addInPlace(sum: tf.Tensor, more: tf.Tensor): void {
  addTo.run(gpu(), { count: sum.size }, { sum, more });
}

/** sum + more in the memory of `sum`; takes both over. */
export function accumulate(sum: tf.Tensor, more: tf.Tensor): tf.Tensor {
  addInPlace(sum, more);
  more.dispose();
  return sum;
}

/** x times a factor, in place. */
export function scaleInPlace(x: tf.Tensor, factor: number): void {
  scale.run(gpu(), { count: x.size }, { x, factor });
}

/** The same tensor, changed unless the factor is 1. */
export function scaled(x: tf.Tensor, factor: number): tf.Tensor {
  if (factor !== 1) scaleInPlace(x, factor);
  return x;
}

/**
 * Losses and gradients of all heads, as shares of the means over a batch.
 * @param labels per head, a class index a row
 * @returns per head d(mean loss)/d(logits), and the losses and then the predictions as one tensor: [tasks +
 * tasks * count]
 */
export function crossEntropies(
  logits: readonly tf.Tensor[],
  labels: readonly ArrayLike<number>[],
  batch: number,
): { readonly gradients: readonly tf.Tensor[]; readonly report: tf.Tensor } {
  const [tasks, count] = [logits.length, logits[0]!.shape[0]];
  const all = tf.tensor1d(Int32Array.from(labels.flatMap((task) => Array.from(task))), 'int32');
  const report = target([reportLength(tasks, count)]);
  const gradients = logits.map((one, task) => {
    const gradient = target(one.shape);
    crossEntropyKernel.run(
      gpu(),
      { count, batch, classes: one.shape[1]!, task, tasks },
      { logits: one, labels: all, gradient, report },
    );
    return gradient;
  });
  all.dispose();
  return { gradients, report };
}

/** Inner products of every two rows of [tasks, ...], as [tasks, tasks]. */
export function gramOf(stack: tf.Tensor): tf.Tensor {
  const tasks = stack.shape[0];
  const gram = target([tasks, tasks]);
  gramMatrix.run(gpu(), { tasks, count: sizeOf(stack.shape) / tasks }, { stack, gram });
  return gram;
}
