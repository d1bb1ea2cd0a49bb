/** Starting backends in Node, deterministic numbers and comparisons for the engine's tests. */
import '@tensorflow/tfjs'; // registers the gradients of every op: the independent reference
import '@tensorflow/tfjs-backend-wasm';
import { expect } from 'vitest';
import { RandomStream } from '../../src/core/random/streams';
import type { BackendId } from '../../src/core/config/run-config';
import { chooseBackend } from '../../src/engine/platform/backend';
import * as tf from '../../src/engine/tf';

export const BACKENDS = ['cpu', 'wasm'] as const;

/** Runs `fn` on a backend; tensors do not outlive it. */
export async function on<T>(id: BackendId, fn: () => T | Promise<T>): Promise<T> {
  await chooseBackend(id);
  return fn();
}

export function noise(length: number, name: string, deviation = 1): Float32Array {
  const stream = new RandomStream(7, name);
  return Float32Array.from({ length }, () => stream.normal() * deviation);
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
export const randomTensor = (shape: number[], name: string): tf.Tensor =>
  tf.tensor(noise(sizeOf(shape), name), shape);

export const constant = (shape: number[], value: number): tf.Tensor =>
  tf.tensor(new Float32Array(sizeOf(shape)).fill(value), shape);

/** Every number within `tolerance` of the largest magnitude. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = '',
): void {
  expect(actual.length, what).toBe(expected.length);
  let largest = 0;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    const difference = Math.abs(actual[i]! - expected[i]!);
    worst = Number.isNaN(difference) ? Number.NaN : Math.max(worst, difference);
  }
  expect(worst, what).toBeLessThanOrEqual(tolerance * Math.max(largest, 1e-12));
}

/** Copies to the host and frees. */
export function take(t: tf.Tensor): Float32Array {
  const data = t.dataSync() as Float32Array;
  t.dispose();
  return data;
}

/** Like tf.tidy, but returns anything: for results that were copied to the host. */
export function scoped<T>(fn: () => T): T {
  tf.engine().startScope();
  try {
    return fn();
  } finally {
    tf.engine().endScope();
  }
}
