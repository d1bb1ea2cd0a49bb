/**
 * How alike two recordings are: the correlation of their log-mel spectrograms. Another gain adds a constant
 * to the decibels, another microphone or codec about a constant to each band; both are taken off first. What
 * lies far below the loudest band is noise and counts as silence. Not here: which recordings are compared.
 */

/** A spectrogram of few bands, prepared for comparing. */
export interface Outline {
  /** float32 [frames][BANDS], dB above the floor, less the mean of each band over time. */
  readonly values: Float32Array;
  readonly frames: number;
}

/** Bands of an outline: groups of neighbouring mel bands, averaged. */
const BANDS = 32;
/** dB below the maximum of the recording from which on everything is silence. */
const FLOOR = 40;
/** Stretches of equal length that a print has, and its bands. */
const PRINT_TIMES = 16;
const PRINT_BANDS = 8;
/** Numbers of a print. */
export const PRINT_LENGTH = PRINT_TIMES * PRINT_BANDS;

/**
 * @param decibels float32 [nMels][frames], rows from low to high frequency
 * @param nMels at least 1; with fewer than 32, bands of the outline repeat
 */
export function outlineOf(decibels: Float32Array, nMels: number, frames: number): Outline {
  const values = new Float32Array(frames * BANDS);
  const row = new Float32Array(frames);
  for (let band = 0; band < BANDS; band++) {
    const from = Math.floor((band * nMels) / BANDS);
    const to = Math.max(from + 1, Math.floor(((band + 1) * nMels) / BANDS));
    row.fill(0);
    for (let mel = from; mel < to; mel++)
      for (let t = 0; t < frames; t++) row[t]! += decibels[mel * frames + t]!;
    for (let t = 0; t < frames; t++) values[t * BANDS + band] = row[t]! / (to - from);
  }
  let highest = -Infinity;
  for (const value of values) highest = Math.max(highest, value);
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]! - highest + FLOOR);
  for (let band = 0; band < BANDS; band++) {
    let sum = 0;
    for (let i = band; i < values.length; i += BANDS) sum += values[i]!;
    for (let i = band; i < values.length; i += BANDS) values[i]! -= sum / frames;
  }
  return { values, frames };
}

/**
 * A short print, of length 1, whose inner products with others' are about the correlation of the outlines:
 * averages over 16 stretches of time and 8 groups of bands.
 * @returns float32 [{@link PRINT_LENGTH}]; all zero where the spectrogram does not change
 */
export function printOf({ values, frames }: Outline): Float32Array {
  const print = new Float32Array(PRINT_LENGTH);
  const group = BANDS / PRINT_BANDS;
  for (let time = 0; time < PRINT_TIMES; time++) {
    const from = Math.floor((time * frames) / PRINT_TIMES);
    const to = Math.max(from + 1, Math.floor(((time + 1) * frames) / PRINT_TIMES));
    for (let t = from; t < to; t++)
      for (let band = 0; band < BANDS; band++)
        print[time * PRINT_BANDS + Math.floor(band / group)]! += values[t * BANDS + band]! / (to - from);
  }
  const length = Math.sqrt(print.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? print : print.map((value) => value / length);
}

/**
 * The highest Pearson correlation of two outlines, one of them moved by up to `shift` frames either way, over
 * the frames that both have then.
 * @returns -1..1; 0 where either does not change
 */
export function correlationOf(a: Outline, b: Outline, shift: number): number {
  let best = 0;
  for (let by = -shift; by <= shift; by++) best = Math.max(best, correlationAt(a, b, by));
  return best;
}

/** Frame t of `a` lies over frame t - by of `b`. */
function correlationAt(a: Outline, b: Outline, by: number): number {
  const from = Math.max(0, by) * BANDS;
  const to = Math.min(a.frames, b.frames + by) * BANDS;
  let [aa, bb, ab, sumA, sumB] = [0, 0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const x = a.values[i]!;
    const y = b.values[i - by * BANDS]!;
    aa += x * x;
    bb += y * y;
    ab += x * y;
    sumA += x;
    sumB += y;
  }
  const n = to - from;
  const spread = (aa - (sumA * sumA) / n) * (bb - (sumB * sumB) / n);
  return n > 0 && spread > 0 ? (ab - (sumA * sumB) / n) / Math.sqrt(spread) : 0;
}
