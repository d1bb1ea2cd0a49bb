/** The SIMD kernels of training: which programs run on which addresses for batch norm, pooling, Adam and filter gradients. */
import * as tf from '../../tf';
import { outputSize } from '../../../core/model/architectures';
import { ADAM } from '../adam';
import { BATCH_NORM_RELU, BATCH_NORM_RELU_BACKWARD } from '../batch-norm';
import { MAX_POOL } from '../max-pool';
import { adamUpdate, type AdamStep } from '../shared/adam';
import type { BatchNormSetting } from '../shared/batch-norm';
import type { PoolGeometry } from '../shared/max-pool';
import { COEFFICIENTS } from './programs';
import type { Machine, SimdKernel } from './simd';

type Shape4 = [number, number, number, number];

/** Positions whose float32 sums are added up before they go into a float64 total. */
const BLOCK = 32;
/** Bytes of images and gradients worked on at a time: what a second-level cache holds beside the sums. */
const CACHE = 192 * 1024;

const wholeBlocks = (positions: number): readonly (readonly [first: number, blocks: number, length: number])[] => {
  const blocks = Math.floor(positions / BLOCK);
  const rest = positions % BLOCK;
  return [...(blocks > 0 ? [[0, blocks, BLOCK] as const] : []), ...(rest > 0 ? [[blocks * BLOCK, 1, rest] as const] : [])];
};

/** Writes coefficients into a table at `address`, four channels at a time; see COEFFICIENTS for their order. */
function fillTable(machine: Machine, address: number, channels: number, coefficients: readonly ArrayLike<number>[]): void {
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
  const [table, shift, sums] = [machine.temporary(channels * COEFFICIENTS * 4), machine.temporary(channels * 4), machine.temporary(channels * 16)];
  const from = machine.address(x!);
  const [groups, rowBytes] = [channels / 4, channels * 4];
  const view = (info: tf.TensorInfo): Float32Array => machine.floatsAt(machine.address(info), channels);
  // Sums of x - (the first position's x): no cancellation where the mean is large beside the deviation.
  const first = machine.floatsAt(shift, channels);
  first.set(machine.floatsAt(from, channels));
  const totals = machine.doublesAt(sums, channels * 2).fill(0);
  for (const [start, blocks, length] of wholeBlocks(count))
    machine.run.statistics(from + start * rowBytes, shift, sums, sums + channels * 8, blocks, length, groups, rowBytes);
  const [mean, inverseStd, newMean, newVariance] = made.map(view);
  const [oldMean, oldVariance] = [view(runningMean!), view(runningVariance!)];
  for (let c = 0; c < channels; c++) {
    const shifted = totals[c]! / count;
    const variance = Math.max(0, totals[channels + c]! / count - shifted * shifted);
    mean![c] = first[c]! + shifted;
    inverseStd![c] = 1 / Math.sqrt(variance + epsilon);
    newMean![c] = (1 - momentum) * oldMean[c]! + momentum * (first[c]! + shifted);
    newVariance![c] = (1 - momentum) * oldVariance[c]! + momentum * variance * (count / Math.max(1, count - 1));
  }
  fillTable(machine, table, channels, [mean!, factors(view(scale!), inverseStd!), view(offset!)]);
  machine.run.normalise(from, machine.address(y), table, count, groups);
  return [y, ...made];
};

const factors = (scale: Float32Array, inverseStd: Float32Array): Float32Array => scale.map((s, c) => s * inverseStd[c]!);

const batchNormReluBackward: SimdKernel = (machine, [dy, x, mean, inverseStd, scale, offset]) => {
  const channels = x!.shape.at(-1)!;
  const count = tf.util.sizeFromShape(x!.shape) / channels;
  if (channels % 4 !== 0 || count === 0) return null;
  const dx = machine.output(x!.shape);
  const [dScale, dOffset] = [machine.output([channels]), machine.output([channels])];
  const [table, sums] = [machine.temporary(channels * COEFFICIENTS * 4), machine.temporary(channels * 16)];
  const view = (info: tf.TensorInfo): Float32Array => machine.floatsAt(machine.address(info), channels);
  const [m, inverse] = [view(mean!), view(inverseStd!)];
  const factor = factors(view(scale!), inverse);
  const totals = machine.doublesAt(sums, channels * 2).fill(0);
  const [gScale, gOffset] = [view(dScale), view(dOffset)];
  fillTable(machine, table, channels, [m, factor, view(offset!)]);
  const [groups, rowBytes] = [channels / 4, channels * 4];
  for (const [start, blocks, length] of wholeBlocks(count))
    machine.run.gradientSums(machine.address(dy!) + start * rowBytes, machine.address(x!) + start * rowBytes, table,
      sums, sums + channels * 8, blocks, length, groups, rowBytes);
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
  const taps = machine.temporary(tapCount * 4);
  machine.integersAt(taps, tapCount).set(Array.from({ length: tapCount }, (_, i) => (Math.floor((i + 1) / kernel) * w + ((i + 1) % kernel)) * c * 4));
  const [base, toY, toSource] = [machine.address(x!), machine.address(y), machine.address(source)];
  for (let image = 0; image < n; image++)
    for (let row = 0; row < rows; row++) {
      const done = (image * rows + row) * columns * c * 4;
      machine.run.maxPoolRow(base + (image * h + row * stride) * w * c * 4, toY + done, toSource + done, base, taps, tapCount, columns, c / 4, (stride - 1) * c * 4);
    }
  return [y, source];
};

const adam: SimdKernel = (machine, inputs, attributes) => {
  const step = attributes as unknown as AdamStep;
  const size = tf.util.sizeFromShape(inputs[0]!.shape);
  const whole = size - (size % 4);
  const made = Array.from({ length: 3 }, () => machine.output(inputs[0]!.shape));
  const constants = machine.temporary(28);
  const addresses = [...inputs, ...made].map((info) => machine.address(info));
  machine.floatsAt(constants, 7).set([step.beta1, 1 - step.beta1, step.beta2, 1 - step.beta2,
    step.learningRate / (1 - step.beta1 ** step.iteration), 1 / Math.sqrt(1 - step.beta2 ** step.iteration), step.epsilon]);
  if (whole > 0) machine.run.adam(...addresses, constants, whole / 4);
  const [w, g, m, v, newW, newM, newV] = addresses.map((a) => machine.floatsAt(a + whole * 4, size - whole));
  adamUpdate(w!, g!, m!, v!, newW!, newM!, newV!, step);
  return made;
};

/** Sums over positions with four filter rows and eight outputs in registers; needs no reordering of x or dy. */
const filterGradient: SimdKernel = (machine, [x, dy], attributes) => {
  const { filterShape, strides, pad, dataFormat, dimRoundingMode } = attributes as unknown as tf.Conv2DBackpropFilterAttrs;
  const info = tf.backend_util.computeConv2DInfo(x!.shape as Shape4, filterShape, strides, 1, pad, dimRoundingMode);
  const { batchSize: n, inHeight: h, inWidth: w, inChannels: i, outHeight, outWidth, outChannels: o } = info;
  const { filterHeight: kh, filterWidth: kw, strideHeight: sh, strideWidth: sw } = info;
  if (dataFormat !== 'NHWC' || o % 8 !== 0) return null;
  const { top, left, bottom, right } = info.padInfo;
  const [tall, wide] = [top + h + bottom, left + w + right];
  const filterRows = kh * kw * i;
  const rowTiles = Math.ceil(filterRows / 4);
  const [xBytes, dyBytes] = [tall * wide * i * 4, outHeight * outWidth * o * 4];
  const together = Math.min(n, Math.max(1, Math.floor(CACHE / (xBytes + dyBytes))));
  const rowsAtOnce = Math.min(outHeight, Math.max(1, Math.floor((CACHE * outHeight) / (xBytes + dyBytes))));
  const out = machine.output(filterShape);
  const [sums, padded, offsets] = [machine.temporary(rowTiles * 16 * o), machine.temporary(together * xBytes), machine.temporary(rowTiles * 16)];
  machine.floatsAt(sums, rowTiles * 4 * o).fill(0);
  machine.floatsAt(padded, (together * xBytes) / 4).fill(0);
  // Rows beyond the filter repeat its last one; their sums are thrown away.
  machine.integersAt(offsets, rowTiles * 4).set(Array.from({ length: rowTiles * 4 }, (_, k) => {
    const row = Math.min(k, filterRows - 1);
    const tap = Math.floor(row / i);
    return ((Math.floor(tap / kw) * wide + (tap % kw)) * i + (row % i)) * 4;
  }));
  const program = i % 4 === 0 ? machine.run.filterGradientContiguous : machine.run.filterGradient;
  const heap = machine.floats;
  const [xPixel, xRow] = [sw * i * 4, (sh * wide - sw * outWidth) * i * 4];
  for (let image = 0; image < n; image += together) {
    const images = Math.min(together, n - image);
    for (let k = 0; k < images; k++)
      for (let row = 0; row < h; row++) {
        const from = machine.address(x!) / 4 + ((image + k) * h + row) * w * i;
        heap.copyWithin(padded / 4 + ((k * tall + top + row) * wide + left) * i, from, from + w * i);
      }
    for (let row = 0; row < outHeight; row += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, outHeight - row);
      program(padded + row * sh * wide * i * 4, machine.address(dy!) + image * dyBytes + row * outWidth * o * 4, sums, offsets,
        rowTiles, o / 8, images, rows, outWidth, xPixel, xRow, (tall - rows * sh) * wide * i * 4, o * 4);
    }
  }
  machine.floatsAt(machine.address(out), filterRows * o).set(machine.floatsAt(sums, filterRows * o));
  return [out];
};

/** By the name of the kernel each takes the place of. */
export const SIMD_KERNELS: Readonly<Record<string, SimdKernel>> = {
  [BATCH_NORM_RELU]: batchNormRelu,
  [BATCH_NORM_RELU_BACKWARD]: batchNormReluBackward,
  [MAX_POOL]: maxPool,
  [ADAM]: adam,
  [tf.Conv2DBackpropFilter]: filterGradient,
};
