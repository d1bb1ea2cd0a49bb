/** The three convolution kernels, every variant, against sums written out in double precision. */
import { beforeAll, describe, expect, it } from 'vitest';
import { convShape, linearShape, type ConvShape } from '../../../src/engine/kernels/shared/conv-shape';
import { split } from '../../../src/engine/kernels/webgpu/conv-work';
import { convolutionFilterGradient } from '../../../src/engine/kernels/webgpu/convolution-filter-gradient';
import { convolutionForward } from '../../../src/engine/kernels/webgpu/convolution-forward';
import { convolutionInputGradient } from '../../../src/engine/kernels/webgpu/convolution-input-gradient';
import type { Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import * as tf from '../../../src/engine/tf';
import { checked, noise, take, webgpu, worst } from './support';

let device: Gpu;
beforeAll(async () => {
  device = await webgpu();
});

const conv = (
  n: number,
  h: number,
  w: number,
  ci: number,
  co: number,
  k: number,
  stride: number,
  padding: number,
): ConvShape => convShape([n, h, w, ci], [k, k, ci, co], { stride, padding });

const SHAPES: readonly (readonly [string, ConvShape])[] = [
  ['VGG first', conv(2, 12, 12, 1, 8, 3, 1, 1)],
  ['VGG in vectors', conv(3, 9, 7, 8, 16, 3, 1, 1)],
  ['VGG 512 at one position', conv(5, 2, 2, 32, 40, 3, 1, 1)],
  ['more than one tile', conv(2, 12, 12, 16, 72, 3, 1, 1)],
  ['AlexNet 11x11/4', conv(2, 31, 31, 1, 8, 11, 4, 2)],
  ['AlexNet 11x11/4, rows left over, three channels', conv(1, 33, 33, 3, 4, 11, 4, 2)],
  ['AlexNet 5x5', conv(2, 7, 7, 4, 8, 5, 1, 2)],
  ['AlexNet 4x4', conv(3, 6, 6, 8, 12, 4, 1, 1)],
  ['stride 2', conv(4, 9, 8, 8, 8, 3, 2, 1)],
  ['stride 4 without padding', conv(1, 17, 17, 4, 17, 5, 4, 0)],
  ['stride 2, kernel 4, no padding', conv(2, 8, 8, 17, 8, 4, 2, 0)],
  ['odd channels', conv(2, 5, 6, 17, 3, 3, 1, 1)],
  ['one channel each', conv(1, 6, 5, 1, 1, 3, 1, 0)],
  ['3 -> 17', conv(5, 5, 5, 3, 17, 3, 1, 2)],
  ['1x1', conv(2, 4, 4, 8, 4, 1, 1, 0)],
  ['linear', linearShape(5, 64, 32)],
  ['linear, deep', linearShape(8, 520, 40)],
  ['linear to two classes', linearShape(4, 24, 2)],
  ['linear of odd sizes', linearShape(3, 37, 19)],
  ['linear, one row', linearShape(1, 64, 10)],
  ['linear, many rows', linearShape(70, 24, 70)],
];

/** Visits every product of the convolution: indices into x, the filter and y. */
function eachProduct(
  { n, h, w, ci, ho, wo, co, k, stride, padding }: ConvShape,
  visit: (x: number, f: number, y: number) => void,
): void {
  for (let image = 0; image < n; image++)
    for (let oy = 0; oy < ho; oy++)
      for (let ox = 0; ox < wo; ox++)
        for (let ky = 0; ky < k; ky++)
          for (let kx = 0; kx < k; kx++) {
            const [y, x] = [oy * stride + ky - padding, ox * stride + kx - padding];
            if (y < 0 || x < 0 || y >= h || x >= w) continue;
            for (let i = 0; i < ci; i++)
              for (let o = 0; o < co; o++)
                visit(
                  ((image * h + y) * w + x) * ci + i,
                  ((ky * k + kx) * ci + i) * co + o,
                  ((image * ho + oy) * wo + ox) * co + o,
                );
          }
}

describe.each(SHAPES)('%s', (_name, shape) => {
  const { n, h, w, ci, ho, wo, co, k } = shape;
  const [x, f, b, dy] = [
    noise(n * h * w * ci, 'x'),
    noise(k * k * ci * co, 'f'),
    noise(co, 'b'),
    noise(n * ho * wo * co, 'dy'),
  ];
  const expected = {
    y: new Float64Array(dy.length),
    dx: new Float64Array(x.length),
    df: new Float64Array(f.length),
    db: new Float64Array(co),
  };
  expected.y.forEach((_, i) => {
    expected.y[i] = b[i % co]!;
  });
  dy.forEach((g, i) => {
    expected.db[i % co]! += g;
  });
  eachProduct(shape, (i, j, o) => {
    expected.y[o]! += x[i]! * f[j]!;
    expected.dx[i]! += dy[o]! * f[j]!;
    expected.df[j]! += dy[o]! * x[i]!;
  });
  const tensors = () => ({
    x: tf.tensor1d(x),
    filter: tf.tensor1d(f),
    bias: tf.tensor1d(b),
    dy: tf.tensor1d(dy),
  });

  it('forward', async () => {
    const names = convolutionForward.candidates(shape, device.traits).map(({ name }) => name);
    for (const [i, variant] of names.entries()) {
      const relu = i % 2 === 1;
      const y = await checked(device, async () => {
        const given = tensors();
        const out = device.empty([dy.length]);
        convolutionForward.with(variant, () =>
          convolutionForward.run(device, shape, { ...given, y: out, relu }),
        );
        tf.dispose(given);
        return take(out);
      });
      expect(worst(y, relu ? expected.y.map((v) => Math.max(0, v)) : expected.y), variant).toBeLessThan(1e-5);
    }
  });

  it('input gradient', async () => {
    const names = convolutionInputGradient.candidates(shape, device.traits).map(({ name }) => name);
    for (const variant of names) {
      const dx = await checked(device, async () => {
        const given = tensors();
        const out = device.empty([x.length]);
        convolutionInputGradient.with(variant, () =>
          convolutionInputGradient.run(device, shape, { ...given, dx: out }),
        );
        tf.dispose(given);
        return take(out);
      });
      expect(worst(dx, expected.dx), variant).toBeLessThan(1e-5);
    }
  });

  it('filter and bias gradient', async () => {
    const names = convolutionFilterGradient.candidates(shape, device.traits).map(({ name }) => name);
    for (const [i, variant] of names.entries()) {
      const withBias = i % 2 === 0;
      const [df, db] = await checked(device, async () => {
        const given = tensors();
        const [out, sums] = [device.empty([f.length]), withBias ? device.empty([co]) : null];
        convolutionFilterGradient.with(variant, () =>
          convolutionFilterGradient.run(device, shape, { ...given, df: out, db: sums }),
        );
        tf.dispose(given);
        return [await take(out), sums && (await take(sums))] as const;
      });
      expect(worst(df, expected.df), variant).toBeLessThan(1e-5);
      if (db) expect(worst(db, expected.db), variant).toBeLessThan(1e-5);
    }
  });
});

describe('a loop is cut', () => {
  const hardware = {
    software: false,
    subgroups: true,
    workgroupBytes: 32768,
    invocationsPerWorkgroup: 256,
    workgroupsPerDimension: 65535,
    bindingBytes: 2 ** 30,
  };
  it.each([
    [9, 7168, 1, 640],
    [256, 6272, 4, 65536],
    [100_000, 500, 4, 1_000_000],
    [1, 3, 16, 10],
  ])('%i invocations, %i steps', (invocations, steps, shortest, outputs) => {
    const { count, length } = split(invocations, steps, shortest, outputs, hardware);
    // Every step once, no part without any, no more memory for parts than 32 MiB.
    expect(count).toBe(Math.ceil(steps / length));
    expect(count * outputs * 4).toBeLessThanOrEqual(Math.max(32 * 2 ** 20, outputs * 4));
    expect(count > 1).toBe(invocations < 16_384 && steps >= 2 * shortest);
  });
});
