/**
 * The SIMD kernels of training: which programs run on which addresses for batch norm and pooling; and the list
 * of all.
 */
import * as tf from '../../tf';
import { outputSize } from '../../../core/model/graph';
import { ACCUMULATE } from '../host/accumulate';
import { BATCH_NORM_RELU, BATCH_NORM_RELU_BACKWARD } from '../host/batch-norm';
import { MAX_POOL } from '../host/max-pool';
import type { BatchNormSetting } from '../shared/batch-norm';
import type { PoolGeometry } from '../shared/max-pool';
import { fusedConvolution, inputGradient } from './convolve';
import { filterGradient } from './filter-gradient';
import { LINEAR_KERNELS } from './linear';
import { COEFFICIENTS } from './programs';
import type { Machine, SimdKernel } from './simd';
import { UPDATE_KERNELS } from './update';

type Shape4 = [number, number, number, number];

/** Positions whose float32 sums are added up before they go into a float64 total. */
const BLOCK = 32;

const wholeBlocks = (
  positions: number,
): readonly (readonly [first: number, blocks: number, length: number])[] => {
  const blocks = Math.floor(positions / BLOCK);
  const rest = positions % BLOCK;
  return [
    ...(blocks > 0 ? [[0, blocks, BLOCK] as const] : []),
    ...(rest > 0 ? [[blocks * BLOCK, 1, rest] as const] : []),
  ];
};

/**
 * Writes coefficients into a table at `address`, four channels at a time; see COEFFICIENTS for their order.
 */
function fillTable(
  machine: Machine,
  address: number,
  channels: number,
  coefficients: readonly ArrayLike<number>[],
): void {
  const table = machine.floatsAt(address, channels * COEFFICIENTS);
  coefficients.forEach((values, k) => {
    for (let c = 0; c < channels; c++) table[((c >> 2) * COEFFICIENTS + k) * 4 + (c & 3)] = values[c]!;
  });
}

const batchNormRelu: SimdKernel = (machine, [x, scale, offset, runningMean, runningVariance], attributes) => {
  const { epsilon, momentum } = attributes as unknown as BatchNormSetting;
  const channels = x!.shape.at(-1)!;
  const count = tf.util.sizeFromShape(x!.shape) / channels;
  if (channels % 4 !== 0 || count === 0) return null;
  const y = machine.output(x!.shape);
  const made = Array.from({ length: 4 }, () => machine.output([channels]));
  const [table, shift, sums] = [
    machine.allocate(channels * COEFFICIENTS * 4),
    machine.allocate(channels * 4),
    machine.allocate(channels * 16),
  ];
  const from = machine.address(x!);
  const [groups, rowBytes] = [channels / 4, channels * 4];
  const view = (info: tf.TensorInfo): Float32Array => machine.floatsAt(machine.address(info), channels);
  // Sums of x - (the first position's x): no cancellation where the mean is large beside the deviation.
  const first = machine.floatsAt(shift, channels);
  first.set(machine.floatsAt(from, channels));
  const totals = machine.doublesAt(sums, channels * 2).fill(0);
  for (const [start, blocks, length] of wholeBlocks(count))
    machine.run.statistics(
      from + start * rowBytes,
      shift,
      sums,
      sums + channels * 8,
      blocks,
      length,
      groups,
      rowBytes,
    );
  const [mean, inverseStd, newMean, newVariance] = made.map(view);
  const [oldMean, oldVariance] = [view(runningMean!), view(runningVariance!)];
  for (let c = 0; c < channels; c++) {
    const shifted = totals[c]! / count;
    const variance = Math.max(0, totals[channels + c]! / count - shifted * shifted);
    mean![c] = first[c]! + shifted;
    inverseStd![c] = 1 / Math.sqrt(variance + epsilon);
    newMean![c] = (1 - momentum) * oldMean[c]! + momentum * (first[c]! + shifted);
    newVariance![c] =
      (1 - momentum) * oldVariance[c]! + momentum * variance * (count / Math.max(1, count - 1));
  }
  fillTable(machine, table, channels, [mean!, factors(view(scale!), inverseStd!), view(offset!)]);
  machine.run.normalise(from, machine.address(y), table, count, groups);
  return [y, ...made];
};

const factors = (scale: Float32Array, inverseStd: Float32Array): Float32Array =>
  scale.map((s, c) => s * inverseStd[c]!);

const batchNormReluBackward: SimdKernel = (machine, [dy, x, mean, inverseStd, scale, offset]) => {
  const channels = x!.shape.at(-1)!;
  const count = tf.util.sizeFromShape(x!.shape) / channels;
  if (channels % 4 !== 0 || count === 0) return null;
  const dx = machine.output(x!.shape);
  const [dScale, dOffset] = [machine.output([channels]), machine.output([channels])];
  const [table, sums] = [machine.allocate(channels * COEFFICIENTS * 4), machine.allocate(channels * 16)];
  const view = (info: tf.TensorInfo): Float32Array => machine.floatsAt(machine.address(info), channels);
  const [m, inverse] = [view(mean!), view(inverseStd!)];
  const factor = factors(view(scale!), inverse);
  const totals = machine.doublesAt(sums, channels * 2).fill(0);
  const [gScale, gOffset] = [view(dScale), view(dOffset)];
  fillTable(machine, table, channels, [m, factor, view(offset!)]);
  const [groups, rowBytes] = [channels / 4, channels * 4];
  for (const [start, blocks, length] of wholeBlocks(count))
    machine.run.gradientSums(
      machine.address(dy!) + start * rowBytes,
      machine.address(x!) + start * rowBytes,
      table,
      sums,
      sums + channels * 8,
      blocks,
      length,
      groups,
      rowBytes,
    );
  const [slope, shift] = [new Float32Array(channels), new Float32Array(channels)];
  for (let c = 0; c < channels; c++) {
    gOffset[c] = totals[c]!;
    gScale[c] = inverse[c]! * totals[channels + c]!;
    slope[c] = (-factor[c]! * inverse[c]! * inverse[c]! * totals[channels + c]!) / count;
    shift[c] = (-factor[c]! * totals[c]!) / count;
  }
  fillTable(machine, table, channels, [m, factor, view(offset!), slope, shift]);
  machine.run.gradient(machine.address(dy!), machine.address(x!), machine.address(dx), table, count, groups);
  return [dx, dScale, dOffset];
};

const maxPool: SimdKernel = (machine, [x], attributes) => {
  const { kernel, stride } = attributes as unknown as PoolGeometry;
  const [n, h, w, c] = x!.shape as Shape4;
  if (c % 4 !== 0 || kernel < 2) return null;
  const [rows, columns] = [outputSize(h, kernel, stride), outputSize(w, kernel, stride)];
  const [y, source] = [machine.output([n, rows, columns, c]), machine.output([n, rows, columns, c], 'int32')];
  const tapCount = kernel * kernel - 1;
  const taps = machine.allocate(tapCount * 4);
  machine
    .integersAt(taps, tapCount)
    .set(
      Array.from(
        { length: tapCount },
        (_, i) => (Math.floor((i + 1) / kernel) * w + ((i + 1) % kernel)) * c * 4,
      ),
    );
  const [base, toY, toSource] = [machine.address(x!), machine.address(y), machine.address(source)];
  for (let image = 0; image < n; image++)
    for (let row = 0; row < rows; row++) {
      const done = (image * rows + row) * columns * c * 4;
      machine.run.maxPoolRow(
        base + (image * h + row * stride) * w * c * 4,
        toY + done,
        toSource + done,
        base,
        taps,
        tapCount,
        columns,
        c / 4,
        (stride - 1) * c * 4,
      );
    }
  return [y, source];
};

const accumulate: SimdKernel = (machine, [sum, more]) => {
  const size = tf.util.sizeFromShape(sum!.shape);
  const [to, from] = [machine.address(sum!), machine.address(more!)];
  if (size >= 4) machine.run.add(to, from, Math.floor(size / 4));
  const [rest, extra] = [to, from].map((address) =>
    machine.floatsAt(address + (size - (size % 4)) * 4, size % 4),
  );
  rest!.forEach((value, i) => {
    rest![i] = value + extra![i]!;
  });
  return [];
};

/** By the name of the kernel each takes the place of. */
export const SIMD_KERNELS: Readonly<Record<string, SimdKernel>> = {
  [BATCH_NORM_RELU]: batchNormRelu,
  [BATCH_NORM_RELU_BACKWARD]: batchNormReluBackward,
  [MAX_POOL]: maxPool,
  ...UPDATE_KERNELS,
  [ACCUMULATE]: accumulate,
  ...LINEAR_KERNELS,
  [tf.FusedConv2D]: fusedConvolution,
  [tf.Conv2DBackpropInput]: inputGradient,
  [tf.Conv2DBackpropFilter]: filterGradient,
};
