/**
 * The learning-rate range test (Smith 2017): the rate grows exponentially from update to update, and the loss
 * says where learning begins and where it breaks down. Pure: the ramp, the smoothed loss, when to stop, what to
 * suggest. Training is src/engine/run/range-test.ts.
 */

export interface RateRange {
  /** The first and the last rate; both positive, `from` below `to`. */
  readonly from: number;
  readonly to: number;
  /** Updates from one to the other, 2 at least. */
  readonly steps: number;
}

export const DEFAULT_RANGE: RateRange = { from: 1e-6, to: 1, steps: 100 };

/** What one update of the test gave. */
export interface RangePoint {
  /** 1-based. */
  readonly step: number;
  readonly learningRate: number;
  /** Of each task, before the update. */
  readonly losses: readonly number[];
  /** Their sum. */
  readonly total: number;
}

export interface RangeResult {
  readonly range: RateRange;
  readonly points: readonly RangePoint[];
  /** The smoothed totals, one a point. */
  readonly smoothed: readonly number[];
  /** Why it ended: the last rate was reached, the loss left the rails, or somebody had seen enough. */
  readonly ended: 'range' | 'diverged' | 'cancelled';
  /** Where the total falls most steeply; null where it falls nowhere. */
  readonly suggestion: number | null;
}

/** The share of the past in the smoothed loss. */
const KEPT = 0.9;
/** A smoothed loss so many times the smallest one ends the test. */
const DIVERGED = 4;
/** Points on either side that the slope at a point is taken from. */
const SIDE = 5;
/** A smaller fall, relative to the loss, is noise. */
const LEAST_FALL = 1e-3;

/** The rate of an update, 1-based. */
export const rampRate = ({ from, to, steps }: RateRange, step: number): number =>
  from * (to / from) ** ((step - 1) / (steps - 1));

/** An exponential average, corrected for its start at zero as Adam's moments are. */
export function smoothedTotals(totals: readonly number[]): number[] {
  let average = 0;
  return totals.map((total, i) => {
    average = KEPT * average + (1 - KEPT) * total;
    return average / (1 - KEPT ** (i + 1));
  });
}

/** Whether the test is over: a loss is no finite number, or the smoothed one {@link DIVERGED} times the best. */
export function hasDiverged(totals: readonly number[]): boolean {
  const smoothed = smoothedTotals(totals);
  const last = smoothed.at(-1);
  return last !== undefined && !(last <= DIVERGED * Math.min(...smoothed.filter(Number.isFinite)));
}

/**
 * The rate about which the total falls most steeply over the logarithm of the rate: where the mean of the points
 * after it is furthest below the mean of those before it. The smoothed loss would lag behind. Null where it falls
 * nowhere or there are too few points.
 */
export function suggestedRate(points: readonly RangePoint[]): number | null {
  const mean = (from: number, to: number): number =>
    points.slice(from, to).reduce((sum, { total }) => sum + total, 0) / (to - from);
  let [steepest, at]: [number, number | null] = [0, null];
  for (let i = SIDE; i < points.length - SIDE; i++) {
    const before = mean(i - SIDE, i);
    const fall = before - mean(i + 1, i + 1 + SIDE);
    if (fall > Math.max(steepest, LEAST_FALL * Math.abs(before)))
      [steepest, at] = [fall, points[i]!.learningRate];
  }
  return at;
}
