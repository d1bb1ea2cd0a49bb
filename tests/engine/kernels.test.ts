import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { describe, expect, it } from 'vitest';
import { outputSize } from '../../src/core/model/graph';
import { BATCH_NORM } from '../../src/engine/kernels/shared/batch-norm';
import { kernelTable } from '../../src/engine/backends/kernels/current';
import { hasSimdKernels } from '../../src/engine/kernels/wasm/simd';
import {
  composedBatchNormRelu,
  composedBatchNormReluBackward,
} from '../../src/engine/kernels/stock/batch-norm';
import { composedFilterGradient } from '../../src/engine/kernels/stock/filter-gradient';
import * as tf from '../../src/engine/tf';
import { BACKENDS, constant, expectClose, on, randomTensor, scoped, take } from './support';

/** Value and gradients of sum(dy * fn(inputs)) by TensorFlow.js' own tape on its own cpu kernels. */
function autodiff(
  fn: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly { shape: number[]; name: string }[],
) {
  return on('cpu', () =>
    scoped(() => {
      const given = inputs.map(({ shape, name }) => randomTensor(shape, name));
      const y = fn(...given);
      const dy = randomTensor(y.shape, 'dy');
      const gradients = tf.grads((...x: tf.Tensor[]) => tf.sum(tf.mul(fn(...x), dy)))(given);
      return { y: y.dataSync(), yShape: y.shape, gradients: gradients.map((g) => g.dataSync()) };
    }),
  );
}

const CONVOLUTIONS = [
  // name, batch, size, in, out, kernel, stride, padding
  ['VGG first', 2, 10, 1, 4, 3, 1, 1],
  ['VGG middle', 3, 6, 5, 7, 3, 1, 1],
  ['VGG last at 64 pixels', 4, 4, 8, 8, 3, 1, 1],
  ['one position', 2, 1, 4, 3, 3, 1, 1],
  ['AlexNet 11x11/4', 2, 31, 1, 4, 11, 4, 2],
  ['AlexNet 11x11/4, rows left over', 2, 33, 3, 4, 11, 4, 2],
  ['AlexNet 5x5', 2, 7, 4, 6, 5, 1, 2],
  ['AlexNet 4x4', 2, 6, 4, 5, 4, 1, 1],
  ['no padding', 2, 7, 3, 4, 3, 1, 0],
  ['stride 2, many rows left over', 2, 12, 2, 3, 5, 4, 0],
  ['1x1', 2, 4, 3, 5, 1, 1, 0],
  ['SIMD-sized', 2, 8, 16, 32, 3, 1, 1],
  ['several images a block, then a rest', 5, 4, 64, 64, 3, 1, 1],
  ['several blocks an image', 1, 64, 8, 16, 3, 1, 1],
  ['first layer in eights', 2, 31, 1, 16, 11, 4, 2],
  ['wide and odd', 1, 5, 13, 19, 3, 1, 1],
  ['one image', 1, 8, 8, 16, 3, 1, 1],
] as const;

describe.each(BACKENDS)('convolution on %s', (backend) => {
  it.each(CONVOLUTIONS)(
    '%s: forward and both gradients',
    async (_name, n, size, i, o, kernel, stride, padding) => {
      const shapes = [
        { shape: [n, size, size, i], name: 'x' },
        { shape: [kernel, kernel, i, o], name: 'f' },
        { shape: [o], name: 'b' },
      ];
      const fn = (x: tf.Tensor, f: tf.Tensor, b: tf.Tensor): tf.Tensor =>
        tf.add(tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, stride, padding), b);
      const expected = await autodiff(fn, shapes);
      expect(expected.yShape).toEqual([
        n,
        outputSize(size, kernel, stride, padding),
        outputSize(size, kernel, stride, padding),
        o,
      ]);
      await on(backend, () => {
        const before = tf.memory().numTensors;
        const [x, f, b] = shapes.map(({ shape, name }) => randomTensor(shape, name));
        const dy = randomTensor(expected.yShape, 'dy');
        const geometry = { stride, padding };
        expectClose(take(kernelTable().convolution(x!, f!, b!, geometry, false)), expected.y, 1e-5, 'y');
        expectClose(
          take(kernelTable().convolution(x!, f!, b!, geometry, true)),
          expected.y.map((v) => Math.max(0, v)),
          1e-5,
          'relu(y)',
        );
        expectClose(
          take(kernelTable().convolutionInputGradient(dy, f!, x!.shape, geometry)),
          expected.gradients[0]!,
          1e-5,
          'dx',
        );
        expectClose(
          take(kernelTable().convolutionFilterGradient(x!, dy, f!.shape, geometry)),
          expected.gradients[1]!,
          1e-5,
          'df',
        );
        expectClose(
          take(composedFilterGradient(x!, dy, f!.shape, geometry)),
          expected.gradients[1]!,
          1e-5,
          'df, composed',
        );
        expectClose(take(kernelTable().channelSum(dy)), expected.gradients[2]!, 1e-5, 'db');
        tf.dispose([x!, f!, b!, dy]);
        expect(tf.memory().numTensors).toBe(before);
      });
    },
  );

  it('differentiates what finite differences see', async () => {
    await on(backend, () => {
      const x = randomTensor([2, 5, 5, 2], 'x');
      const dy = randomTensor([2, 3, 3, 3], 'dy');
      const values = randomTensor([3, 3, 2, 3], 'f');
      const f = values.dataSync() as Float32Array;
      const geometry = { stride: 2, padding: 1 };
      const bias = tf.zeros([3]);
      const objective = (data: Float32Array): number => {
        const filter = tf.tensor(data, [3, 3, 2, 3]);
        const y = take(kernelTable().convolution(x, filter, bias, geometry, false));
        filter.dispose();
        return y.reduce((sum, v, i) => sum + v * (dy.dataSync()[i] ?? 0), 0);
      };
      const gradient = take(kernelTable().convolutionFilterGradient(x, dy, [3, 3, 2, 3], geometry));
      const h = 0.125; // linear in the filter, so a wide step costs nothing and keeps float32 noise away
      const numeric = f.map(
        (_, k) => (objective(f.with(k, f[k]! + h)) - objective(f.with(k, f[k]! - h))) / (2 * h),
      );
      expectClose(gradient, numeric, 1e-4);
      tf.dispose([x, dy, values, bias]);
    });
  });
});

describe.each(
  BACKENDS.flatMap(
    (b) =>
      [
        [b, 6],
        [b, 8],
      ] as const,
  ),
)('batch norm + ReLU on %s with %i channels', (backend, channels) => {
  const shape = [3, 4, 5, channels];
  const moments = (x: tf.Tensor): { mean: tf.Tensor; variance: tf.Tensor } => {
    const mean = tf.mean(x, [0, 1, 2]);
    return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), [0, 1, 2]) };
  };
  const fn = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor => {
    const { mean, variance } = moments(x);
    return tf.relu(tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), scale), offset));
  };
  const inputs = [
    { shape, name: 'x' },
    { shape: [channels], name: 'scale' },
    { shape: [channels], name: 'offset' },
  ];

  it.each(['in one pass', 'composed'] as const)(
    'forward, gradients and running statistics (%s)',
    async (which) => {
      const expected = await autodiff(fn, inputs);
      await on(backend, () => {
        const before = tf.memory().numTensors;
        const [x, scale, offset] = inputs.map((i) => randomTensor(i.shape, i.name));
        const [runningMean, runningVariance] = [
          randomTensor([channels], 'rm'),
          randomTensor([channels], 'rv'),
        ];
        const dy = randomTensor(shape, 'dy');
        const p = { scale: scale!, offset: offset! };
        const out =
          which === 'composed'
            ? composedBatchNormRelu(x!, p, runningMean, runningVariance, { epsilon: 1e-5, momentum: 0.1 })
            : kernelTable().batchNormRelu(x!, p, runningMean, runningVariance, BATCH_NORM);
        const back =
          which === 'composed'
            ? composedBatchNormReluBackward(dy, x!, out.mean, out.inverseStd, p)
            : kernelTable().batchNormReluBackward(dy, x!, out.mean, out.inverseStd, p);
        expectClose(out.y.dataSync(), expected.y, 1e-5, 'y');
        expectClose(back.dx.dataSync(), expected.gradients[0]!, 1e-5, 'dx');
        expectClose(back.dScale.dataSync(), expected.gradients[1]!, 1e-5, 'dScale');
        expectClose(back.dOffset.dataSync(), expected.gradients[2]!, 1e-5, 'dOffset');
        // Running statistics by hand: 0.9 old + 0.1 new, the variance unbiased.
        const data = x!.dataSync() as Float32Array;
        const [oldMean, oldVariance] = [runningMean.dataSync(), runningVariance.dataSync()];
        for (let c = 0; c < channels; c++) {
          const channel = data.filter((_, i) => i % channels === c);
          const mean = channel.reduce((a, b) => a + b, 0) / channel.length;
          const unbiased = channel.reduce((a, b) => a + (b - mean) ** 2, 0) / (channel.length - 1);
          expect(out.runningMean.dataSync()[c]).toBeCloseTo(0.9 * oldMean[c]! + 0.1 * mean, 5);
          expect(out.runningVariance.dataSync()[c]).toBeCloseTo(0.9 * oldVariance[c]! + 0.1 * unbiased, 5);
        }
        tf.dispose([
          x!,
          scale!,
          offset!,
          runningMean,
          runningVariance,
          dy,
          ...Object.values(out),
          ...Object.values(back),
        ]);
        expect(tf.memory().numTensors).toBe(before);
      });
    },
  );

  it('keeps its precision where the mean is a thousand deviations away', async () => {
    await on(backend, () =>
      tf.tidy(() => {
        const p = { scale: tf.ones([channels]), offset: constant([channels], 3) };
        const x = tf.add(randomTensor([4, 8, 8, channels], 'x'), 1000);
        const { y, runningVariance } = kernelTable().batchNormRelu(
          x,
          p,
          tf.zeros([channels]),
          tf.zeros([channels]),
          BATCH_NORM,
        );
        const data = x.dataSync() as Float32Array;
        for (let c = 0; c < channels; c++) {
          const channel = data.filter((_, i) => i % channels === c);
          const mean = channel.reduce((a, b) => a + b, 0) / 256;
          const variance = channel.reduce((a, b) => a + (b - mean) ** 2, 0) / 256;
          expect(runningVariance.dataSync()[c]! / ((0.1 * variance * 256) / 255)).toBeCloseTo(1, 4);
          expect(y.dataSync()[c]!).toBeCloseTo(
            Math.max(0, (channel[0]! - mean) / Math.sqrt(variance + 1e-5) + 3),
            3,
          );
        }
      }),
    );
  });

  it('survives a constant channel, and lets NaN through', async () => {
    await on(backend, () =>
      tf.tidy(() => {
        const zero = tf.zeros([4]);
        const p = { scale: tf.ones([4]), offset: constant([4], 0.5) };
        const flat = kernelTable().batchNormRelu(constant([2, 3, 3, 4], 7), p, zero, zero, BATCH_NORM);
        expectClose(flat.y.dataSync(), new Float32Array(72).fill(0.5), 1e-6);
        const broken = kernelTable().batchNormRelu(
          constant([2, 3, 3, 4], Number.NaN),
          p,
          zero,
          zero,
          BATCH_NORM,
        );
        expect(broken.y.dataSync().every(Number.isNaN)).toBe(true);
      }),
    );
  });
});

describe.each(
  BACKENDS.flatMap(
    (b) =>
      [
        [b, 5],
        [b, 8],
      ] as const,
  ),
)('max pooling on %s with %i channels', (backend, channels) => {
  it.each([
    ['2/2', 8, 2, 2],
    ['2/2, odd', 7, 2, 2],
    ['3/2 overlapping', 9, 3, 2],
    ['3/2, rows left over', 8, 3, 2],
  ] as const)('%s', async (_name, size, kernel, stride) => {
    const shape = [2, size, size, channels];
    const expected = await autodiff(
      (x) => tf.maxPool(x as tf.Tensor4D, kernel, stride, 'valid'),
      [{ shape, name: 'x' }],
    );
    await on(backend, () => {
      const before = tf.memory().numTensors;
      const x = randomTensor(shape, 'x');
      const dy = randomTensor(expected.yShape, 'dy');
      const { y, kept, gradient } = kernelTable().maxPoolTraining(x, { kernel, stride });
      expect(Array.from(y.dataSync())).toEqual(Array.from(expected.y));
      expectClose(take(gradient(dy)), expected.gradients[0]!, 1e-6);
      tf.dispose([x, y, dy, ...kept]);
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it('sends the gradient to the first of equal maxima', async () => {
    await on(backend, () =>
      tf.tidy(() => {
        const { gradient } = kernelTable().maxPoolTraining(tf.zeros([1, 2, 2, channels]), {
          kernel: 2,
          stride: 2,
        });
        const dx = gradient(tf.ones([1, 1, 1, channels])).dataSync();
        expect(Array.from(dx)).toEqual(
          Array.from({ length: 4 * channels }, (_, i) => (i < channels ? 1 : 0)),
        );
      }),
    );
  });
});

describe.each(BACKENDS)('fully connected on %s', (backend) => {
  it.each([
    [5, 7, 3],
    [1, 64, 32],
    [32, 48, 10],
    [1, 2, 4],
    [7, 300, 76],
    [6, 514, 12],
  ])('%i x %i -> %i', async (n, i, o) => {
    const inputs = [
      { shape: [n, i], name: 'x' },
      { shape: [i, o], name: 'w' },
      { shape: [o], name: 'b' },
    ];
    const fn = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.add(tf.matMul(x, w), b);
    const expected = await autodiff(fn, inputs);
    await on(backend, () => {
      const before = tf.memory().numTensors;
      const [x, w, b] = inputs.map((t) => randomTensor(t.shape, t.name));
      const dy = randomTensor([n, o], 'dy');
      expectClose(take(kernelTable().linear(x!, w!, b!)), expected.y, 1e-5, 'y');
      expectClose(take(kernelTable().linearInputGradient(dy, w!)), expected.gradients[0]!, 1e-5, 'dx');
      expectClose(take(kernelTable().linearWeightGradient(x!, dy)), expected.gradients[1]!, 1e-5, 'dw');
      expectClose(take(kernelTable().channelSum(dy)), expected.gradients[2]!, 1e-5, 'db');
      tf.dispose([x!, w!, b!, dy]);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
});

describe('the wasm backend', () => {
  it('has its SIMD kernels in place', async () => {
    await on('wasm', () => expect(hasSimdKernels(tf.backend() as BackendWasm)).toBe(true));
  });

  it('can differentiate convolutions with TensorFlow.js’ own tape, too', async () => {
    const inputs = [
      { shape: [2, 6, 6, 3], name: 'x' },
      { shape: [3, 3, 3, 4], name: 'f' },
    ];
    const fn = (x: tf.Tensor, f: tf.Tensor): tf.Tensor =>
      tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 1, 'same');
    const expected = await autodiff(fn, inputs);
    await on('wasm', () =>
      tf.tidy(() => {
        const given = inputs.map(({ shape, name }) => randomTensor(shape, name));
        const dy = randomTensor(expected.yShape, 'dy');
        const gradients = tf.grads((x, f) => tf.sum(tf.mul(fn(x, f), dy)))(given);
        gradients.forEach((g, i) => expectClose(g.dataSync(), expected.gradients[i]!, 1e-5));
      }),
    );
  });
});
