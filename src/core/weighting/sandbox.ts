/**
 * A strategy on the bench, without a model: losses go in by hand, weights come out, and a strategy with a memory is stepped by hand.
 * It calls the very strategy that trains. Not here: what is shown (src/screens/train/sandbox).
 */
import { strategy } from './registry';
import type { StrategyId, StrategyOptions, StrategyState, StrategyStep } from './types';

/** The losses of the digest's example: a hard, a harder and an easy task. */
export const EXAMPLE_LOSSES = [1.4, 2.3, 0.1] as const;
/** Weights of so many steps are kept for the trace. */
const TRACE = 200;

export interface Sandbox {
  readonly id: StrategyId;
  readonly options: StrategyOptions;
  readonly losses: readonly number[];
  readonly seed: number;
  /** Steps taken. */
  readonly step: number;
  readonly state: StrategyState;
  /** Effective weights of the latest steps, oldest first. */
  readonly trace: readonly (readonly number[])[];
}

export interface SandboxAnswer {
  /** What the strategy looks at besides the losses; `losses` where it needs nothing more. */
  readonly needs: string;
  /** Null where it needs gradients: there is no model here to have any. */
  readonly weights: StrategyStep | null;
  /** The formula with these numbers in it; empty without weights. */
  readonly numbers: string;
  /** Whether another step would answer the same losses otherwise. */
  readonly hasMemory: boolean;
}

/** Which step it is: strategies that count epochs see one epoch a step, random ones draw from the stream of the seed. */
const contextOf = (seed: number, step: number) => ({ seed, step: step + 1, epoch: step + 1, gram: null });
type Context = ReturnType<typeof contextOf>;
type Weigh = (losses: readonly number[], options: StrategyOptions, state: StrategyState, context: Context) => StrategyStep;
type Update = (losses: readonly number[], options: StrategyOptions, state: StrategyState, context: Context) => StrategyState;
type WithNumbers = (losses: readonly number[], step: StrategyStep, options: StrategyOptions, state: StrategyState) => string;

const needsOf = (needs: string | ((options: StrategyOptions) => string), options: StrategyOptions): string =>
  (typeof needs === 'string' ? needs : needs(options));

/** A strategy at its beginning. */
export function beginSandbox(id: StrategyId, options: StrategyOptions, losses: readonly number[], seed: number): Sandbox {
  return { id, options, losses, seed, step: 0, state: strategy(id).init(losses.length, options), trace: [] };
}

/** Other options; a memory is kept, as in a run whose options are moved. */
export const withOptions = (box: Sandbox, options: StrategyOptions): Sandbox => ({ ...box, options });
export const withLoss = (box: Sandbox, task: number, loss: number): Sandbox =>
  ({ ...box, losses: box.losses.map((old, i) => (i === task ? loss : old)) });

/** What the strategy says to the losses as they stand. Changes nothing. */
export function answerOf({ id, options, losses, seed, step, state }: Sandbox): SandboxAnswer {
  const chosen = strategy(id);
  const needs = needsOf(chosen.needs, options);
  if (needs !== 'losses') return { needs, weights: null, numbers: '', hasMemory: false };
  const [weigh, withNumbers]: readonly [Weigh, WithNumbers] = [chosen.weigh, chosen.formulaWithNumbers];
  const weights = weigh(losses, options, state, contextOf(seed, step));
  const later = weigh(losses, options, state, contextOf(seed, step + 1));
  return {
    needs, weights, numbers: withNumbers(losses, weights, options, state),
    hasMemory: Object.keys(state).length > 0 || later.effective.some((weight, i) => weight !== weights.effective[i]),
  };
}

/** An optimiser step on these losses: what the strategy remembers moves. A strategy that needs gradients stays where it is. */
export function stepSandbox(box: Sandbox): Sandbox {
  const { weights } = answerOf(box);
  if (!weights) return box;
  const update: Update = strategy(box.id).update;
  return {
    ...box, step: box.step + 1, state: update(box.losses, box.options, box.state, contextOf(box.seed, box.step)),
    trace: [...box.trace, weights.effective].slice(-TRACE),
  };
}
