/**
 * Strategies in the order and the groups in which they are offered: by what their weights come from. Not
 * here: what they compute (core/weighting).
 */
import { STRATEGIES } from '../core/weighting/registry';
import type { Strategy, StrategyId } from '../core/weighting/types';

export const STRATEGY_GROUPS = ['fixed', 'losses', 'learned', 'gradients'] as const;
export type StrategyGroup = (typeof STRATEGY_GROUPS)[number];

/** A new strategy without a group does not compile. */
const GROUP: Readonly<Record<StrategyId, StrategyGroup>> = {
  'unweighted-sum': 'fixed',
  mean: 'fixed',
  static: 'fixed',
  'single-task': 'fixed',
  random: 'fixed',
  'log-sum': 'losses',
  geometric: 'losses',
  'weighted-average': 'losses',
  dwa: 'losses',
  'uw-o': 'losses',
  'uw-so': 'losses',
  'smooth-tchebycheff': 'losses',
  famo: 'losses',
  'kendall-uncertainty': 'learned',
  'revised-uncertainty': 'learned',
  'imtl-l': 'learned',
  'grad-norm': 'gradients',
  mgda: 'gradients',
  pcgrad: 'gradients',
  cagrad: 'gradients',
  'imtl-g': 'gradients',
  'nash-mtl': 'gradients',
  fairgrad: 'gradients',
  'aligned-mtl': 'gradients',
  'db-mtl': 'gradients',
  upgrad: 'gradients',
};

/** All strategies, those of one group together, in the catalogue's order. */
export const GROUPED_STRATEGIES: readonly {
  readonly group: StrategyGroup;
  readonly strategies: readonly Strategy[];
}[] = STRATEGY_GROUPS.map((group) => ({
  group,
  strategies: STRATEGIES.filter(({ id }) => GROUP[id] === group),
}));
