/** Which two runs a report tests on their utterances by itself. */
import { expect, it } from 'vitest';
import { suitablePair } from '../../src/core/compare/suitable-pair';
import type { StrategyId } from '../../src/core/weighting/types';
import { madeUp } from '../support/compared-runs';

const run = (strategy: StrategyId, seed: number, corpusId = 'corpus') =>
  madeUp(`${strategy} ${seed}`, { strategy: { id: strategy, options: {} }, seed }, [[5, 5, 5]], { corpusId });

it('the only two, whatever they are; else the unweighted sum and another strategy on the same utterances', () => {
  expect(suitablePair([run('dwa', 1), run('dwa', 2)])).toEqual(['dwa 1', 'dwa 2']);
  const sums = [run('unweighted-sum', 2), run('unweighted-sum', 3)];
  // A random split follows the seed: only equal seeds validate on the same utterances.
  expect(suitablePair([run('dwa', 1), run('famo', 3), ...sums])).toEqual(['unweighted-sum 3', 'famo 3']);
  expect(suitablePair([run('dwa', 1), run('famo', 3, 'other'), ...sums])).toBeNull();
  expect(suitablePair([run('dwa', 1), run('famo', 1), run('mean', 1)])).toEqual(['dwa 1', 'famo 1']);
  expect(suitablePair([])).toBeNull();
});
