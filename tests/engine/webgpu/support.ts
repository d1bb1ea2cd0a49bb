/**
 * The webgpu backend on this machine's (software) adapter, deterministic numbers, and faults of the device as
 * test failures.
 */
import { expect } from 'vitest';
import { RandomStream } from '../../../src/core/random/streams';
import { registerWebGpu } from '../../../src/engine/kernels/webgpu/backend';
import { gpu, setSoftwareAdapter, type Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import * as tf from '../../../src/engine/tf';

/** Makes webgpu the current backend. */
export async function webgpu(): Promise<Gpu> {
  await registerWebGpu();
  setSoftwareAdapter(true);
  expect(await tf.setBackend('webgpu')).toBe(true);
  await tf.ready();
  return gpu();
}

/**
 * Runs `fn`; WebGPU tells of a wrong pass only when asked, and this asks. Every tensor made inside must be
 * freed.
 */
export async function checked<T>(device: Gpu, fn: () => Promise<T>): Promise<T> {
  const before = tf.memory().numTensors;
  device.backend.device.pushErrorScope('validation');
  const result = await fn();
  device.flush();
  const error = await device.backend.device.popErrorScope();
  expect(error?.message).toBeUndefined();
  expect(tf.memory().numTensors).toBe(before);
  return result;
}

export function noise(length: number, name: string): Float32Array {
  const stream = new RandomStream(7, name);
  return Float32Array.from({ length }, () => stream.normal());
}

/** Largest difference relative to the largest magnitude; NaN where anything is no number. */
export function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.NaN;
  let [largest, difference] = [1e-12, 0];
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    const d = Math.abs(actual[i]! - expected[i]!);
    if (Number.isNaN(d)) return Number.NaN;
    difference = Math.max(difference, d);
  }
  return difference / largest;
}

/** Copies to the host and frees. */
export async function take(t: tf.Tensor): Promise<Float32Array> {
  const data = (await t.data()) as Float32Array;
  t.dispose();
  return data;
}
