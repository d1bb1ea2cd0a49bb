/** Max pooling without padding, channels last, remembering where each maximum came from. */

export interface PoolGeometry {
  readonly kernel: number;
  readonly stride: number;
}

type Shape4 = readonly [number, number, number, number];

/**
 * @param source flat index into x of each maximum; the first one on a tie, as in PyTorch
 * @param from shape of x, [n, h, w, c]
 * @param to shape of y
 */
export function maxPool(
  x: Float32Array,
  y: Float32Array,
  source: Int32Array,
  from: Shape4,
  to: Shape4,
  { kernel, stride }: PoolGeometry,
): void {
  const [, height, width, channels] = from;
  const [batch, rows, columns] = to;
  let out = 0;
  for (let n = 0; n < batch; n++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const corner = ((n * height + row * stride) * width + column * stride) * channels;
        for (let c = 0; c < channels; c++) {
          y[out + c] = x[corner + c]!;
          source[out + c] = corner + c;
        }
        for (let tap = 1; tap < kernel * kernel; tap++) {
          const at = corner + (Math.floor(tap / kernel) * width + (tap % kernel)) * channels;
          for (let c = 0; c < channels; c++) {
            const value = x[at + c]!;
            if (value > y[out + c]! || value !== value) {
              y[out + c] = value;
              source[out + c] = at + c;
            }
          }
        }
        out += channels;
      }
    }
  }
}

/** Adds every dy to the position its maximum came from; overlapping windows add up. */
export function maxPoolBackward(dy: Float32Array, source: Int32Array, dx: Float32Array): void {
  dx.fill(0);
  for (let i = 0; i < dy.length; i++) {
    const at = source[i]!;
    dx[at] = dx[at]! + dy[i]!;
  }
}
