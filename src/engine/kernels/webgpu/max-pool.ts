/**
 * Max pooling of any overlap without padding. Forward keeps which tap each maximum came from, a byte a
 * channel; backward gathers, for every input position, from the windows that cover it. Pooling behind batch
 * norm: batch-norm-forward.ts.
 */
import { outputSize } from '../../../core/model/graph';
import { flat, flatIndex, reads, writes, type Gpu, type Operand } from './gpu';
import { Kernel } from './registry';
import { XYZW, divides4, every, lane, unroll } from './wgsl';

export interface PoolShape {
  /** x, [n, h, w, c]. */
  readonly n: number;
  readonly h: number;
  readonly w: number;
  readonly c: number;
  readonly kernel: number;
  readonly stride: number;
}

export interface PoolOperands {
  readonly x: Operand;
  readonly y: Operand;
  /**
   * Taps of the maxima, the first one on a tie, packed as {@link tapWords} says; null where no backward
   * follows.
   */
  readonly taps: Operand | null;
}

export interface PoolGradientOperands {
  readonly dy: Operand;
  readonly taps: Operand;
  readonly dx: Operand;
}

export const pooled = ({ h, w, kernel, stride }: PoolShape) => ({
  ho: outputSize(h, kernel, stride),
  wo: outputSize(w, kernel, stride),
});

/** How many 32-bit words hold the taps: four channels share one where they come in fours. */
export const tapWords = (shape: PoolShape): number => {
  const { ho, wo } = pooled(shape);
  return (shape.n * ho * wo * shape.c) / (divides4(shape.c) ? 4 : 1);
};

const poolClass = ({ h, w, c, kernel, stride }: PoolShape): string => `${h}x${w}x${c} k${kernel} s${stride}`;

function sizes(shape: PoolShape) {
  const vector = divides4(shape.c);
  return { vector, type: lane(vector), c: shape.c / (vector ? 4 : 1), ...pooled(shape) };
}

export const maxPool = new Kernel<PoolShape, PoolOperands>('max-pool', poolClass, [
  {
    name: 'elementwise',
    supports: () => true,
    run(gpu: Gpu, shape, { x, y, taps }) {
      const { vector, type, c, ho, wo } = sizes(shape);
      const { n, h, w, kernel, stride } = shape;
      const count = n * ho * wo * c;
      const whole = vector ? 'vec4u' : 'u32';
      gpu.run({
        label: `max pool ${kernel} ${type}${taps ? ' taps' : ''}`,
        bindings: [reads('x', type, x), writes('y', type, y), ...(taps ? [writes('taps', 'u32', taps)] : [])],
        sizes: { h, w, c, ho, wo, stride, count },
        workgroups: flat(count),
        code: () => `${flatIndex}
  if (index >= u.count) { return; }
  let place = index / u.c;
  let channel = index - place * u.c;
  let line = place / u.wo;
  let left = (place - line * u.wo) * u.stride;
  let image = line / u.ho;
  let top = (line - image * u.ho) * u.stride;
  let corner = ((image * u.h + top) * u.w + left) * u.c + channel;
  var best = x[corner];
  var tap = ${whole}(0);
${unroll(
  kernel * kernel - 1,
  (i) => `  { let next = x[corner + (${Math.floor((i + 1) / kernel)}u * u.w + ${(i + 1) % kernel}u) * u.c];
    let stays = next <= best;
    best = select(next, best, stays);
    tap = select(${whole}(${i + 1}), tap, stays); }`,
)}
  y[index] = best;
  ${taps ? `taps[index] = ${vector ? 'tap.x | (tap.y << 8u) | (tap.z << 16u) | (tap.w << 24u)' : 'tap'};` : ''}
}`,
      });
    },
  },
]);

export const maxPoolGradient = new Kernel<PoolShape, PoolGradientOperands>('max-pool-gradient', poolClass, [
  {
    name: 'gather',
    supports: () => true,
    run(gpu: Gpu, shape, { dy, taps, dx }) {
      const { vector, type, c, ho, wo } = sizes(shape);
      const { n, h, w, kernel, stride } = shape;
      const count = n * h * w * c;
      // A position is covered by at most this many windows along a side.
      const most = Math.ceil(kernel / stride);
      gpu.run({
        label: `max pool gradient ${kernel}/${most} ${type}`,
        bindings: [reads('dy', type, dy), reads('taps', 'u32', taps), writes('dx', type, dx)],
        sizes: { h, w, c, ho, wo, stride, count },
        workgroups: flat(count),
        code: () => `${flatIndex}
  if (index >= u.count) { return; }
  let place = index / u.c;
  let channel = index - place * u.c;
  let line = place / u.w;
  let x = place - line * u.w;
  let image = line / u.h;
  let y = line - image * u.h;
  let lastRow = y / u.stride;
  let lastColumn = x / u.stride;
  var sum = ${type}(0);
${unroll(
  most * most,
  (i) => `  {
    let row = lastRow - ${Math.floor(i / most)}u;
    let column = lastColumn - ${i % most}u;
    let ky = y - row * u.stride;
    let kx = x - column * u.stride;
    let inside = ${every('row < u.ho', 'column < u.wo', `ky < ${kernel}u`, `kx < ${kernel}u`)};
    let at = ((image * u.ho + row) * u.wo + column) * u.c + channel;
    let tap = ky * ${kernel}u + kx;
    let word = taps[at];
    let mine = ${vector ? `vec4<bool>(${XYZW.map((_, e) => `((word >> ${8 * e}u) & 255u) == tap`).join(', ')}) & vec4<bool>(inside)` : `(word == tap) & inside`};
    sum += select(${type}(0), dy[at], mine);
  }`,
)}
  dx[index] = sum;
}`,
      });
    },
  },
]);
