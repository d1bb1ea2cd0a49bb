/** The reorderings that turn a convolution's gradients into convolutions, as plain loops. */

/** [n, p, c] -> [c, p, n]: batch and channels change places (p: the positions of an image). */
export function swapBatchAndChannels(
  from: Float32Array,
  to: Float32Array,
  batch: number,
  positions: number,
  channels: number,
): void {
  for (let p = 0; p < positions; p++)
    for (let c = 0; c < channels; c++) {
      let source = p * channels + c;
      const target = (c * positions + p) * batch;
      for (let n = 0; n < batch; n++, source += positions * channels) to[target + n] = from[source]!;
    }
}

/** [n, p, c] -> [p, n, c]: the batch moves behind the positions. */
export function batchBehindPositions(
  from: Float32Array,
  to: Float32Array,
  batch: number,
  positions: number,
  channels: number,
): void {
  for (let n = 0; n < batch; n++)
    for (let p = 0; p < positions; p++) {
      const source = (n * positions + p) * channels;
      const target = (p * batch + n) * channels;
      for (let c = 0; c < channels; c++) to[target + c] = from[source + c]!;
    }
}

/** Filter [kh, kw, i, o] -> turned by 180 degrees with inputs and outputs changed over, [kh, kw, o, i]. */
export function turnFilter(
  from: Float32Array,
  to: Float32Array,
  taps: number,
  inputs: number,
  outputs: number,
): void {
  for (let tap = 0; tap < taps; tap++) {
    const source = (taps - 1 - tap) * inputs * outputs;
    const target = tap * inputs * outputs;
    for (let o = 0; o < outputs; o++)
      for (let i = 0; i < inputs; i++) to[target + o * inputs + i] = from[source + i * outputs + o]!;
  }
}

/** The first kh x kw positions of [c, h, w, o] as a filter [kh, kw, c, o]. */
export function toFilter(
  from: Float32Array,
  to: Float32Array,
  height: number,
  width: number,
  kh: number,
  kw: number,
  channels: number,
  outputs: number,
): void {
  let target = 0;
  for (let row = 0; row < kh; row++)
    for (let column = 0; column < kw; column++)
      for (let c = 0; c < channels; c++) {
        const source = ((c * height + row) * width + column) * outputs;
        for (let o = 0; o < outputs; o++) to[target++] = from[source + o]!;
      }
}

/** Spreads [n, h, w, c] over a grid of (h-1)*sh+1 by (w-1)*sw+1 positions with zeros between. */
export function spread(
  from: Float32Array,
  to: Float32Array,
  batch: number,
  height: number,
  width: number,
  channels: number,
  sh: number,
  sw: number,
): void {
  to.fill(0);
  const [tall, wide] = [(height - 1) * sh + 1, (width - 1) * sw + 1];
  let source = 0;
  for (let n = 0; n < batch; n++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const target = ((n * tall + row * sh) * wide + column * sw) * channels;
        for (let c = 0; c < channels; c++) to[target + c] = from[source++]!;
      }
}
