/**
 * One learned number a task, moved by its own Adam on the host in float64, without weight decay: decay would
 * pull the weights towards where nobody wants them. Not here: the network's Adam (src/engine/optimizers/).
 */
import type { StrategyState } from './types';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

export const listOf = (state: StrategyState, key: string): readonly number[] =>
  (state[key] as readonly number[] | undefined) ?? [];
export const numberOf = (state: StrategyState, key: string): number =>
  (state[key] as number | undefined) ?? 0;

/** The state of `key`, its moments and the count of updates. */
export function startLearning(key: string, values: readonly number[]): StrategyState {
  const zeros = values.map(() => 0);
  return { [key]: values, m: zeros, v: zeros, iterations: 0 };
}

/** One step against the gradient. @returns `state` with `key`, m, v and iterations moved on */
export function learn(
  state: StrategyState,
  key: string,
  gradient: readonly number[],
  rate: number,
): StrategyState {
  const t = numberOf(state, 'iterations') + 1;
  const m = listOf(state, 'm').map((old, i) => BETA1 * old + (1 - BETA1) * gradient[i]!);
  const v = listOf(state, 'v').map((old, i) => BETA2 * old + (1 - BETA2) * gradient[i]! ** 2);
  const values = listOf(state, key).map(
    (old, i) => old - (rate * (m[i]! / (1 - BETA1 ** t))) / (Math.sqrt(v[i]! / (1 - BETA2 ** t)) + EPSILON),
  );
  return { ...state, [key]: values, m, v, iterations: t };
}
