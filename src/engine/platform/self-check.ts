/**
 * One tiny forward and backward pass - convolution, batch norm, ReLU, pooling, fully connected layers -
 * against numbers known beforehand, so that a backend that computes wrongly (some drivers do) is refused
 * rather than trained on. The numbers come from plain double-precision loops; a test recomputes them.
 */
import { BackendError } from '../../core/errors/errors';
import { GraphBuilder } from '../../core/model/builder';
import { sizeOf } from '../../core/model/graph';
import { batchNorm } from '../../core/model/ops/batch-norm';
import { conv } from '../../core/model/ops/conv';
import { linear } from '../../core/model/ops/linear';
import { maxPool } from '../../core/model/ops/max-pool';
import { relu } from '../../core/model/ops/relu';
import { planModel } from '../../core/model/plan';
import type { BackendId } from '../../core/config/run-config';
import { Network } from '../network/network';

function checkModel() {
  const g = new GraphBuilder('self-check', 8);
  const a = g.apply(conv, [g.input], { channels: 4, kernel: 3, padding: 1 }, 'a');
  const n = g.apply(relu, [g.apply(batchNorm, [a], {}, 'n')], {});
  const pooled = g.apply(maxPool, [n], { kernel: 2, stride: 2 });
  const b = g.apply(relu, [g.apply(conv, [pooled], { channels: 4, kernel: 3, padding: 1 }, 'b')], {});
  const l = g.apply(relu, [g.apply(linear, [g.flatten(b)], { features: 8 }, 'l')], {});
  const h = g.apply(linear, [l], { features: 3 }, 'h');
  return planModel(g.done(l, [{ task: 'check', classes: 3, output: h }]));
}

export const CHECK_SPEC = checkModel();
export const CHECK_COUNT = 2;

/** A fixed scatter of numbers in -0.5..0.5. */
export const scatter = (length: number, salt: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => (((i + salt) * 7919 + i * i * 31) % 257) / 257 - 0.5);

export const CHECK_IMAGES = Uint8Array.from(
  { length: CHECK_COUNT * 64 },
  (_, i) => (i * 53 + (i >> 3) * 17) % 256,
);

/** Logits, then for every trainable parameter the sum of its gradient times a scatter. */
export async function checkNumbers(): Promise<number[]> {
  const network = Network.create(CHECK_SPEC, 0);
  try {
    network.parameters.forEach(({ spec }, salt) =>
      network.write(spec.name, checkValue(spec.role, sizeOf(spec.shape), salt)),
    );
    const pass = network.forward(CHECK_IMAGES, CHECK_COUNT, {
      training: true,
      dropout: (_layer, length) => new Uint8Array(length).fill(1),
    });
    const [logits] = await pass.logits();
    const gradients = network.backward(pass, [scatter(CHECK_COUNT * 3, 5)]);
    const numbers = [...logits!];
    for (const { spec } of network.parameters) {
      const gradient = gradients.get(spec.name);
      if (!gradient) continue;
      const pattern = scatter(gradient.size, 3);
      numbers.push(
        ((await gradient.data()) as Float32Array).reduce((sum, value, i) => sum + value * pattern[i]!, 0),
      );
      gradient.dispose();
    }
    return numbers;
  } finally {
    network.dispose();
  }
}

/** The value a parameter of the check model has; scales and variances stay positive. */
export const checkValue = (role: string, length: number, salt: number): Float32Array =>
  scatter(length, salt).map((v) => (role === 'scale' || role === 'runningVariance' ? v + 1 : v));

/** {@link checkNumbers} as it must come out. */
export const CHECK_EXPECTED: readonly number[] = [
  -1.894101, -2.861929, 0.461337, 0.407503, -1.420402, 0.677114, -0.389865, 0, 0.770087, 0.231863, -2.993238,
  0.186368, 3.913687, 0.033899, -0.557029, 0.082689,
];

/**
 * @throws BackendError `self-check` when the current backend computes something else (relative error above
 * 1e-3), or breaks down
 */
export async function selfCheck(id: BackendId): Promise<void> {
  const numbers = await checkNumbers().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackendError('self-check', { backend: id, why: 'breaks-down', reason }, error);
  });
  const largest = Math.max(...CHECK_EXPECTED.map(Math.abs));
  // Written so that NaN counts as wrong.
  const agrees = (expected: number, i: number): boolean =>
    Math.abs(expected - numbers[i]!) <= 1e-3 * Math.max(Math.abs(expected), 1e-2 * largest);
  const wrong = CHECK_EXPECTED.findIndex((expected, i) => !agrees(expected, i));
  if (wrong >= 0 || numbers.length !== CHECK_EXPECTED.length)
    throw new BackendError('self-check', {
      backend: id,
      index: wrong,
      expected: CHECK_EXPECTED[wrong] ?? 0,
      found: numbers[wrong] ?? 0,
    });
}
