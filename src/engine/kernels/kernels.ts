/**
 * What every backend must be able to compute beside the operations of the graph: each names its implementation
 * of these in a table (src/engine/backends/kernels). Tensors are float32, channels last.
 */
import type { ParameterSpec } from '../../core/model/plan';
import type { Rule } from '../../core/optim/rule';
import type { Gradients, Parameter } from '../ops/gradients';
import type { Cell } from '../tensors/pieces';
import type * as tf from '../tf';
import type { BatchNormSetting } from './shared/batch-norm';
import type { PoolGeometry } from './shared/max-pool';

export interface ConvGeometry {
  readonly stride: number;
  readonly padding: number;
}

export interface BatchNormInputs {
  readonly scale: tf.Tensor;
  readonly offset: tf.Tensor;
}

export interface BatchNormForward {
  readonly y: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly inverseStd: tf.Tensor;
  readonly runningMean: tf.Tensor;
  readonly runningVariance: tf.Tensor;
}

export interface BatchNormGradients {
  readonly dx: tf.Tensor;
  readonly dScale: tf.Tensor;
  readonly dOffset: tf.Tensor;
}

export interface Pooled {
  readonly y: tf.Tensor;
  /** To be disposed once the gradient is taken; may contain x itself. */
  readonly kept: readonly tf.Tensor[];
  /** dx from dy. */
  gradient(dy: tf.Tensor): tf.Tensor;
}

export interface WeightAndBias {
  readonly weight: Parameter;
  /** Undefined for a layer without. */
  readonly bias: Parameter | undefined;
}

/** Numbers by the names of a rule's constants. */
export type Constants = Readonly<Record<string, number>>;

/** The constants of a rule for the parameters that weight decay applies to, and for the others. */
export interface ConstantsByGroup {
  readonly weights: Constants;
  readonly others: Constants;
}

export interface UpdatedTensors {
  readonly w: tf.Tensor;
  readonly slots: readonly tf.Tensor[];
}

/** An optimiser's slots of all parameters, and its update. */
export interface Slots {
  /** Of a trainable parameter, in the rule's order. */
  of(parameter: Parameter): tf.Tensor[];
  /**
   * One update of every trainable parameter; frees the gradients.
   * @param limit of the norm of all gradients together, null: none
   */
  update(gradients: Gradients, constants: ConstantsByGroup, limit: number | null): void;
  dispose(): void;
}

/** Where the parameters of a network lie. */
export interface ParameterStore {
  /** In the order of the specifications. */
  readonly parameters: readonly Parameter[];
  slots(rule: Rule): Slots;
  dispose(): void;
}

/** Cross-entropies of all heads on the device. */
export interface DeviceLosses {
  /**
   * As shares of the means over a batch.
   * @param labels per head, a class index a row
   * @returns per head d(mean loss)/d(logits), and the losses and then the predictions as one tensor
   */
  readonly crossEntropies: (
    logits: readonly tf.Tensor[],
    labels: readonly ArrayLike<number>[],
    batch: number,
  ) => { readonly gradients: readonly tf.Tensor[]; readonly report: tf.Tensor };
  readonly scaleInPlace: (x: tf.Tensor, factor: number) => void;
}

/** Values of tensors to and from the host. */
export interface TensorMemory {
  /** Some of a tensor's values, from one index up to another; a copy. */
  readonly read: (tensor: tf.Tensor, start: number, end: number) => Promise<Float32Array>;
  /** Replaces a cell's values piece by piece. */
  readonly writer: (cell: Cell) => (piece: Float32Array, at: number) => void;
  /** Values that stay as they are, whatever kernels overwrite. */
  readonly unshared: (data: Float32Array) => Float32Array;
  /** Gives a parameter or running statistic other values; takes the tensor over. */
  readonly replace: (parameter: Parameter, value: tf.Tensor) => void;
  /** Whether values are read at no cost, so that gradients can be looked at in every step. */
  readonly readsForFree: boolean;
  /** Whether all values of all these are exactly zero. */
  readonly allZero: (tensors: readonly tf.Tensor[]) => Promise<boolean>;
}

export interface Kernels {
  /** With bias, and ReLU where it is asked for. x [n, h, w, i], filter [k, k, i, o], bias [o]. */
  readonly convolution: (
    x: tf.Tensor,
    filter: tf.Tensor,
    bias: tf.Tensor,
    geometry: ConvGeometry,
    relu: boolean,
  ) => tf.Tensor;
  /** [k, k, i, o]. */
  readonly convolutionFilterGradient: (
    x: tf.Tensor,
    dy: tf.Tensor,
    filterShape: number[],
    geometry: ConvGeometry,
  ) => tf.Tensor;
  /** Of shape `inputShape`. */
  readonly convolutionInputGradient: (
    dy: tf.Tensor,
    filter: tf.Tensor,
    inputShape: number[],
    geometry: ConvGeometry,
  ) => tf.Tensor;
  /** x [n, i], weight [i, o], bias [o] -> [n, o]. */
  readonly linear: (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => tf.Tensor;
  /** x^T dy, [i, o]. */
  readonly linearWeightGradient: (x: tf.Tensor, dy: tf.Tensor) => tf.Tensor;
  /** dy weight^T, [n, i]. */
  readonly linearInputGradient: (dy: tf.Tensor, weight: tf.Tensor) => tf.Tensor;
  /**
   * Adds the gradients of a layer's weight and, with `withBias`, of its bias where it has one.
   * @param geometry null for a fully connected layer
   */
  readonly layerGradients: (
    layer: WeightAndBias,
    geometry: ConvGeometry | null,
    x: tf.Tensor,
    dy: tf.Tensor,
    gradients: Gradients,
    withBias: boolean,
  ) => void;
  /** Sum over all axes but the last: [c] from [..., c]. */
  readonly channelSum: (x: tf.Tensor) => tf.Tensor;
  /** x [n, h, w, c], the rest [c]; in training. The caller owns every returned tensor. */
  readonly batchNormRelu: (
    x: tf.Tensor,
    affine: BatchNormInputs,
    runningMean: tf.Tensor,
    runningVariance: tf.Tensor,
    setting: BatchNormSetting,
  ) => BatchNormForward;
  /** From dy at the ReLU's output; x, mean and inverseStd as in {@link Kernels.batchNormRelu}. */
  readonly batchNormReluBackward: (
    dy: tf.Tensor,
    x: tf.Tensor,
    mean: tf.Tensor,
    inverseStd: tf.Tensor,
    affine: BatchNormInputs,
  ) => BatchNormGradients;
  /** x [n, h, w, c]; nothing for a backward pass. */
  readonly maxPool: (x: tf.Tensor, geometry: PoolGeometry) => tf.Tensor;
  readonly maxPoolTraining: (x: tf.Tensor, geometry: PoolGeometry) => Pooled;
  /** max(0, x). */
  readonly relu: (x: tf.Tensor) => tf.Tensor;
  /** dy where y, the ReLU's output, is positive, else 0. */
  readonly reluGradient: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor;
  /** Grey levels as the numbers of a model's input. */
  readonly images: (pixels: Uint8Array, shape: readonly [number, number, number, number]) => tf.Tensor;
  /** sum + more; both are taken over, the result is the caller's. */
  readonly accumulate: (sum: tf.Tensor, more: tf.Tensor) => tf.Tensor;
  /** x times a factor; x is taken over, the result is the caller's. */
  readonly scaled: (x: tf.Tensor, factor: number) => tf.Tensor;
  /** Inner products of gradients, each the same arrays in the same order: [n x n], row by row. */
  readonly gram: (gradients: readonly (readonly tf.Tensor[])[]) => Promise<ArrayLike<number>>;
  /**
   * Gradients whose joint norm is above `limit`, shortened to it. They are taken over; what is returned, in the
   * same order, is the caller's.
   */
  readonly clipped: (gradients: readonly tf.Tensor[], limit: number) => readonly tf.Tensor[];
  /**
   * One update of one parameter by a rule, all of one shape. Takes w and the slots over, which may hold the new
   * values; the gradient stays the caller's.
   */
  readonly update: (
    rule: Rule,
    w: tf.Tensor,
    g: tf.Tensor,
    slots: readonly tf.Tensor[],
    constants: Constants,
  ) => UpdatedTensors;
  /** Null where losses are computed on the host. */
  readonly deviceLosses: DeviceLosses | null;
  /** @param values by the index of the specification */
  readonly parameters: (
    specs: readonly ParameterSpec[],
    values: (index: number) => Float32Array,
  ) => ParameterStore;
  readonly memory: TensorMemory;
}
