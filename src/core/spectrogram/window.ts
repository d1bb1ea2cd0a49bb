/**
 * Window functions as `scipy.signal.get_window(name, length, fftbins=True)` makes them: periodic. Not here: what
 * is windowed (log-mel.ts).
 */

/** Coefficients of cos(0), -cos(x), cos(2x): the sums that scipy calls general cosine windows. */
const COSINES = {
  hann: [0.5, 0.5, 0],
  hamming: [0.54, 0.46, 0],
  blackman: [0.42, 0.5, 0.08],
  boxcar: [1, 0, 0],
} as const;

export type WindowName = keyof typeof COSINES;
export const WINDOWS = ['hann', 'hamming', 'blackman', 'boxcar'] as const satisfies readonly WindowName[];

/**
 * A window in the middle of a frame, zeros around it, as `librosa.util.pad_center` puts it.
 * @param length of the window in samples, 1..size
 * @param size of the frame
 */
export function windowOf(name: WindowName, length: number, size: number): Float64Array {
  const [first, second, third] = COSINES[name];
  const padded = new Float64Array(size);
  const left = Math.floor((size - length) / 2);
  for (let n = 0; n < length; n++) {
    const value = first - second * Math.cos((2 * Math.PI * n) / length);
    padded[left + n] = third === 0 ? value : value + third * Math.cos((4 * Math.PI * n) / length);
  }
  return padded;
}
