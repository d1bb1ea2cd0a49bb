/**
 * Grey levels as the numbers of a model's input: looked up on the host, or on the device from a quarter of
 * the bytes.
 */
import { NORMALISE } from '../../core/spectrogram/image';
import * as tf from '../tf';
import { images } from './webgpu/elementwise';
import { imagesOf, onGpu } from './webgpu/ops';

/** @param pixels as many as `shape` has numbers */
export function imagesAsInput(
  pixels: Uint8Array,
  shape: readonly [number, number, number, number],
): tf.Tensor {
  if (onGpu(images)) return imagesOf(pixels, shape);
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < values.length; i++) values[i] = NORMALISE[pixels[i]!]!;
  return tf.tensor4d(values, [...shape]);
}
