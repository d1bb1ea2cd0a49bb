/**
 * Where a strategy's total is no yardstick for the best epoch: it changes though no loss does, or says little
 * of most losses. Not here: what is monitored instead (monitor.ts), the words.
 */
import type { StrategyId } from '../weighting/types';

/**
 * `falls`: learned offsets lower it step by step, whatever the network does. `moves`: its weights change from
 * step to step or epoch to epoch. `logarithms`: a loss that is small already and shrinks further outweighs
 * the others. `constant`: it is always the number of tasks.
 */
export type Misleading = 'falls' | 'moves' | 'logarithms' | 'constant';

const MISLEADING: Readonly<Record<StrategyId, Misleading | null>> = {
  'unweighted-sum': null,
  mean: null,
  static: null,
  'single-task': null,
  'weighted-average': null,
  'uw-so': null,
  'kendall-uncertainty': 'falls',
  'revised-uncertainty': 'falls',
  'imtl-l': 'falls',
  'log-sum': 'logarithms',
  geometric: 'logarithms',
  famo: 'logarithms',
  'db-mtl': 'logarithms',
  'uw-o': 'constant',
  dwa: 'moves',
  random: 'moves',
  'smooth-tchebycheff': 'moves',
  'grad-norm': 'moves',
  mgda: 'moves',
  pcgrad: 'moves',
  cagrad: 'moves',
  'imtl-g': 'moves',
  'nash-mtl': 'moves',
  fairgrad: 'moves',
  'aligned-mtl': 'moves',
  upgrad: 'moves',
};

/** @returns null where the total is a fixed function of the losses */
export const totalMisleads = (id: StrategyId): Misleading | null => MISLEADING[id];

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
