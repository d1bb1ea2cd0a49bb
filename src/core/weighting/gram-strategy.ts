/**
 * What strategies have in common that compute a combination Σ w_i g_i of the task gradients from their Gram matrix: where the
 * gradients are taken, what becomes of the heads, and weights to go on with where only losses are known. One file a strategy
 * has its solver.
 */
import { listOf } from './learned';
import { tuple, weightedSum } from './notation';
import { dot, ones } from './numerics';
import { choice } from './options';
import { AT_REST, GRADIENT_LEVELS, type Fallback, type Gram, type OptionSpec, type StepContext, type Strategy, type StrategyId, type StrategyOptions, type StrategyState } from './types';

const HEADS = ['unweighted', 'weighted'] as const;

export interface Solution {
  /** Factors of the task gradients. */
  readonly weights: readonly number[];
  /** Factors inside the heads, where the strategy has its own; see StrategyStep.heads. */
  readonly heads?: readonly number[];
  /** See StrategyStep.averaged. */
  readonly averaged?: readonly number[];
  readonly fallback?: Fallback | undefined;
}

export interface GramSolver {
  readonly id: StrategyId;
  readonly formula: (options: StrategyOptions) => string;
  readonly options?: readonly OptionSpec[];
  /** As in the published code; null where the strategy says it itself. */
  readonly heads: 'unweighted' | 'weighted' | null;
  readonly solve: (gram: Gram, options: StrategyOptions, losses: readonly number[], context: StepContext, state: StrategyState) => Solution;
}

/**
 * The total is Σ w_i L_i with the weights of the last step that had gradients, 1 before the first. A Gram matrix that is zero
 * (nothing to learn from) gives weights of 1.
 */
export function gramStrategy({ id, formula, options: own = [], heads, solve }: GramSolver): Strategy {
  const unweighted = (options: StrategyOptions): boolean => heads !== null && (options['heads'] ?? heads) === 'unweighted';
  const weigh = (losses: readonly number[], options: StrategyOptions, state: StrategyState, context = AT_REST) => {
    const { gram } = context;
    const kept = listOf(state, 'weights');
    const known: Solution = !gram ? { weights: kept.length === losses.length ? kept : ones(losses) }
      : gram.every((row, i) => row[i] === 0) ? { weights: ones(losses), fallback: 'no-direction' } : solve(gram, options, losses, context, state);
    const { weights, fallback } = known;
    return {
      total: dot(weights, losses), nominal: weights, effective: weights,
      ...(known.averaged ? { averaged: known.averaged } : {}), ...(unweighted(options) ? { heads: ones(losses) } : known.heads ? { heads: known.heads } : {}), ...(fallback ? { fallback } : {}),
    };
  };
  return {
    id, formula, lossFree: false,
    needs: (options) => choice(options, 'gradients', GRADIENT_LEVELS),
    options: [
      { key: 'gradients', kind: 'choice', choices: GRADIENT_LEVELS, default: 'representation', live: false },
      ...(heads ? [{ key: 'heads', kind: 'choice', choices: HEADS, default: heads, live: true } as const] : []), ...own,
    ],
    formulaWithNumbers: (losses, step) => `${weightedSum(losses, step.nominal, step.total)};  w = ${tuple(step.nominal)}`,
    init: (taskCount) => ({ weights: Array.from({ length: taskCount }, () => 1) }),
    weigh,
    update: (losses, options, state, context = AT_REST) => ({ ...state, weights: weigh(losses, options, state, context).effective }),
  };
}

/** The note where gradients depend on one another. */
export const noteOfRank = (singular: boolean): { readonly fallback?: Fallback } => (singular ? { fallback: 'singular-gram' } : {});
