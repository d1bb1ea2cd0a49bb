/**
 * What a model scores that has learnt nothing, and how small a difference a validation set can show at best.
 * Arithmetic over counts; utterances are taken as independent, which flatters: those of one speaker are alike.
 * Not here: what models score, and tests of differences (core/stats).
 */

/** Shares 0..1; NaN where nothing is validated. */
export interface Chance {
  /** A class drawn at random, all alike, for every utterance: expected accuracy and UAR. */
  readonly random: { readonly accuracy: number; readonly uar: number };
  /** Always the most frequent class of training. */
  readonly majority: { readonly accuracy: number; readonly uar: number };
}

/** Discordant utterances, all in favour of one model, from which exact McNemar has p < 0.05: 2 / 2^6. */
const DISCORDANT = 6;
/** Of a normal distribution, 95 % on both sides together. */
const Z = 1.959964;

export interface Smallest {
  /**
   * Difference in accuracy that exact McNemar can call significant (p < 0.05) in the best case: 6 utterances
   * that one model has right and the other wrong, and none the other way (McNemar 1947; 2 * 0.5^6 = 0.031).
   */
  readonly accuracy: number;
  /**
   * Half the width of the 95 % interval of one UAR where every class is recognised half of the time, the
   * widest case: z / K * sqrt(sum over classes of 0.25 / n), recalls being independent binomial shares.
   */
  readonly uar: number;
}

/**
 * @param train,validation utterances per class, equally long. Classes that validation lacks do not count in UAR
 */
export function chanceOf(train: readonly number[], validation: readonly number[]): Chance {
  const total = validation.reduce((sum, count) => sum + count, 0);
  const asked = validation.filter((count) => count > 0).length;
  // A model draws among the classes that it has seen.
  const known = train.filter((count) => count > 0).length;
  const learnable = validation.filter((count, k) => count > 0 && train[k]! > 0);
  const seen = learnable.reduce((sum, count) => sum + count, 0);
  const best = train.indexOf(Math.max(...train));
  return {
    random: { accuracy: seen / total / known, uar: learnable.length / asked / known },
    majority: { accuracy: validation[best]! / total, uar: (validation[best]! > 0 ? 1 : 0) / asked },
  };
}

/** @param validation utterances per class; NaN where there are none */
export function smallestDifference(validation: readonly number[]): Smallest {
  const counts = validation.filter((count) => count > 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return { accuracy: Number.NaN, uar: Number.NaN };
  const variance = counts.reduce((sum, count) => sum + 0.25 / count, 0);
  return { accuracy: Math.min(1, DISCORDANT / total), uar: (Z / counts.length) * Math.sqrt(variance) };
}
