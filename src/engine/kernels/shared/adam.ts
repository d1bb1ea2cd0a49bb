/**
 * One Adam update of one array, in place (Kingma & Ba 2015), with PyTorch's placement of epsilon: m̂ /
 * (sqrt(v̂) + epsilon).
 */
import type { AdamOptions } from '../../../core/training/run-config';

export interface AdamStep extends AdamOptions {
  /** 1-based count of updates, this one included. */
  readonly iteration: number;
}

export function adamUpdate(
  w: Float32Array,
  g: Float32Array,
  m: Float32Array,
  v: Float32Array,
  { learningRate, beta1, beta2, epsilon, iteration }: AdamStep,
): void {
  const rate = learningRate / (1 - beta1 ** iteration);
  const correction = 1 / Math.sqrt(1 - beta2 ** iteration);
  for (let i = 0; i < w.length; i++) {
    const gradient = g[i]!;
    const first = beta1 * m[i]! + (1 - beta1) * gradient;
    const second = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
    m[i] = first;
    v[i] = second;
    w[i] = w[i]! - (rate * first) / (Math.sqrt(second) * correction + epsilon);
  }
}
