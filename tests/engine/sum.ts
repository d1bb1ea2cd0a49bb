/** Shared by the tests of sums on cpu and wasm (Node) and on webgpu (browser). */
import { expect } from 'vitest';
import { sumOf } from '../../src/engine/kernels/sum';
import * as tf from '../../src/engine/tf';

/** Adds `count` arrays of whole numbers, whose sums are exact, and looks for what is left over. */
export async function expectSum(count: number): Promise<void> {
  const values = Array.from({ length: count }, (_, k) =>
    Array.from({ length: 37 }, (_unused, i) => ((i + 3) * (k + 1) ** 2) % 101),
  );
  const before = tf.memory().numTensors;
  const terms = values.map((one) => tf.tensor1d(one));
  const sum = sumOf(terms);
  const wanted = values[0]!.map((_, i) => values.reduce((total, one) => total + one[i]!, 0));
  expect([...(await sum.data())]).toEqual(wanted);
  tf.dispose([sum, ...terms]);
  expect(tf.memory().numTensors).toBe(before);
}

/** Two heads, the most that one shader adds, one more, eight heads, and more than there are buffers. */
export const COUNTS = [1, 2, 4, 5, 8, 9, 40];
