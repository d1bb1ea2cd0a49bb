/**
 * Convolution on the wasm heap, forward and towards its input, as products of image windows with the filter. Images are
 * copied with their padding into a block that the second-level cache holds; a window is then `kernel` runs of neighbouring
 * floats. The gradient of the input is the convolution of dy - spread out by the stride - with the filter turned round.
 * Returns null for numbers of output channels that do not come in fours; then the plain kernels take over (convolution.ts).
 */
import * as tf from '../../tf';
import { fillTable, fitsPanels, multiply, nothing, pack, packTransposed, tableBytes } from './product';
import type { Machine, SimdKernel } from './simd';
import type { Workspace } from './workspace';

export type Shape4 = [number, number, number, number];

/** Bytes of padded image worked on at a time. */
const CACHE = 256 * 1024;

/** An image as the windows see it: rows and columns `spread` apart, zeros between and around. */
interface Padded {
  readonly tall: number;
  readonly wide: number;
  readonly top: number;
  readonly left: number;
  readonly spread: readonly [rows: number, columns: number];
}

interface Window {
  readonly kernel: readonly [rows: number, columns: number];
  readonly stride: readonly [rows: number, columns: number];
}

/** Copies rows `first`.. of the padded image into a block whose columns outside the image are zero already. */
function fillBlock(heap: Float32Array, target: Float32Array, from: number, [, h, w, c]: Shape4, { wide, top, left, spread }: Padded, block: number, first: number, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const source = (first + row - top) / spread[0];
    const to = block / 4 + (row * wide + left) * c;
    const inside = source >= 0 && source < h && Number.isInteger(source);
    if (!inside) target.fill(0, to, to + ((w - 1) * spread[1] + 1) * c);
    else if (spread[1] === 1) target.set(heap.subarray(from / 4 + source * w * c, from / 4 + (source + 1) * w * c), to);
    else for (let x = 0; x < w; x++) {
      const pixel = from / 4 + (source * w + x) * c;
      target.set(heap.subarray(pixel, pixel + c), to + x * spread[1] * c);
    }
  }
}

/**
 * @param x where the images are on the heap, and `out` where the result goes
 * @param panels the packed filter and, like `bias` (one float32 an output channel) and `floor`, in the workspace
 */
function convolve(
  machine: Machine, work: Workspace, x: number, shape: Shape4, padded: Padded, { kernel, stride }: Window, panels: number, bias: number, floor: number, out: number, outShape: Shape4,
): void {
  const cache = CACHE * work.threads;
  const [n, , , c] = shape;
  const [, outHeight, outWidth, o] = outShape;
  const rowBytes = padded.wide * c * 4;
  const together = Math.min(n, Math.max(1, Math.floor(cache / (padded.tall * rowBytes))));
  const whole = padded.tall * rowBytes <= cache;
  const outRows = whole ? outHeight : Math.min(outHeight, Math.max(1, Math.floor((cache / rowBytes - kernel[0]) / stride[0]) + 1));
  const blockRows = whole ? padded.tall : (outRows - 1) * stride[0] + kernel[0];
  const imageBytes = shape[1] * shape[2] * c * 4;
  const block = work.allocate(together * blockRows * rowBytes);
  const table = work.allocate(tableBytes(together * outRows * outWidth));
  const result = work.slot(together * outRows * outWidth * o * 4);
  const [heap, target] = [machine.floats(), work.floats()];
  target.fill(0, block / 4, (block + together * blockRows * rowBytes) / 4);
  let tableFor = '';
  for (let image = 0; image < n; image += together)
    for (let row = 0; row < outHeight; row += outRows) {
      const [images, rows] = [Math.min(together, n - image), Math.min(outRows, outHeight - row)];
      for (let k = 0; k < images; k++)
        fillBlock(heap, target, x + (image + k) * imageBytes, shape, padded, block + k * blockRows * rowBytes, row * stride[0], Math.min(blockRows, padded.tall - row * stride[0]));
      if (tableFor !== `${images} ${rows}`) fillTable(work, table, images * rows * outWidth, (position) => {
        const line = Math.floor(position / outWidth);
        const corner = Math.floor(line / rows) * blockRows + (line % rows) * stride[0];
        return [corner * rowBytes + (position % outWidth) * stride[1] * c * 4, position * o * 4];
      });
      tableFor = `${images} ${rows}`;
      const to = out + (image * outHeight + row) * outWidth * o * 4;
      multiply(work, {
        table, rows: images * rows * outWidth, left: block, segments: kernel[0], run: kernel[1] * c, step: 4, skip: rowBytes - kernel[1] * c * 4,
        panels, columns: o, out: result.target(to), bias, floor,
      });
      result.store(to, images * rows * outWidth * o * 4);
    }
}

export const fusedConvolution: SimdKernel = (machine, [x, filter, bias, prelu], attributes) => {
  const { strides, pad, dataFormat, dilations, dimRoundingMode, activation } = attributes as unknown as tf.FusedConv2DAttrs;
  const info = tf.backend_util.computeConv2DInfo(x!.shape as Shape4, filter!.shape as Shape4, strides, dilations, pad, dimRoundingMode);
  const { filterHeight: kh, filterWidth: kw, inChannels: i, outChannels: o, padInfo: { top, left, bottom, right } } = info;
  const plain = activation === 'linear' || activation === 'relu';
  if (!plain || prelu || !bias || bias.shape.length !== 1 || dataFormat !== 'NHWC' || info.dilationHeight * info.dilationWidth !== 1 || !fitsPanels(o)) return null;
  const out = machine.output(info.outShape);
  const work = machine.workspace(2 * tf.util.sizeFromShape(info.outShape) * kh * kw * i);
  const bytes = kh * kw * i * o * 4;
  const panels = work.allocate(bytes);
  const { floor } = nothing(work, 0, activation === 'relu' ? 0 : -Infinity);
  pack(work, work.slot(bytes).fetch(machine.address(filter!), bytes), panels, o, kh * kw * i, o * 4, kh * kw * i);
  const padded: Padded = { tall: top + info.inHeight + bottom, wide: left + info.inWidth + right, top, left, spread: [1, 1] };
  convolve(machine, work, machine.address(x!), x!.shape as Shape4, padded, { kernel: [kh, kw], stride: [info.strideHeight, info.strideWidth] },
    panels, work.slot(o * 4).fetch(machine.address(bias), o * 4), floor, machine.address(out), info.outShape);
  return [out];
};

export const inputGradient: SimdKernel = (machine, [dy, filter], attributes) => {
  const { inputShape, strides, pad, dataFormat, dimRoundingMode } = attributes as unknown as tf.Conv2DBackpropInputAttrs;
  const info = tf.backend_util.computeConv2DInfo(inputShape, filter!.shape as Shape4, strides, 1, pad, dimRoundingMode);
  const { filterHeight: kh, filterWidth: kw, inChannels: i, outChannels: o, strideHeight, strideWidth, padInfo } = info;
  const [top, left] = [kh - 1 - padInfo.top, kw - 1 - padInfo.left];
  if (dataFormat !== 'NHWC' || !fitsPanels(i) || Math.min(top, left) < 0) return null;
  const out = machine.output(inputShape);
  const work = machine.workspace(2 * tf.util.sizeFromShape(inputShape) * kh * kw * o);
  const bytes = kh * kw * i * o * 4;
  const panels = work.allocate(bytes);
  const { zeros, floor } = nothing(work, i, -Infinity);
  const weights = work.slot(bytes).fetch(machine.address(filter!), bytes);
  for (let tap = 0; tap < kh * kw; tap++)
    packTransposed(work, weights + tap * i * o * 4, panels, i, o, o * 4, kh * kw * o, (kh * kw - 1 - tap) * o);
  const padded: Padded = { tall: info.inHeight + kh - 1, wide: info.inWidth + kw - 1, top, left, spread: [strideHeight, strideWidth] };
  convolve(machine, work, machine.address(dy!), dy!.shape as Shape4, padded, { kernel: [kh, kw], stride: [1, 1] }, panels, zeros, floor, machine.address(out), inputShape);
  return [out];
};
