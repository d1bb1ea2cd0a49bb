/**
 * What a test of signs could say at best: with n pairs there are 2^n assignments of signs, so that even n
 * wins of n have the two-sided p of 2 / 2^n. Holds for the exact signed-rank test, the paired permutation
 * test and exact McNemar (n discordant utterances) alike.
 */

/** Smallest two-sided p that n pairs can give; 1 for none or one. */
export const smallestP = (n: number): number => Math.min(1, 2 ** (1 - n));

/**
 * Pairs from which on a clean sweep falls below `level` after Holm's correction of `tests` tests with as many
 * pairs.
 */
export const pairsNeeded = (level: number, tests = 1): number => Math.ceil(1 - Math.log2(level / tests));
