/**
 * What both sides of a benchmark share: what a side must be able to do, the numbers it works on, and waiting
 * for a device.
 */
import { sizeOf } from '../../core/model/graph';
import * as tf from '../tf';

/** A benchmark's case (core/bench/cases.ts) made ready on the current backend. */
export interface Ready {
  /** Once; what it computes need not be there yet when it returns. */
  run(): void | Promise<void>;
  /** Resolves when everything that was run is really computed. */
  settle(): Promise<void>;
  dispose(): void;
}

/** Numbers in -0.5..0.5 without a pattern that any kernel could profit from. */
const values = (length: number): Float32Array => {
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) out[i] = ((i * 7919) % 257) / 257 - 0.5;
  return out;
};

export const filled = (...shape: number[]): tf.Tensor => tf.tensor(values(sizeOf(shape)), shape);

/** A case that makes one tensor a run. @param inputs disposed with the case */
export function readyKernel(inputs: readonly tf.Tensor[], run: () => tf.Tensor): Ready {
  let latest: tf.Tensor | null = null;
  return {
    run: () => {
      latest?.dispose();
      latest = run();
    },
    settle: async () => {
      if (latest) await firstNumber(latest);
    },
    dispose: () => {
      for (const tensor of [latest, ...inputs]) tensor?.dispose();
    },
  };
}

/**
 * Reads one number; a device works through its queue in order, so all that was recorded before is done then.
 */
async function firstNumber(tensor: tf.Tensor): Promise<void> {
  const one = tf.tidy(() => tf.slice(tf.reshape(tensor, [tensor.size]), 0, 1));
  await one.data();
  one.dispose();
}

/** Milliseconds of `count` runs together, the last result included. */
export async function timeOf(ready: Ready, count: number): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < count; i++) {
    const pending = ready.run();
    if (pending) await pending;
  }
  await ready.settle();
  return performance.now() - began;
}
