/** All strategies there are. To add one: write its file, add it here and to StrategyId (docs/adding-a-strategy.md). */
import { ConfigError } from '../errors/errors';
import { revisedUncertainty } from './revised-uncertainty';
import { staticWeights } from './static';
import { unweightedSum } from './unweighted-sum';
import { weightedAverage } from './weighted-average';
import type { Strategy, StrategyId } from './types';

export const STRATEGIES: readonly Strategy[] = [unweightedSum, staticWeights, revisedUncertainty, weightedAverage];

/** @throws ConfigError `unknown-strategy` */
export function strategy(id: StrategyId): Strategy {
  const found = STRATEGIES.find((candidate) => candidate.id === id);
  if (!found) throw new ConfigError('unknown-strategy', `There is no strategy “${id}”.`, 'Choose one from the list.', { id });
  return found;
}
