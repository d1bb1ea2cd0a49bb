/**
 * The gradient of a convolution's filter: for every tap and pair of channels, the sum over positions of x
 * times dy. So that positions are neighbours in memory, x is turned into one plane a channel and dy into
 * panels of output channels. Where rows are short, several images lie side by side: a row of `together` x
 * width positions is one run. Returns null for numbers of output channels that do not come in fours; then the
 * plain kernel takes over (convolution.ts).
 */
import * as tf from '../../tf';
import type { Shape4 } from './convolve';
import { begin, fillTable, fitsPanels, nothing, pack, tableBytes } from './product';
import type { SimdKernel } from './simd';
import type { Workspace } from './workspace';

/** Positions whose dy is packed at a time: a panel of them stays in the first-level cache. */
const POSITIONS = 256;
/** A run should not be shorter. */
const RUN = 64;
/** Channels that are turned over at a time: a cache line of them. */
const LINE = 16;

/** Bytes of a plane, rounded so that planes do not fall on the same cache sets: an odd number of lines. */
const planeBytes = (bytes: number): number => (Math.ceil(bytes / 64) | 1) * 64;

export const filterGradient: SimdKernel = (machine, [x, dy], attributes) => {
  const { filterShape, strides, pad, dataFormat, dimRoundingMode } =
    attributes as unknown as tf.Conv2DBackpropFilterAttrs;
  const info = tf.backend_util.computeConv2DInfo(
    x!.shape as Shape4,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const {
    batchSize: n,
    inChannels: c,
    outHeight,
    outWidth,
    outChannels: o,
    filterHeight: kh,
    filterWidth: kw,
    strideHeight,
    strideWidth,
  } = info;
  if (dataFormat !== 'NHWC' || !fitsPanels(o)) return null;
  const { top, left, bottom, right } = info.padInfo;
  const [tall, wide] = [top + info.inHeight + bottom, left + info.inWidth + right];
  // Side by side only where neighbouring outputs read neighbouring inputs.
  const groups = strideWidth === 1 ? Math.ceil(n / Math.ceil(RUN / outWidth)) : n;
  const most = Math.ceil(n / groups);
  const rowsAtOnce = Math.min(outHeight, Math.max(1, Math.floor(POSITIONS / (outWidth * most))));
  const plane = planeBytes(tall * wide * most * 4);
  const out = machine.output(filterShape);
  const work = machine.workspace(
    2 * tf.util.sizeFromShape(dy!.shape) * kh * kw * c,
    tf.util.sizeFromShape(dy!.shape) + tf.util.sizeFromShape(x!.shape) + kh * kw * c * o,
  );
  const layers = Array.from({ length: work.buffers }, () => ({
    planes: work.allocate(c * plane),
    laidFor: 0,
  }));
  const tables = [...new Set([most, n % most || most])].map((together) => ({
    together,
    address: work.allocate(tableBytes(kh * kw * c)),
  }));
  for (const { together, address } of tables)
    fillTable(
      work,
      address,
      kh * kw * c,
      filterRows(
        kh * kw,
        c,
        (channel, tap) => channel * plane + (Math.floor(tap / kw) * wide + (tap % kw)) * together * 4,
      ),
      filterRows(kh * kw, c, (channel, tap) => (tap * c + channel) * o * 4),
    );
  const packed = Array.from({ length: work.buffers }, () =>
    work.allocate(rowsAtOnce * outWidth * most * o * 4),
  );
  const { zeros, floor } = nothing(work, o, -Infinity);
  const [imageBytes, rowBytes] = [info.inHeight * info.inWidth * c * 4, outWidth * o * 4];
  const [images, gradients, sums] = [
    work.slot(imageBytes),
    work.slot(rowsAtOnce * rowBytes),
    work.slot(kh * kw * c * o * 4),
  ];
  const pieces: { readonly image: number; readonly row: number }[] = [];
  for (let image = 0; image < n; image += most)
    for (let row = 0; row < outHeight; row += rowsAtOnce) pieces.push({ image, row });
  const layerOf = (image: number) => layers[(image / most) % layers.length]!;
  const prepare = (index: number): void => {
    const { image, row } = pieces[index]!;
    const together = Math.min(most, n - image);
    const layer = layerOf(image);
    const { planes } = layer;
    if (row === 0 && together !== layer.laidFor) {
      work.floats().fill(0, planes / 4, (planes + c * plane) / 4);
      layer.laidFor = together;
    }
    const positions = Math.min(rowsAtOnce, outHeight - row) * outWidth;
    for (let k = 0; k < together; k++) {
      if (row === 0)
        layPlanes(
          work,
          images.fetch(machine.address(x!) + (image + k) * imageBytes, imageBytes),
          x!.shape as Shape4,
          planes + ((top * wide + left) * together + k) * 4,
          plane,
          wide,
          together,
        );
      const from = gradients.fetch(
        machine.address(dy!) + ((image + k) * outHeight + row) * rowBytes,
        positions * o * 4,
      );
      pack(
        work,
        from,
        packed[index % packed.length]!,
        o,
        positions,
        o * 4,
        positions * together,
        k,
        together,
      );
    }
  };
  const step = strideWidth * 4;
  prepare(0);
  pieces.forEach(({ image, row }, index) => {
    const { planes } = layerOf(image);
    const together = Math.min(most, n - image);
    begin(work, {
      table: tables.find((table) => table.together === together)!.address,
      rows: kh * kw * c,
      left: planes + row * strideHeight * wide * together * 4,
      segments: Math.min(rowsAtOnce, outHeight - row),
      run: outWidth * together,
      step,
      skip: strideHeight * wide * together * 4 - outWidth * together * step,
      panels: packed[index % packed.length]!,
      columns: o,
      out: sums.target(machine.address(out)),
      bias: index === 0 ? zeros : null,
      floor,
    });
    // While others compute, the next piece is made ready.
    if (index + 1 < pieces.length) prepare(index + 1);
    work.finish();
  });
  sums.store(machine.address(out), kh * kw * c * o * 4);
  return [out];
};

/**
 * Rows in the order in which tiles take them: two channels at one tap after the other, so that their planes
 * stay near.
 */
function filterRows(taps: number, channels: number, entry: (channel: number, tap: number) => number) {
  const whole = channels - (channels % 2);
  return (row: number): number => {
    const pair = Math.floor(row / (2 * taps)) * 2;
    return pair < whole
      ? entry(pair + (row % 2), Math.floor((row % (2 * taps)) / 2))
      : entry(whole, row - whole * taps);
  };
}

/** The channels of the image at `x` into their planes; `to` is where its first pixel goes. */
function layPlanes(
  work: Workspace,
  x: number,
  [, h, w, c]: Shape4,
  to: number,
  plane: number,
  wide: number,
  together: number,
): void {
  for (let row = 0; row < h; row++)
    for (let first = 0; first < c; first += LINE)
      work.run.transpose(
        x + (row * w * c + first) * 4,
        to + first * plane + row * wide * together * 4,
        w,
        Math.min(LINE, c - first),
        c * 4,
        together * 4,
        plane,
      );
}
