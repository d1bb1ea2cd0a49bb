/**
 * A step in which some tasks have no labelled example. They are left out of the weighing: the strategy is asked
 * about the others alone, with their entries of options, state and Gram matrix, and an absent task's weight is 0.
 * The state does not move in such a step (docs/decisions/0031-missing-labels.md).
 */
import { restricted } from './solvers/linear-algebra';
import { renormalised } from './renormalise';
import type { StepContext, Strategy, StrategyOptions, StrategyState, StrategyStep } from './types';

/** Lists with an entry a task, of these tasks only; everything else as it is. */
export const entriesOf = <T>(
  values: Readonly<Record<string, T>>,
  tasks: readonly number[],
  count: number,
): Readonly<Record<string, T>> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === count
        ? (tasks.map((i) => (value as unknown[])[i]) as T)
        : value,
    ]),
  );

export interface Asked {
  readonly strategy: Pick<Strategy, 'weigh' | 'options'>;
  readonly options: StrategyOptions;
  readonly state: StrategyState;
  readonly context?: StepContext;
  /** Scale the weights so that their absolute values sum to the number of tasks that are there. */
  readonly renormalise?: boolean;
}

/**
 * @param losses one a task; of an absent one, NaN
 * @returns weights of all tasks; 0 for those that are absent, 1 inside their heads, where they multiply nothing
 */
export function weighPresent(
  losses: readonly number[],
  present: readonly boolean[],
  { strategy, options, state, context, renormalise = false }: Asked,
): StrategyStep {
  const weighed = (step: StrategyStep): StrategyStep => (renormalise ? renormalised(step) : step);
  if (present.every(Boolean)) return weighed(strategy.weigh(losses, options, state, context));
  const left = losses.map((_, i) => i).filter((i) => present[i]);
  const own = optionsOf(strategy, options, left, losses.length);
  if (left.length === 0 || !own) {
    const none = losses.map(() => 0);
    return { total: 0, nominal: none, effective: none, heads: losses.map(() => 1), fallback: 'no-weight' };
  }
  const step = weighed(
    strategy.weigh(
      left.map((i) => losses[i]!),
      own,
      entriesOf(state, left, losses.length),
      context && {
        ...context,
        gram: context.gram && restricted(context.gram, left),
        ...(context.classes ? { classes: left.map((i) => context.classes![i]!) } : {}),
      },
    ),
  );
  const all = (values: readonly number[], absent: number): number[] =>
    losses.map((_, i) => (left.includes(i) ? values[left.indexOf(i)]! : absent));
  return {
    ...step,
    nominal: all(step.nominal, 0),
    effective: all(step.effective, 0),
    heads: all(step.heads ?? step.effective, 1),
    ...(step.averaged ? { averaged: all(step.averaged, 0) } : {}),
  };
}

/** Null where an option names a task that is absent. */
function optionsOf(
  { options: specs }: Pick<Strategy, 'options'>,
  options: StrategyOptions,
  left: readonly number[],
  count: number,
): StrategyOptions | null {
  const own: Record<string, StrategyOptions[string]> = { ...entriesOf(options, left, count) };
  for (const [key, { kind }] of Object.entries(specs)) {
    if (kind !== 'task') continue;
    const at = left.indexOf(Number(options[key] ?? 0));
    if (at < 0) return null;
    own[key] = at;
  }
  return own;
}
