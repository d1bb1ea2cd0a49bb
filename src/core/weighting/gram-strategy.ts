/**
 * What strategies have in common that compute a combination Σ w_i g_i of the task gradients from their Gram
 * matrix: where the gradients are taken, what becomes of the heads, and weights to go on with where only
 * losses are known. One file a strategy has its solver.
 */
import { choiceField, type Fields } from '../options/field';
import { listOf } from './learned';
import { tuple, weightedSum } from './notation';
import { dot, ones } from './numerics';
import { reader } from './options';
import { restricted } from './solvers/linear-algebra';
import {
  AT_REST,
  GRADIENT_LEVELS,
  type Fallback,
  type Gram,
  type StepContext,
  type FirstVersion,
  type MisleadingTotal,
  type Strategy,
  type StrategyId,
  type StrategyOptions,
  type StrategyState,
  type StrategyWords,
} from './types';

/** Where gradients are measured. */
const LEVEL = { gradients: choiceField({ choices: GRADIENT_LEVELS, default: 'representation' }) };
const level = reader(LEVEL);

const HEADS = ['unweighted', 'weighted'] as const;
const WORDS = {
  gradients: 'Gradients taken at',
  gradientsHint:
    'The shared representation costs almost nothing. Everything shared is the published definition; it takes a backward pass of the trunk for each task.',
  heads: 'Gradients inside the heads',
  headsHint: 'The weights always act on what is shared. Unweighted heads learn as under the plain sum.',
};

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
  readonly words: StrategyWords;
  /** `moves` unless given. */
  readonly misleadingTotal?: MisleadingTotal;
  /** See Strategy.version. */
  readonly version?: number;
  readonly firstVersion?: FirstVersion;
  readonly formula: (options: StrategyOptions) => string;
  readonly options?: Fields;
  /** As in the published code; null where the strategy says it itself. */
  readonly heads: 'unweighted' | 'weighted' | null;
  /**
   * Whether the sum is one of shares of all tasks, 1/T each: those that are left then keep theirs when others
   * are left out.
   */
  readonly isMean?: (options: StrategyOptions) => boolean;
  /** Whether the formula has a value where a gradient is zero, so that no task has to be left out. */
  readonly takesZeros?: true;
  /**
   * @param gram without zeros on its diagonal, unless `takesZeros`; losses and the lists of the state are of
   * the same tasks
   */
  readonly solve: (
    gram: Gram,
    options: StrategyOptions,
    losses: readonly number[],
    context: StepContext,
    state: StrategyState,
  ) => Solution;
}

/** The lists of a state that have an entry a task, of these tasks only. */
const stateOf = (state: StrategyState, tasks: readonly number[], count: number): StrategyState =>
  Object.fromEntries(
    Object.entries(state).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === count
        ? tasks.map((i) => (value as readonly number[])[i]!)
        : value,
    ]),
  );

/**
 * A task without a gradient has nothing to ask for: it is solved, or nothing shared can help it. The others
 * are weighed as if it were not there; its weight is 0, and its head's 1. Formulas would give it all the
 * weight (MGDA: nothing is shorter than zero) or none that is finite (Nash-MTL).
 */
function withoutSolved({ solve, isMean }: GramSolver): GramSolver['solve'] {
  return (gram, options, losses, context, state) => {
    const left = losses.map((_, i) => i).filter((i) => gram[i]![i] !== 0);
    if (left.length === losses.length) return solve(gram, options, losses, context, state);
    const found = solve(
      restricted(gram, left),
      options,
      left.map((i) => losses[i]!),
      context,
      stateOf(state, left, losses.length),
    );
    const share = isMean?.(options) ? left.length / losses.length : 1;
    const all = (values: readonly number[], absent: number, by = 1): number[] =>
      losses.map((_, i) => (left.includes(i) ? values[left.indexOf(i)]! * by : absent));
    return {
      weights: all(found.weights, 0, share),
      heads: all(found.heads ?? found.weights, 1, found.heads ? 1 : share),
      ...(found.averaged ? { averaged: all(found.averaged, 0) } : {}),
      fallback: found.fallback ?? 'solved-task',
    };
  };
}

/**
 * The total is Σ w_i L_i with the weights of the last step that had gradients, 1 before the first. A Gram
 * matrix that is zero (nothing to learn from) gives weights of 1.
 */
export function gramStrategy(solver: GramSolver): Strategy {
  const { id, words, formula, options: own = {}, heads, version, firstVersion, takesZeros } = solver;
  const solve = takesZeros ? solver.solve : withoutSolved(solver);
  const noteOfSolved = (gram: Gram): { readonly fallback?: Fallback } =>
    takesZeros && gram.some((row, i) => row[i] === 0) ? { fallback: 'solved-task' } : {};
  const unweighted = (options: StrategyOptions): boolean =>
    heads !== null && (options['heads'] ?? heads) === 'unweighted';
  const weigh = (
    losses: readonly number[],
    options: StrategyOptions,
    state: StrategyState,
    context = AT_REST,
  ) => {
    const { gram } = context;
    const kept = listOf(state, 'weights');
    const known: Solution = !gram
      ? { weights: kept.length === losses.length ? kept : ones(losses) }
      : gram.flat().some((value) => !Number.isFinite(value))
        ? { weights: losses.map(() => Number.NaN) }
        : gram.every((row, i) => row[i] === 0)
          ? { weights: ones(losses), fallback: 'no-direction' }
          : { ...solve(gram, options, losses, context, state), ...noteOfSolved(gram) };
    const { weights, fallback } = known;
    return {
      total: dot(weights, losses),
      nominal: weights,
      effective: weights,
      ...(known.averaged ? { averaged: known.averaged } : {}),
      ...(unweighted(options) ? { heads: ones(losses) } : known.heads ? { heads: known.heads } : {}),
      ...(fallback ? { fallback } : {}),
    };
  };
  return {
    id,
    group: 'gradients',
    words: heads ? { ...words, options: { ...WORDS, ...words.options } } : words,
    misleadingTotal: solver.misleadingTotal ?? 'moves',
    formula,
    lossFree: false,
    ...(version === undefined ? {} : { version }),
    ...(firstVersion === undefined ? {} : { firstVersion }),
    needs: (options) => level(options).gradients,
    options: {
      ...LEVEL,
      ...(heads ? { heads: choiceField({ choices: HEADS, default: heads, live: true }) } : {}),
      ...own,
    },
    formulaWithNumbers: (losses, step) =>
      `${weightedSum(losses, step.nominal, step.total)};  w = ${tuple(step.nominal)}`,
    init: (taskCount) => ({ weights: Array.from({ length: taskCount }, () => 1) }),
    weigh,
    update: (losses, options, state, context = AT_REST) => ({
      ...state,
      weights: weigh(losses, options, state, context).effective,
    }),
  };
}

/** The note where gradients depend on one another. */
export const noteOfRank = (singular: boolean): { readonly fallback?: Fallback } =>
  singular ? { fallback: 'singular-gram' } : {};
