/**
 * Where a strategy's total is no yardstick for the best epoch: it changes though no loss does, or says little
 * of most losses. Not here: what is monitored instead (monitor.ts), the words.
 */
import { strategy } from '../../weighting/registry';
import type { MisleadingTotal, StrategyId } from '../../weighting/types';

/** @returns null where the total is a fixed function of the losses */
export const totalMisleads = (id: StrategyId): MisleadingTotal | null => strategy(id).misleadingTotal;

/**
 * So many epochs in a row, each the best by its total while the sum of the task losses did not improve, are
 * told.
 */
export const DRIFT_EPOCHS = 5;

export interface Drift {
  /** Smallest sum of task losses so far. */
  readonly bestSum: number | null;
  /** The latest epochs that were the best so far without a smaller sum. */
  readonly epochs: number;
}

export const NO_DRIFT: Drift = { bestSum: null, epochs: 0 };

/**
 * @param best whether the epoch was the best so far by what is monitored  @param sum of the task losses that
 * can be measured
 */
export function driftAfter({ bestSum, epochs }: Drift, best: boolean, sum: number): Drift {
  const improved = bestSum === null || sum < bestSum;
  return { bestSum: improved ? sum : bestSum, epochs: best && !improved ? epochs + 1 : 0 };
}
