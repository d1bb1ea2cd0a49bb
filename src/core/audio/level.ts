/**
 * How loud a recording is, in decibels to full scale (dBFS): its samples lie in -1..1, a square wave of full scale
 * has 0, a sine of full scale an RMS of -3.01.
 */

export interface Level {
  /** Root mean square; -Infinity of silence. */
  readonly rms: number;
  /** The largest sample, by its absolute value; above 0 of floats beyond full scale. */
  readonly peak: number;
}

export function levelOf(samples: ArrayLike<number>): Level {
  let [squares, peak] = [0, 0];
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]!;
    squares += value * value;
    if (value > peak) peak = value;
    else if (-value > peak) peak = -value;
  }
  return {
    rms: samples.length === 0 ? -Infinity : 10 * Math.log10(squares / samples.length),
    peak: 20 * Math.log10(peak),
  };
}
