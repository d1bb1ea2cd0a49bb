/** The small passes between the large ones: ReLU and its gradient, dropout, and images to numbers. */
import { NORMALISE } from '../../../core/spectrogram/image';
import { flat, flatIndex, reads, writes, type Gpu, type Operand } from './gpu';
import { Kernel } from './registry';
import { divides4, lane } from './wgsl';

interface Elements {
  readonly count: number;
}

const anyCount = (): string => 'any';
const typed = (count: number) => ({ type: lane(divides4(count)), count: count / (divides4(count) ? 4 : 1) });

/** max(0, x), in place. */
export const relu = new Kernel<Elements, { readonly x: Operand }>('relu', anyCount, [
  {
    name: 'elementwise',
    supports: () => true,
    run(gpu: Gpu, elements, { x }) {
      const { type, count } = typed(elements.count);
      gpu.run({
        label: `relu ${type}`,
        bindings: [writes('x', type, x)],
        sizes: { count },
        workgroups: flat(count),
        code: () => `${flatIndex}
  if (index >= u.count) { return; }
  let value = x[index];
  x[index] = select(value, ${type}(0), value < ${type}(0));
}`,
      });
    },
  },
]);

/** Zero in dy wherever the ReLU's output was not positive, in place. */
export const reluGradient = new Kernel<Elements, { readonly dy: Operand; readonly y: Operand }>(
  'relu-gradient',
  anyCount,
  [
    {
      name: 'elementwise',
      supports: () => true,
      run(gpu: Gpu, elements, { dy, y }) {
        const { type, count } = typed(elements.count);
        gpu.run({
          label: `relu gradient ${type}`,
          bindings: [writes('dy', type, dy), reads('y', type, y)],
          sizes: { count },
          workgroups: flat(count),
          code: () => `${flatIndex}
  if (index >= u.count) { return; }
  dy[index] = select(${type}(0), dy[index], y[index] > ${type}(0));
}`,
        });
      },
    },
  ],
);

/** x times a factor, in place. */
export const scale = new Kernel<Elements, { readonly x: Operand; readonly factor: number }>(
  'scale',
  anyCount,
  [
    {
      name: 'elementwise',
      supports: () => true,
      run(gpu: Gpu, elements, { x, factor }) {
        const { type, count } = typed(elements.count);
        gpu.run({
          label: `scale ${type}`,
          bindings: [writes('x', type, x)],
          sizes: { count },
          values: { factor },
          workgroups: flat(count),
          code: () => `${flatIndex}
  if (index < u.count) { x[index] *= v.factor; }
}`,
        });
      },
    },
  ],
);

/** sum += more, in place. */
export const addTo = new Kernel<Elements, { readonly sum: Operand; readonly more: Operand }>(
  'add-to',
  anyCount,
  [
    {
      name: 'elementwise',
      supports: () => true,
      run(gpu: Gpu, elements, { sum, more }) {
        const { type, count } = typed(elements.count);
        gpu.run({
          label: `add to ${type}`,
          bindings: [writes('sum', type, sum), reads('more', type, more)],
          sizes: { count },
          workgroups: flat(count),
          code: () => `${flatIndex}
  if (index < u.count) { sum[index] += more[index]; }
}`,
        });
      },
    },
  ],
);

export interface DropoutShape extends Elements {
  readonly rate: number;
  /**
   * Of the run's random stream (core/random/streams.ts): two words of key, one of the counter, and its draw
   * for x[0].
   */
  readonly key: readonly [number, number, number];
  readonly start: number;
}

/**
 * x / (1 - rate) where the stream keeps it and 0 elsewhere, in place. Serves both ways: the mask is drawn
 * again. Draw i is word i % 4 of Philox 4x32-10 block i / 4, exactly as `RandomStream.uint32` draws on the
 * host.
 */
export const dropout = new Kernel<DropoutShape, { readonly x: Operand }>('dropout', anyCount, [
  {
    name: 'philox',
    supports: ({ count, start }) => start + count < 2 ** 32,
    run(gpu: Gpu, { count, rate, key: [key0, key1, high], start }, { x }) {
      // Blocks of four draws; the first may begin before x does.
      const [first, ahead] = [Math.floor(start / 4), start % 4];
      const blocks = Math.ceil((ahead + count) / 4);
      gpu.run({
        label: 'dropout',
        bindings: [writes('x', 'f32', x)],
        sizes: { count },
        values: { kept: 1 / (1 - rate) },
        words: { key0, key1, high, first, ahead, threshold: Math.min(0xffffffff, Math.ceil(rate * 2 ** 32)) },
        workgroups: flat(blocks),
        code: () => `
fn highWord(a: u32, b: u32) -> u32 {
  let al = a & 0xffffu; let ah = a >> 16u; let bl = b & 0xffffu; let bh = b >> 16u;
  let middle = ah * bl + ((al * bl) >> 16u);
  let carry = al * bh + (middle & 0xffffu);
  return ah * bh + (middle >> 16u) + (carry >> 16u);
}
${flatIndex}
  if (index * 4u >= v.ahead + u.count) { return; }
  var c = vec4u(v.first + index, 0u, v.high, 0u);
  var k = vec2u(v.key0, v.key1);
  for (var round = 0; round < 10; round++) {
    c = vec4u(highWord(0xcd9e8d57u, c.z) ^ c.y ^ k.x, c.z * 0xcd9e8d57u, highWord(0xd2511f53u, c.x) ^ c.w ^ k.y, c.x * 0xd2511f53u);
    k += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  for (var i = 0u; i < 4u; i++) {
    let at = index * 4u + i - v.ahead; // below zero: very large
    if (at < u.count) { x[at] = select(0f, x[at] * v.kept, c[i] >= v.threshold); }
  }
}`,
      });
    },
  },
]);

export interface ImageOperands {
  /** Grey levels, four to a word, lowest byte first. */
  readonly pixels: Operand;
  readonly table: Operand;
  readonly x: Operand;
}

/**
 * Grey levels to the numbers a model is given, by the table that the host uses, too. `count` is padded to a
 * multiple of 4.
 */
export const images = new Kernel<Elements, ImageOperands>('images', anyCount, [
  {
    name: 'table',
    supports: () => true,
    run(gpu: Gpu, { count }, { pixels, table, x }) {
      gpu.run({
        label: 'images',
        bindings: [reads('pixels', 'u32', pixels), reads('table', 'f32', table), writes('x', 'f32', x)],
        sizes: { count, words: Math.ceil(count / 4) },
        workgroups: flat(Math.ceil(count / 4)),
        code: () => `${flatIndex}
  if (index >= u.words) { return; }
  let word = pixels[index];
  for (var i = 0u; i < 4u; i++) {
    if (index * 4u + i < u.count) { x[index * 4u + i] = table[(word >> (8u * i)) & 255u]; }
  }
}`,
      });
    },
  },
]);

/** The table of {@link images}. */
export const greyLevels = (): Float32Array => Float32Array.from(NORMALISE);
