/**
 * The paired permutation test: were there no difference, each pair's difference might as well have the other
 * sign. Two-sided, of the mean. Sources: Fisher, "The design of experiments" (1935), section 21; Phipson and
 * Smyth, "Permutation p-values should never be zero" (2010).
 */
import { RandomStream } from '../random/streams';

export interface SignFlip {
  readonly n: number;
  readonly mean: number;
  /** All 2^n signs, or so many drawn. */
  readonly method: 'exact' | 'sampled';
  /** How many assignments of signs were looked at. */
  readonly flips: number;
  readonly p: number;
}

/** Pairs whose signs are all tried: a million assignments. */
const EXACT = 20;
const SAMPLES = 99_999;
/** Sums closer than this, relative to the sum of magnitudes, are equal but for rounding. */
const TOLERANCE = 1e-12;

/**
 * How many assignments of signs give a sum of at least `bar` in magnitude; the first sign stands, by
 * symmetry.
 */
function countAll(sizes: readonly number[], bar: number): number {
  const from = (i: number, sum: number): number => {
    if (i === sizes.length) return Math.abs(sum) >= bar ? 1 : 0;
    return from(i + 1, sum + sizes[i]!) + from(i + 1, sum - sizes[i]!);
  };
  return 2 * from(1, sizes[0]!);
}

/**
 * @param differences one a pair  @param seed of the draws, where there are too many pairs to try all signs
 * @returns null for no pairs
 */
export function signFlip(differences: readonly number[], seed = 1): SignFlip | null {
  const n = differences.length;
  if (n === 0) return null;
  const sum = differences.reduce((a, b) => a + b, 0);
  const mean = sum / n;
  const sizes = differences.map(Math.abs);
  const bar = Math.abs(sum) - TOLERANCE * sizes.reduce((a, b) => a + b, 0);
  if (n <= EXACT) return { n, mean, method: 'exact', flips: 2 ** n, p: countAll(sizes, bar) / 2 ** n };
  const stream = new RandomStream(seed, 'sign-flip');
  let extreme = 0;
  for (let s = 0; s < SAMPLES; s++) {
    let flipped = 0;
    for (const size of sizes) flipped += stream.below(2) === 0 ? size : -size;
    if (Math.abs(flipped) >= bar) extreme++;
  }
  // The assignment that was observed counts as one of them, so p is never 0.
  return { n, mean, method: 'sampled', flips: SAMPLES, p: (extreme + 1) / (SAMPLES + 1) };
}
