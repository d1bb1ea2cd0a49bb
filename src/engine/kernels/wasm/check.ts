/**
 * The check of our SIMD kernels at start: each computes a small fixed problem, compared with the host in
 * double precision. One that is wrong gives way to the plain kernel it took the place of, and all others
 * stay.
 */
import { updateOnHost } from '../../../core/optim/host';
import { RULES } from '../../../core/optim/registry';
import type { Rule } from '../../../core/optim/rule';
import * as tf from '../../tf';
import { kernelTable } from '../../backends/kernels/current';
import { ACCUMULATE } from '../host/accumulate';
import { BATCH_NORM_RELU, BATCH_NORM_RELU_BACKWARD } from '../host/batch-norm';
import { MAX_POOL } from '../host/max-pool';
import { updateName } from '../host/update';
import { filterGradientAt, forwardAt, inputGradientAt } from '../reference/convolution';
import { agrees, type Expected } from '../reference/expected';
import { BATCH_NORM, batchStatistics, normaliseRelu, normaliseReluBackward } from '../shared/batch-norm';
import { maxPool, maxPoolBackward } from '../shared/max-pool';
import { convShape, linearShape, type ConvShape } from '../shared/conv-shape';
import { noiseAt } from '../webgpu/trials/noise';
import { LINEAR, LINEAR_INPUT_GRADIENT, LINEAR_WEIGHT_GRADIENT } from './linear';
import { isSimdKernelOn, switchSimdKernel } from './simd';

/** What a kernel computed, and number by number what it should have. */
type Compared = readonly (readonly [found: tf.Tensor, expected: (index: number) => Expected])[];

interface Check {
  /** The registered name. */
  readonly kernel: string;
  run(): Compared;
}

const noise = (length: number, salt: number, shift = 0): Float32Array =>
  Float32Array.from({ length }, (_, i) => noiseAt(i, salt) + shift);
const near =
  (right: ArrayLike<number>) =>
  (index: number): Expected => ({ value: right[index]!, scale: 1 });
const numbersOf =
  (values: Float32Array) =>
  (index: number): number =>
    values[index]!;

/** Channels in eights, as the kernels want them; edges, and rows left over by their tiles. */
const GEOMETRY = { stride: 1, padding: 1 };
const CONV = convShape([2, 7, 5, 8], [3, 3, 8, 24], GEOMETRY);
const FULL = linearShape(5, 24, 16);

function products({ n, h, w, ci, ho, wo, co, k }: ConvShape) {
  const [x, dy, filter, bias] = [
    noise(n * h * w * ci, 1),
    noise(n * ho * wo * co, 2),
    noise(k * k * ci * co, 3),
    noise(co, 4),
  ];
  return { x, dy, filter, bias };
}

const convolutions = (): Check[] => {
  const { x, dy, filter, bias } = products(CONV);
  const { n, h, w, ci, ho, wo, co, k } = CONV;
  const [onX, onY, onF] = [
    () => tf.tensor(x, [n, h, w, ci]),
    () => tf.tensor(dy, [n, ho, wo, co]),
    () => tf.tensor(filter, [k, k, ci, co]),
  ];
  return [
    {
      kernel: tf.FusedConv2D,
      run: () => [
        [
          kernelTable().convolution(onX(), onF(), tf.tensor1d(bias), GEOMETRY, false),
          forwardAt(CONV, numbersOf(x), numbersOf(filter), numbersOf(bias)),
        ],
      ],
    },
    {
      kernel: tf.Conv2DBackpropInput,
      run: () => [
        [
          kernelTable().convolutionInputGradient(onY(), onF(), [n, h, w, ci], GEOMETRY),
          inputGradientAt(CONV, numbersOf(dy), numbersOf(filter)),
        ],
      ],
    },
    {
      kernel: tf.Conv2DBackpropFilter,
      run: () => [
        [
          kernelTable().convolutionFilterGradient(onX(), onY(), [k, k, ci, co], GEOMETRY),
          filterGradientAt(CONV, numbersOf(x), numbersOf(dy)),
        ],
      ],
    },
  ];
};

const linears = (): Check[] => {
  const { x, dy, filter, bias } = products(FULL);
  const { n, ci, co } = FULL;
  const [onX, onY, onW] = [
    () => tf.tensor(x, [n, ci]),
    () => tf.tensor(dy, [n, co]),
    () => tf.tensor(filter, [ci, co]),
  ];
  return [
    {
      kernel: LINEAR,
      run: () => [
        [
          kernelTable().linear(onX(), onW(), tf.tensor1d(bias)),
          forwardAt(FULL, numbersOf(x), numbersOf(filter), numbersOf(bias)),
        ],
      ],
    },
    {
      kernel: LINEAR_INPUT_GRADIENT,
      run: () => [
        [
          kernelTable().linearInputGradient(onY(), onW()),
          inputGradientAt(FULL, numbersOf(dy), numbersOf(filter)),
        ],
      ],
    },
    {
      kernel: LINEAR_WEIGHT_GRADIENT,
      run: () => [
        [
          kernelTable().linearWeightGradient(onX(), onY()),
          filterGradientAt(FULL, numbersOf(x), numbersOf(dy)),
        ],
      ],
    },
  ];
};

/** More positions than are added up at once, and a rest. */
const norms = (): Check[] => {
  const [positions, c] = [70, 12];
  const size = positions * c;
  const given = {
    x: noise(size, 5, 0.75),
    dy: noise(size, 6),
    scale: noise(c, 7),
    offset: noise(c, 8),
    mean: noise(c, 9),
    variance: noise(c, 10, 1),
  };
  const empty = (): Float32Array => new Float32Array(c);
  const [mean, inverse, newMean, newVariance, dScale, dOffset] = [
    empty(),
    empty(),
    empty(),
    empty(),
    empty(),
    empty(),
  ];
  const [y, dx] = [new Float32Array(size), new Float32Array(size)];
  batchStatistics(given.x, given.mean, given.variance, mean, inverse, newMean, newVariance, BATCH_NORM);
  normaliseRelu(given.x, mean, inverse, given.scale, given.offset, y);
  normaliseReluBackward(given.dy, given.x, mean, inverse, given.scale, given.offset, dx, dScale, dOffset);
  const onX = (): tf.Tensor => tf.tensor(given.x, [2, 7, 5, c]);
  const affine = () => ({ scale: tf.tensor1d(given.scale), offset: tf.tensor1d(given.offset) });
  return [
    {
      kernel: BATCH_NORM_RELU,
      run: () => {
        const out = kernelTable().batchNormRelu(
          onX(),
          affine(),
          tf.tensor1d(given.mean),
          tf.tensor1d(given.variance),
          BATCH_NORM,
        );
        return [
          [out.y, near(y)],
          [out.mean, near(mean)],
          [out.inverseStd, near(inverse)],
          [out.runningMean, near(newMean)],
          [out.runningVariance, near(newVariance)],
        ];
      },
    },
    {
      kernel: BATCH_NORM_RELU_BACKWARD,
      run: () => {
        const out = kernelTable().batchNormReluBackward(
          tf.tensor(given.dy, [2, 7, 5, c]),
          onX(),
          tf.tensor1d(mean),
          tf.tensor1d(inverse),
          affine(),
        );
        return [
          [out.dx, near(dx)],
          [out.dScale, near(dScale)],
          [out.dOffset, near(dOffset)],
        ];
      },
    },
  ];
};

/** Windows that overlap. The way back is plain; it shows where the maxima were found. */
const pooling = (): Check => {
  const [from, to, geometry] = [[2, 7, 7, 8] as const, [2, 3, 3, 8] as const, { kernel: 3, stride: 2 }];
  const [x, dy] = [noise(2 * 49 * 8, 11), noise(2 * 9 * 8, 12)];
  const [y, source, dx] = [
    new Float32Array(dy.length),
    new Int32Array(dy.length),
    new Float32Array(x.length),
  ];
  maxPool(x, y, source, from, to, geometry);
  maxPoolBackward(dy, source, dx);
  return {
    kernel: MAX_POOL,
    run: () => {
      const pooled = kernelTable().maxPoolTraining(tf.tensor(x, [...from]), geometry);
      return [
        [pooled.y, near(y)],
        [pooled.gradient(tf.tensor(dy, [...to])), near(dx)],
      ];
    },
  };
};

/** Constants of size 1, no two of them alike. */
const anyConstants = ({ constants }: Rule): Record<string, number> =>
  Object.fromEntries(constants.map((key, i) => [key, 0.1 + 0.15 * i]));

const updates = (): Check[] =>
  RULES.map((rule) => {
    // Slots may be under a root.
    const given = [13, 14, ...rule.slots.map((_, i) => 15 + i)].map((salt, i) =>
      noise(1203, salt, i < 2 ? 0 : 1),
    );
    const constants = anyConstants(rule);
    const [w, g, ...slots] = given.map((values) => values.slice());
    updateOnHost(rule, w!, g!, slots, constants);
    return {
      kernel: updateName(rule),
      run: () => {
        const [onW, onG, ...onSlots] = given.map((values) => tf.tensor1d(values));
        const after = kernelTable().update(rule, onW!, onG!, onSlots, constants);
        return [[after.w, near(w!)], ...after.slots.map((slot, i) => [slot, near(slots[i]!)] as const)];
      },
    };
  });

const sums = (): Check => {
  const [sum, more] = [noise(1203, 13), noise(1203, 14)];
  return {
    kernel: ACCUMULATE,
    run: () => [
      [
        kernelTable().accumulate(tf.tensor1d(sum), tf.tensor1d(more)),
        near(sum.map((value, i) => value + more[i]!)),
      ],
    ],
  };
};

/** A check for every SIMD kernel. Only for the wasm backend. */
export const simdChecks = (): readonly Check[] => [
  ...convolutions(),
  ...linears(),
  ...norms(),
  pooling(),
  ...updates(),
  sums(),
];

/** @returns the kernels that were wrong and are switched off now */
export function checkSimdKernels(): string[] {
  return simdChecks().flatMap(({ kernel, run }) => {
    if (!isSimdKernelOn(kernel) || isRight(run)) return [];
    switchSimdKernel(kernel, false);
    return [kernel];
  });
}

/** A kernel that throws is not right, either. */
function isRight(run: () => Compared): boolean {
  tf.engine().startScope();
  try {
    return run().every(([found, expected]) =>
      found.dataSync().every((value, i) => agrees(value, expected(i))),
    );
  } catch {
    return false;
  } finally {
    tf.engine().endScope();
  }
}
