/**
 * Wilcoxon's signed-rank test of paired differences, two-sided, with SciPy's conventions
 * (`scipy.stats.wilcoxon` as it is called by default): zeros are dropped, ties get their mean rank, no
 * continuity correction. Source: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1
 * (1945); the tie correction of the variance as in Hollander and Wolfe.
 */
import { normalTwoSided } from './normal';

export interface Wilcoxon {
  /** Differences that are not zero. */
  readonly n: number;
  readonly zeros: number;
  /** Sum of the ranks of positive and of negative differences. */
  readonly plus: number;
  readonly minus: number;
  /** `exact`: all 2^n signs counted; `normal`: approximation. */
  readonly method: 'exact' | 'normal';
  /** 1 when every difference is zero. */
  readonly p: number;
}

/** More differences than this are too many to count the signs of. */
const EXACT = 50;
/** With ties or zeros SciPy counts up to this many. */
const EXACT_TIES = 13;

interface Ranks {
  /** Twice the mean rank: a whole number. */
  readonly doubled: readonly number[];
  /** How many share each distinct value. */
  readonly ties: readonly number[];
}

function midranks(values: readonly number[]): Ranks {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const doubled = new Array<number>(values.length).fill(0);
  const ties: number[] = [];
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) doubled[order[i]!] = from + 1 + to;
    ties.push(to - from);
    from = to;
  }
  return { doubled, ties };
}

/** P(rank sum <= smaller or >= the mirrored one) over all signs: the distribution is symmetric. */
function exactP(doubled: readonly number[], smaller: number): number {
  const ways = new Float64Array(doubled.reduce((sum, r) => sum + r, 0) + 1);
  ways[0] = 1;
  for (const rank of doubled) for (let s = ways.length - 1; s >= rank; s--) ways[s]! += ways[s - rank]!;
  const tail = ways.subarray(0, smaller + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * tail) / 2 ** doubled.length);
}

function normalP(doubled: readonly number[], ties: readonly number[], plus: number): number {
  const n = doubled.length;
  const tied = ties.reduce((sum, t) => sum + (t ** 3 - t), 0);
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1) - tied / 2) / 24);
  return normalTwoSided((plus - (n * (n + 1)) / 4) / deviation);
}

/**
 * @param method `auto` as SciPy decides: exact up to 50 differences, or up to 13 where there are ties or
 * zeros
 */
export function wilcoxon(
  differences: readonly number[],
  method: 'auto' | 'exact' | 'normal' = 'auto',
): Wilcoxon {
  const nonzero = differences.filter((d) => d !== 0);
  const zeros = differences.length - nonzero.length;
  const { doubled, ties } = midranks(nonzero.map(Math.abs));
  const plain = zeros === 0 && ties.every((t) => t === 1);
  const exact = method === 'auto' ? differences.length <= (plain ? EXACT : EXACT_TIES) : method === 'exact';
  const total = doubled.reduce((sum, r) => sum + r, 0);
  const positive = doubled.reduce((sum, r, i) => (nonzero[i]! > 0 ? sum + r : sum), 0);
  const shape = {
    n: nonzero.length,
    zeros,
    plus: positive / 2,
    minus: (total - positive) / 2,
    method: exact ? 'exact' : 'normal',
  } as const;
  if (nonzero.length === 0) return { ...shape, p: 1 };
  return {
    ...shape,
    p: exact ? exactP(doubled, Math.min(positive, total - positive)) : normalP(doubled, ties, positive / 2),
  };
}
