/**
 * Mixup (Zhang et al., "mixup: beyond empirical risk minimization", ICLR 2018): every example of a batch is
 * mixed with a partner of the same batch, images and targets alike, by one lambda for the whole batch and all
 * tasks. lambda' ~ Beta(alpha, alpha) and lambda = max(lambda', 1 - lambda'), so that an example counts for
 * at least half and training scores are those of the label that prevails; pairs being symmetric, the mixed
 * examples are distributed as before. The partners are a random permutation: an example may be its own.
 * A task's loss is lambda * loss(own targets) + (1 - lambda) * loss(the partners' targets).
 */
import { numberField } from '../options/field';
import { batchAugmentation, type Draws } from './types';

export const mixup = batchAugmentation({
  id: 'mixup',
  fields: { alpha: numberField({ default: 0.2, min: 0.05, max: 10, step: 0.05 }) },
  once: true,
  mix: (count, { alpha }, stream) => {
    const lambda = drawBeta(alpha, stream);
    return { lambda: Math.max(lambda, 1 - lambda), partners: drawPermutation(count, stream) };
  },
});

/** Beta(alpha, alpha) as a ratio of gamma deviates. */
export function drawBeta(alpha: number, stream: Draws): number {
  const [a, b] = [drawGamma(alpha, stream), drawGamma(alpha, stream)];
  return a / (a + b);
}

/**
 * Gamma(shape, 1) by rejection (Marsaglia and Tsang, "A simple method for generating gamma variables", ACM
 * TOMS 26, 2000); a shape below 1 through that of shape + 1.
 */
function drawGamma(shape: number, stream: Draws): number {
  const raised = shape < 1;
  const d = (raised ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(openUniform(stream)) < 0.5 * x * x + d - d * v + d * Math.log(v))
      return raised ? d * v * openUniform(stream) ** (1 / shape) : d * v;
  }
}

/** Fisher-Yates. */
function drawPermutation(count: number, stream: Draws): readonly number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = stream.between(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** In (0, 1). */
const openUniform = (stream: Draws): number => (stream.uint32() + 0.5) / 0x100000000;
