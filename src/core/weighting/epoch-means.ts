/** Mean losses of the epoch under way, kept in a strategy's state: a resumed run goes on with them. */
import { listOf, numberOf } from './learned';
import type { StrategyState } from './types';

export const startMeans = (taskCount: number): StrategyState => ({
  epoch: 0,
  count: 0,
  sums: Array.from({ length: taskCount }, () => 0),
});

export const epochMeans = {
  /** The means of the epoch that was under way, if another one is now; else null. */
  over: (state: StrategyState, epoch: number): readonly number[] | null => {
    const count = numberOf(state, 'count');
    return count > 0 && numberOf(state, 'epoch') !== epoch
      ? listOf(state, 'sums').map((total) => total / count)
      : null;
  },
  /** With one more step's losses. */
  add: (state: StrategyState, losses: readonly number[], epoch: number): StrategyState => ({
    epoch,
    count: numberOf(state, 'count') + 1,
    sums: listOf(state, 'sums').map((total, i) => total + losses[i]!),
  }),
};
