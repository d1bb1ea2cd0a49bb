/**
 * The kernels of wasm at geometries drawn at random - sizes that are not square, every number of channels
 * from 1 to 24, strides with rows left over, kernels up to AlexNet's 11 - next to plain double-precision
 * loops that share nothing with them.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseBackend } from '../../src/engine/platform/backend';
import { BATCH_NORM } from '../../src/engine/kernels/shared/batch-norm';
import { kernelTable } from '../../src/engine/backends/kernels/current';
import * as tf from '../../src/engine/tf';
import { expectClose, noise, sizeOf, take } from './support';

beforeAll(() => chooseBackend('wasm'));

const RUNS = 150;
type Shape4 = [number, number, number, number];

/** Channels: as the architectures have them at some width, and everything in between. */
const channels = fc.oneof(fc.integer({ min: 1, max: 24 }), fc.constantFrom(4, 8, 12, 16, 20, 24, 28, 32, 48));
const convolutions = fc
  .record({
    n: fc.integer({ min: 1, max: 5 }),
    h: fc.integer({ min: 1, max: 14 }),
    w: fc.integer({ min: 1, max: 14 }),
    i: channels,
    o: channels,
    kernel: fc.constantFrom(1, 2, 3, 4, 5, 11),
    stride: fc.integer({ min: 1, max: 4 }),
    padding: fc.integer({ min: 0, max: 5 }),
  })
  .filter(({ h, w, kernel, padding }) => padding < kernel && Math.min(h, w) + 2 * padding >= kernel);

interface Geometry {
  n: number;
  h: number;
  w: number;
  i: number;
  o: number;
  kernel: number;
  stride: number;
  padding: number;
}
const outside = ({ h, w, kernel, stride, padding }: Geometry) =>
  [h, w].map((size) => Math.floor((size + 2 * padding - kernel) / stride) + 1) as [number, number];

/** Visits every product of the convolution: flat indices into x, filter and y. */
function eachProduct(g: Geometry, visit: (x: number, filter: number, y: number) => void): void {
  const [rows, columns] = outside(g);
  const { n, h, w, i, o, kernel, stride, padding } = g;
  for (let image = 0; image < n; image++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++)
        for (let a = 0; a < kernel; a++)
          for (let b = 0; b < kernel; b++) {
            const [y, x] = [r * stride + a - padding, c * stride + b - padding];
            if (y < 0 || x < 0 || y >= h || x >= w) continue;
            for (let p = 0; p < i; p++)
              for (let q = 0; q < o; q++)
                visit(
                  ((image * h + y) * w + x) * i + p,
                  ((a * kernel + b) * i + p) * o + q,
                  ((image * rows + r) * columns + c) * o + q,
                );
          }
}

/** Forward and both gradients on the current backend, as they must be. */
function expectRight(g: Geometry): void {
  const [rows, columns] = outside(g);
  const shapes = {
    x: [g.n, g.h, g.w, g.i],
    f: [g.kernel, g.kernel, g.i, g.o],
    b: [g.o],
    dy: [g.n, rows, columns, g.o],
  };
  const data = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, noise(sizeOf(shape), name)]),
  ) as Record<keyof typeof shapes, Float32Array>;
  const y = Float64Array.from({ length: sizeOf(shapes.dy) }, (_, k) => data.b[k % g.o]!);
  const [dx, df] = [new Float64Array(data.x.length), new Float64Array(data.f.length)];
  eachProduct(g, (a, b, c) => {
    y[c]! += data.x[a]! * data.f[b]!;
    dx[a]! += data.dy[c]! * data.f[b]!;
    df[b]! += data.dy[c]! * data.x[a]!;
  });
  const before = tf.memory().numTensors;
  const [x, f, b, dy] = Object.entries(shapes).map(([name, shape]) => tf.tensor(data[name as 'x'], shape));
  expectClose(take(kernelTable().convolution(x!, f!, b!, g, false)), y, 1e-5, 'y');
  expectClose(
    take(kernelTable().convolution(x!, f!, b!, g, true)),
    y.map((v) => Math.max(0, v)),
    1e-5,
    'relu(y)',
  );
  expectClose(take(kernelTable().convolutionInputGradient(dy!, f!, shapes.x, g)), dx, 1e-5, 'dx');
  expectClose(take(kernelTable().convolutionFilterGradient(x!, dy!, shapes.f, g)), df, 1e-5, 'df');
  tf.dispose([x!, f!, b!, dy!]);
  expect(tf.memory().numTensors).toBe(before);
}

describe('convolution on wasm', () => {
  it('is right at any geometry, forward and both gradients', () => {
    fc.assert(fc.property(convolutions, expectRight), { numRuns: RUNS, seed: 1 });
  });

  it.each([
    ['several blocks', { n: 2, h: 80, w: 80, i: 16, o: 8, kernel: 3, stride: 1, padding: 1 }],
    [
      'several blocks, a stride, rows left over',
      { n: 1, h: 101, w: 96, i: 8, o: 12, kernel: 5, stride: 3, padding: 2 },
    ],
    [
      'a block shorter than the kernel',
      { n: 1, h: 9, w: 600, i: 48, o: 4, kernel: 3, stride: 1, padding: 1 },
    ],
    ['AlexNet’s first layer', { n: 2, h: 224, w: 224, i: 1, o: 8, kernel: 11, stride: 4, padding: 2 }],
    [
      'AlexNet’s first layer at an odd width',
      { n: 1, h: 127, w: 127, i: 1, o: 6, kernel: 11, stride: 4, padding: 2 },
    ],
  ])('is right for images larger than what is worked on at a time: %s', (_name, g) => expectRight(g));
});

describe('fully connected layers on wasm', () => {
  it('are right at any size', () => {
    const sizes = fc.record({
      n: fc.integer({ min: 1, max: 37 }),
      i: fc.integer({ min: 1, max: 300 }),
      o: fc.integer({ min: 1, max: 90 }),
    });
    fc.assert(
      fc.property(sizes, ({ n, i, o }) => {
        const [x, w, b, dy] = [noise(n * i, 'x'), noise(i * o, 'w'), noise(o, 'b'), noise(n * o, 'dy')];
        const [y, dx, dw] = [
          Float64Array.from({ length: n * o }, (_, k) => b[k % o]!),
          new Float64Array(n * i),
          new Float64Array(i * o),
        ];
        for (let r = 0; r < n; r++)
          for (let p = 0; p < i; p++)
            for (let q = 0; q < o; q++) {
              y[r * o + q]! += x[r * i + p]! * w[p * o + q]!;
              dx[r * i + p]! += dy[r * o + q]! * w[p * o + q]!;
              dw[p * o + q]! += dy[r * o + q]! * x[r * i + p]!;
            }
        const given = [
          tf.tensor(x, [n, i]),
          tf.tensor(w, [i, o]),
          tf.tensor(b, [o]),
          tf.tensor(dy, [n, o]),
        ] as const;
        expectClose(take(kernelTable().linear(given[0], given[1], given[2])), y, 1e-5, 'y');
        expectClose(take(kernelTable().linearInputGradient(given[3], given[1])), dx, 1e-5, 'dx');
        expectClose(take(kernelTable().linearWeightGradient(given[0], given[3])), dw, 1e-5, 'dw');
        tf.dispose([...given]);
      }),
      { numRuns: 60, seed: 2 },
    );
  });
});

/** Values from a small set, so that ties are common, and now and then no number. */
const tied = (length: number, seed: number, nan: boolean): Float32Array =>
  Float32Array.from({ length }, (_, k) =>
    (k * 7919 + seed * 31 + (k >> 3)) % 29 === 0 && nan ? Number.NaN : ((k * 2654435761 + seed) >>> 7) % 4,
  );

describe('max pooling on wasm', () => {
  it('takes the first of equal maxima and lets NaN through, whatever kernel and stride', () => {
    const pools = fc
      .record({
        n: fc.integer({ min: 1, max: 3 }),
        h: fc.integer({ min: 1, max: 11 }),
        w: fc.integer({ min: 1, max: 11 }),
        c: channels,
        kernel: fc.integer({ min: 1, max: 4 }),
        stride: fc.integer({ min: 1, max: 5 }),
        seed: fc.nat(100),
        nan: fc.boolean(),
      })
      .filter(({ h, w, kernel }) => Math.min(h, w) >= kernel);
    fc.assert(
      fc.property(pools, ({ n, h, w, c, kernel, stride, seed, nan }) => {
        const [rows, columns] = [h, w].map((size) => Math.floor((size - kernel) / stride) + 1) as [
          number,
          number,
        ];
        const x = tied(n * h * w * c, seed, nan);
        const dy = noise(n * rows * columns * c, 'dy');
        const [y, dx] = [new Float64Array(dy.length), new Float64Array(x.length)];
        for (let image = 0; image < n; image++)
          for (let r = 0; r < rows; r++)
            for (let q = 0; q < columns; q++)
              for (let k = 0; k < c; k++) {
                const taps = Array.from(
                  { length: kernel * kernel },
                  (_, t) =>
                    ((image * h + r * stride + Math.floor(t / kernel)) * w + q * stride + (t % kernel)) * c +
                    k,
                );
                // As in PyTorch: the first of the largest, but the last that is no number.
                const broken = taps.findLast((at) => Number.isNaN(x[at]));
                const source = broken ?? taps.reduce((best, at) => (x[at]! > x[best]! ? at : best));
                const out = ((image * rows + r) * columns + q) * c + k;
                y[out] = x[source]!;
                dx[source]! += dy[out]!;
              }
        const given = tf.tensor(x, [n, h, w, c]);
        const gradient = tf.tensor(dy, [n, rows, columns, c]);
        const { y: pooled, kept, gradient: back } = kernelTable().maxPoolTraining(given, { kernel, stride });
        expect(Array.from(take(pooled))).toEqual(Array.from(y));
        expectClose(take(back(gradient)), dx, 1e-6);
        tf.dispose([given, gradient, ...kept]);
      }),
      { numRuns: RUNS, seed: 3 },
    );
  });
});

describe('batch norm and ReLU on wasm', () => {
  it('is right for any number of channels and positions', () => {
    const shapes = fc
      .record({
        n: fc.integer({ min: 1, max: 4 }),
        h: fc.integer({ min: 1, max: 9 }),
        w: fc.integer({ min: 1, max: 9 }),
        c: channels,
      })
      .filter(({ n, h, w }) => n * h * w >= 4); // of two positions the gradient is nothing but rounding
    fc.assert(
      fc.property(shapes, ({ n, h, w, c }) => {
        const shape: Shape4 = [n, h, w, c];
        const count = n * h * w;
        const [x, dy] = [noise(count * c, 'x', 3), noise(count * c, 'dy')];
        const [scale, offset, oldMean, oldVariance] = ['scale', 'offset', 'mean', 'variance'].map((name) =>
          noise(c, name),
        ) as [Float32Array, Float32Array, Float32Array, Float32Array];
        const [y, dx] = [new Float64Array(x.length), new Float64Array(x.length)];
        const [dScale, dOffset, mean, variance, running] = Array.from(
          { length: 5 },
          () => new Float64Array(c),
        );
        for (let k = 0; k < c; k++) {
          const of = (values: ArrayLike<number>, p: number): number => values[p * c + k]!;
          for (let p = 0; p < count; p++) mean![k]! += of(x, p) / count;
          let squares = 0;
          for (let p = 0; p < count; p++) squares += (of(x, p) - mean![k]!) ** 2;
          const inverse = 1 / Math.sqrt(squares / count + BATCH_NORM.epsilon);
          variance![k] =
            (1 - BATCH_NORM.momentum) * oldVariance[k]! + (BATCH_NORM.momentum * squares) / (count - 1);
          running![k] = (1 - BATCH_NORM.momentum) * oldMean[k]! + BATCH_NORM.momentum * mean![k]!;
          const normal = (p: number): number => (of(x, p) - mean![k]!) * inverse;
          const passed = (p: number): number => (normal(p) * scale[k]! + offset[k]! > 0 ? of(dy, p) : 0);
          for (let p = 0; p < count; p++) {
            y[p * c + k] = Math.max(0, normal(p) * scale[k]! + offset[k]!);
            dOffset![k]! += passed(p);
            dScale![k]! += passed(p) * normal(p);
          }
          for (let p = 0; p < count; p++)
            dx[p * c + k] =
              scale[k]! * inverse * (passed(p) - dOffset![k]! / count - (normal(p) * dScale![k]!) / count);
        }
        tf.tidy(() => {
          const given = tf.tensor(x, shape);
          const p = { scale: tf.tensor1d(scale), offset: tf.tensor1d(offset) };
          const out = kernelTable().batchNormRelu(
            given,
            p,
            tf.tensor1d(oldMean),
            tf.tensor1d(oldVariance),
            BATCH_NORM,
          );
          const back = kernelTable().batchNormReluBackward(
            tf.tensor(dy, shape),
            given,
            out.mean,
            out.inverseStd,
            p,
          );
          expectClose(out.y.dataSync(), y, 1e-5, 'y');
          expectClose(out.runningMean.dataSync(), running!, 1e-5, 'running mean');
          expectClose(out.runningVariance.dataSync(), variance!, 1e-5, 'running variance');
          expectClose(back.dx.dataSync(), dx, 1e-4, 'dx');
          expectClose(back.dScale.dataSync(), dScale!, 1e-4, 'dScale');
          expectClose(back.dOffset.dataSync(), dOffset!, 1e-4, 'dOffset');
        });
      }),
      { numRuns: RUNS, seed: 4 },
    );
  });
});
