/**
 * Batch norm + ReLU + max pooling in one block, and max pooling alone, every variant, against
 * double-precision loops.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { batchNormBackward } from '../../../src/engine/kernels/webgpu/batch-norm-backward';
import { batchNormStatistics } from '../../../src/engine/kernels/webgpu/batch-norm-statistics';
import type { Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import { normBackward, normForward, maxPooled, poolGradient } from '../../../src/engine/kernels/webgpu/ops';
import * as tf from '../../../src/engine/tf';
import { checked, noise, take, webgpu, worst } from './support';

let device: Gpu;
beforeAll(async () => {
  device = await webgpu();
});

const EPSILON = 1e-5;
const MOMENTUM = 0.1;

interface Case {
  readonly shape: readonly [n: number, h: number, w: number, c: number];
  readonly pool: number;
  /** Added to every value. */
  readonly shift?: number;
}

/** Windows of a pooling: for every output the positions it looks at, in order. */
function windows(
  [n, h, w, c]: readonly [number, number, number, number],
  kernel: number,
  stride: number,
): number[][] {
  const [ho, wo] = [Math.floor((h - kernel) / stride) + 1, Math.floor((w - kernel) / stride) + 1];
  const out: number[][] = [];
  for (let b = 0; b < n; b++)
    for (let y = 0; y < ho; y++)
      for (let x = 0; x < wo; x++)
        for (let k = 0; k < c; k++)
          out.push(
            Array.from(
              { length: kernel * kernel },
              (_, t) =>
                ((b * h + y * stride + Math.floor(t / kernel)) * w + x * stride + (t % kernel)) * c + k,
            ),
          );
  return out;
}

/** The whole block in double precision. */
function reference({ shape, pool: side, shift = 0 }: Case) {
  const c = shape[3];
  const z = noise(
    shape.reduce((a, b) => a * b),
    'z',
  ).map((v) => v + shift);
  const [scale, offset, runningMean, runningVariance] = ['scale', 'offset', 'mean', 'variance'].map((name) =>
    noise(c, name),
  );
  const count = z.length / c;
  const mean = new Float64Array(c);
  const variance = new Float64Array(c);
  z.forEach((v, i) => {
    mean[i % c]! += v / count;
  });
  z.forEach((v, i) => {
    variance[i % c]! += (v - mean[i % c]!) ** 2 / count;
  });
  const inverse = variance.map((v) => 1 / Math.sqrt(v + EPSILON));
  const normal = Float64Array.from(z, (v, i) => (v - mean[i % c]!) * inverse[i % c]!);
  const active = normal.map((v, i) => Math.max(0, v * scale![i % c]! + offset![i % c]!));
  const looks = windows(shape, side, side);
  const best = looks.map((window) => window.reduce((a, b) => (active[b]! > active[a]! ? b : a)));
  const dy = noise(looks.length, 'dy');
  const g = new Float64Array(z.length);
  best.forEach((at, i) => {
    if (active[at]! > 0) g[at]! += dy[i]!;
  });
  const [dScale, dOffset] = [new Float64Array(c), new Float64Array(c)];
  g.forEach((v, i) => {
    dOffset[i % c]! += v;
    dScale[i % c]! += v * normal[i]!;
  });
  return {
    z,
    scale: scale!,
    offset: offset!,
    runningMean: runningMean!,
    runningVariance: runningVariance!,
    dy,
    dScale,
    dOffset,
    y: best.map((at) => active[at]!),
    dz: g.map(
      (v, i) =>
        scale![i % c]! *
        inverse[i % c]! *
        (v - dOffset[i % c]! / count - (normal[i]! * dScale[i % c]!) / count),
    ),
    newMean: mean.map((m, i) => (1 - MOMENTUM) * runningMean![i]! + MOMENTUM * m),
    newVariance: variance.map(
      (v, i) => (1 - MOMENTUM) * runningVariance![i]! + (MOMENTUM * v * count) / Math.max(1, count - 1),
    ),
  };
}

const CASES: readonly (readonly [string, Case])[] = [
  ['pooled by 2', { shape: [3, 8, 6, 8], pool: 2 }],
  ['pooled by 2, odd sides', { shape: [2, 7, 5, 4], pool: 2 }],
  ['not pooled', { shape: [4, 5, 3, 12], pool: 1 }],
  ['odd channels', { shape: [2, 6, 6, 17], pool: 2 }],
  ['one channel', { shape: [5, 4, 4, 1], pool: 1 }],
  ['pooled by 3', { shape: [1, 10, 9, 3], pool: 3 }],
  ['many positions', { shape: [2, 40, 40, 4], pool: 2 }],
  ['one position an image', { shape: [6, 1, 1, 8], pool: 1 }],
  ['a mean a thousand deviations away', { shape: [4, 8, 8, 4], pool: 1, shift: 1000 }],
];

describe.each(CASES)('batch norm + ReLU + pooling, %s', (_name, one) => {
  it.each(['serial', 'workgroup', 'subgroups'])('%s', async (variant) => {
    const e = reference(one);
    const far = (one.shift ?? 0) > 0;
    await checked(device, async () => {
      const t = {
        z: tf.tensor(e.z, [...one.shape]),
        dy: tf.tensor1d(e.dy),
        mean: tf.tensor1d(e.runningMean),
        variance: tf.tensor1d(e.runningVariance),
      };
      const affine = { scale: tf.tensor1d(e.scale), offset: tf.tensor1d(e.offset) };
      const { y, statistics } = batchNormStatistics.with(variant, () =>
        normForward(t.z, affine, t, { epsilon: EPSILON, momentum: MOMENTUM, pool: one.pool }),
      );
      const back = batchNormBackward.with(variant, () =>
        normBackward(t.z, t.dy, statistics, affine, one.pool),
      );
      expect(worst(await take(y), e.y)).toBeLessThan(far ? 2e-4 : 1e-5);
      expect(worst(await take(t.mean), e.newMean)).toBeLessThan(1e-5);
      expect(worst(await take(t.variance), e.newVariance)).toBeLessThan(1e-5);
      expect(worst(await take(back.dz), e.dz)).toBeLessThan(far ? 1e-3 : 2e-5);
      expect(worst(await take(back.dScale), e.dScale)).toBeLessThan(far ? 1e-3 : 1e-5);
      expect(worst(await take(back.dOffset), e.dOffset)).toBeLessThan(1e-5);
      tf.dispose([t.z, t.dy, affine.scale, affine.offset, statistics]);
    });
  });
});

it('a constant channel stays finite, and NaN is let through', async () => {
  await checked(device, async () => {
    const affine = { scale: tf.ones([4]), offset: tf.tensor1d([0.5, 0.5, 0.5, 0.5]) };
    for (const [value, expected] of [
      [7, 0.5],
      [Number.NaN, Number.NaN],
    ] as const) {
      const z = tf.tensor(new Float32Array(72).fill(value), [2, 3, 3, 4]);
      const running = { mean: tf.zeros([4]), variance: tf.ones([4]) };
      const { y, statistics } = normForward(z, affine, running, {
        epsilon: EPSILON,
        momentum: MOMENTUM,
        pool: 1,
      });
      expect([...(await take(y))]).toEqual(Array.from({ length: 72 }, () => expected));
      tf.dispose([z, statistics, running.mean, running.variance]);
    }
    tf.dispose([affine.scale, affine.offset]);
  });
});

describe.each([
  ['in vectors', 8],
  ['odd channels', 3],
] as const)('max pooling, %s', (_name, c) => {
  it.each([
    [2, 2, 8, 8],
    [2, 2, 7, 9],
    [3, 2, 9, 9],
    [3, 2, 8, 10],
    [3, 1, 5, 4],
    [2, 3, 8, 7],
  ])('kernel %i, stride %i, %i x %i', async (kernel, stride, h, w) => {
    const shape = [2, h, w, c] as const;
    // Few different values, so that there are ties: the first of them gets the gradient.
    const x = noise(2 * h * w * c, 'x').map((v) => Math.round(v));
    const looks = windows(shape, kernel, stride);
    const best = looks.map((window) => window.reduce((a, b) => (x[b]! > x[a]! ? b : a)));
    const dy = noise(best.length, 'dy');
    const dx = new Float64Array(x.length);
    best.forEach((at, i) => {
      dx[at]! += dy[i]!;
    });
    await checked(device, async () => {
      const given = { x: tf.tensor(x, [...shape]), dy: tf.tensor1d(dy) };
      const { y, taps } = maxPooled(given.x, { kernel, stride }, true);
      const inference = maxPooled(given.x, { kernel, stride }, false);
      const gradient = poolGradient(given.dy, taps!, shape, { kernel, stride });
      expect([...(await take(y))]).toEqual(best.map((at) => x[at]!));
      expect([...(await take(inference.y))]).toEqual(best.map((at) => x[at]!));
      expect(worst(await take(gradient), dx)).toBeLessThan(1e-6);
      tf.dispose([given.x, given.dy, taps!]);
    });
  });
});
