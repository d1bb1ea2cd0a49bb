/**
 * Strategies in the order and the groups in which they are offered: by what their weights come from. Not
 * here: what they compute (core/weighting).
 */
import { STRATEGIES } from '../../core/weighting/registry';
import { STRATEGY_GROUPS, type Strategy, type StrategyGroup } from '../../core/weighting/types';

/** All strategies, those of one group together, in the catalogue's order. */
export const GROUPED_STRATEGIES: readonly {
  readonly group: StrategyGroup;
  readonly strategies: readonly Strategy[];
}[] = STRATEGY_GROUPS.map((group) => ({
  group,
  strategies: STRATEGIES.filter((one) => one.group === group),
}));
