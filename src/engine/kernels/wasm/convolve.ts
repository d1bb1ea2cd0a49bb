/**
 * Convolution on the wasm heap, forward and towards its input, as products of image windows with the filter.
 * Images are copied with their padding into a block that the second-level cache holds; a window is then
 * `kernel` runs of neighbouring floats. The gradient of the input is the convolution of dy - spread out by
 * the stride - with the filter turned round. Returns null for numbers of output channels that do not come in
 * fours; then the plain kernels take over (convolution.ts).
 */
import * as tf from '../../tf';
import { begin, fillTable, fitsPanels, nothing, pack, packTransposed, tableBytes } from './product';
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

/** What is computed at a time: so many images, and of each so many rows. */
interface Piece {
  readonly image: number;
  readonly row: number;
  readonly images: number;
  readonly rows: number;
}

/**
 * Copies rows `first`.. of the padded image into a block whose columns outside the image are zero already.
 */
function fillBlock(
  heap: Float32Array,
  target: Float32Array,
  from: number,
  [, h, w, c]: Shape4,
  { wide, top, left, spread }: Padded,
  block: number,
  first: number,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    const source = (first + row - top) / spread[0];
    const to = block / 4 + (row * wide + left) * c;
    const inside = source >= 0 && source < h && Number.isInteger(source);
    if (!inside) target.fill(0, to, to + ((w - 1) * spread[1] + 1) * c);
    else if (spread[1] === 1)
      target.set(heap.subarray(from / 4 + source * w * c, from / 4 + (source + 1) * w * c), to);
    else
      for (let x = 0; x < w; x++) {
        const pixel = from / 4 + (source * w + x) * c;
        target.set(heap.subarray(pixel, pixel + c), to + x * spread[1] * c);
      }
  }
}

/**
 * @param x where the images are on the heap, and `out` where the result goes
 * @param panels the packed filter and, like `bias` (one float32 an output channel) and `floor`, in the
 * workspace
 */
function convolve(
  machine: Machine,
  work: Workspace,
  x: number,
  shape: Shape4,
  padded: Padded,
  { kernel, stride }: Window,
  panels: number,
  bias: number,
  floor: number,
  out: number,
  outShape: Shape4,
): void {
  const cache = CACHE * work.threads;
  const [n, , , c] = shape;
  const [, outHeight, outWidth, o] = outShape;
  const rowBytes = padded.wide * c * 4;
  const together = Math.min(n, Math.max(1, Math.floor(cache / (padded.tall * rowBytes))));
  const whole = padded.tall * rowBytes <= cache;
  const outRows = whole
    ? outHeight
    : Math.min(outHeight, Math.max(1, Math.floor((cache / rowBytes - kernel[0]) / stride[0]) + 1));
  const blockRows = whole ? padded.tall : (outRows - 1) * stride[0] + kernel[0];
  const imageBytes = shape[1] * shape[2] * c * 4;
  const buffers = Array.from({ length: work.buffers }, () => ({
    block: work.allocate(together * blockRows * rowBytes),
    result: work.slot(together * outRows * outWidth * o * 4),
  }));
  const pieces: Piece[] = [];
  for (let image = 0; image < n; image += together)
    for (let row = 0; row < outHeight; row += outRows)
      pieces.push({
        image,
        row,
        images: Math.min(together, n - image),
        rows: Math.min(outRows, outHeight - row),
      });
  // Pieces are whole, or as large as the last one.
  const tables = [pieces[0]!, pieces.at(-1)!].map(({ images, rows }) => ({
    images,
    rows,
    address: work.allocate(tableBytes(images * rows * outWidth)),
  }));
  for (const { images, rows, address } of tables)
    fillTable(
      work,
      address,
      images * rows * outWidth,
      (position) => {
        const line = Math.floor(position / outWidth);
        const corner = Math.floor(line / rows) * blockRows + (line % rows) * stride[0];
        return corner * rowBytes + (position % outWidth) * stride[1] * c * 4;
      },
      (position) => position * o * 4,
    );
  const [heap, target] = [machine.floats(), work.floats()];
  for (const { block } of buffers) target.fill(0, block / 4, (block + together * blockRows * rowBytes) / 4);
  const of = (index: number) => buffers[index % buffers.length]!;
  const prepare = (index: number): void => {
    const { image, row, images } = pieces[index]!;
    for (let k = 0; k < images; k++)
      fillBlock(
        heap,
        target,
        x + (image + k) * imageBytes,
        shape,
        padded,
        of(index).block + k * blockRows * rowBytes,
        row * stride[0],
        Math.min(blockRows, padded.tall - row * stride[0]),
      );
  };
  const place = ({ image, row, images, rows }: Piece) => ({
    to: out + (image * outHeight + row) * outWidth * o * 4,
    bytes: images * rows * outWidth * o * 4,
  });
  const store = (index: number): void => {
    const { to, bytes } = place(pieces[index]!);
    of(index).result.store(to, bytes);
  };
  prepare(0);
  pieces.forEach((piece, index) => {
    const { block, result } = of(index);
    const table = tables.find(({ images, rows }) => images === piece.images && rows === piece.rows)!;
    begin(work, {
      table: table.address,
      rows: piece.images * piece.rows * outWidth,
      left: block,
      segments: kernel[0],
      run: kernel[1] * c,
      step: 4,
      skip: rowBytes - kernel[1] * c * 4,
      panels,
      columns: o,
      out: result.target(place(piece).to),
      bias,
      floor,
    });
    // While others compute, the piece before goes home and the next one is made ready.
    if (index > 0) store(index - 1);
    if (index + 1 < pieces.length) prepare(index + 1);
    work.finish();
  });
  store(pieces.length - 1);
}

export const fusedConvolution: SimdKernel = (machine, [x, filter, bias, prelu], attributes) => {
  const { strides, pad, dataFormat, dilations, dimRoundingMode, activation } =
    attributes as unknown as tf.FusedConv2DAttrs;
  const info = tf.backend_util.computeConv2DInfo(
    x!.shape as Shape4,
    filter!.shape as Shape4,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  const {
    filterHeight: kh,
    filterWidth: kw,
    inChannels: i,
    outChannels: o,
    padInfo: { top, left, bottom, right },
  } = info;
  const plain = activation === 'linear' || activation === 'relu';
  if (
    !plain ||
    prelu ||
    !bias ||
    bias.shape.length !== 1 ||
    dataFormat !== 'NHWC' ||
    info.dilationHeight * info.dilationWidth !== 1 ||
    !fitsPanels(o)
  )
    return null;
  const out = machine.output(info.outShape);
  const work = machine.workspace(
    2 * tf.util.sizeFromShape(info.outShape) * kh * kw * i,
    tf.util.sizeFromShape(info.outShape) + kh * kw * i * o,
  );
  const bytes = kh * kw * i * o * 4;
  const panels = work.allocate(bytes);
  const { floor } = nothing(work, 0, activation === 'relu' ? 0 : -Infinity);
  pack(
    work,
    work.slot(bytes).fetch(machine.address(filter!), bytes),
    panels,
    o,
    kh * kw * i,
    o * 4,
    kh * kw * i,
  );
  const padded: Padded = {
    tall: top + info.inHeight + bottom,
    wide: left + info.inWidth + right,
    top,
    left,
    spread: [1, 1],
  };
  convolve(
    machine,
    work,
    machine.address(x!),
    x!.shape as Shape4,
    padded,
    { kernel: [kh, kw], stride: [info.strideHeight, info.strideWidth] },
    panels,
    work.slot(o * 4).fetch(machine.address(bias), o * 4),
    floor,
    machine.address(out),
    info.outShape,
  );
  return [out];
};

export const inputGradient: SimdKernel = (machine, [dy, filter], attributes) => {
  const { inputShape, strides, pad, dataFormat, dimRoundingMode } =
    attributes as unknown as tf.Conv2DBackpropInputAttrs;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter!.shape as Shape4,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const {
    filterHeight: kh,
    filterWidth: kw,
    inChannels: i,
    outChannels: o,
    strideHeight,
    strideWidth,
    padInfo,
  } = info;
  const [top, left] = [kh - 1 - padInfo.top, kw - 1 - padInfo.left];
  if (dataFormat !== 'NHWC' || !fitsPanels(i) || Math.min(top, left) < 0) return null;
  const out = machine.output(inputShape);
  const work = machine.workspace(
    2 * tf.util.sizeFromShape(inputShape) * kh * kw * o,
    tf.util.sizeFromShape(inputShape) + kh * kw * i * o,
  );
  const bytes = kh * kw * i * o * 4;
  const panels = work.allocate(bytes);
  const { zeros, floor } = nothing(work, i, -Infinity);
  const weights = work.slot(bytes).fetch(machine.address(filter!), bytes);
  for (let tap = 0; tap < kh * kw; tap++)
    packTransposed(
      work,
      weights + tap * i * o * 4,
      panels,
      i,
      o,
      o * 4,
      kh * kw * o,
      (kh * kw - 1 - tap) * o,
    );
  const padded: Padded = {
    tall: info.inHeight + kh - 1,
    wide: info.inWidth + kw - 1,
    top,
    left,
    spread: [strideHeight, strideWidth],
  };
  convolve(
    machine,
    work,
    machine.address(dy!),
    dy!.shape as Shape4,
    padded,
    { kernel: [kh, kw], stride: [1, 1] },
    panels,
    zeros,
    floor,
    machine.address(out),
    inputShape,
  );
  return [out];
};
