/**
 * A strategy on the bench, without a model: losses go in by hand, and lengths and angles of the tasks'
 * gradients where it looks at them; weights come out, and a strategy with a memory is stepped by hand. It
 * calls the very strategy that trains. Not here: what is shown (src/screens/train/sandbox).
 */
import { sum } from './numerics';
import { pairsOf } from './readings';
import { strategy } from './registry';
import type { Gram, StepContext, StrategyId, StrategyOptions, StrategyState, StrategyStep } from './types';

/** The losses of the digest's example: a hard, a harder and an easy task. */
export const EXAMPLE_LOSSES = [1.4, 2.3, 0.1] as const;
/**
 * Gradients as the specification sheet's example has them, 1 long on average: the first two conflict with one
 * another, and the first with the third.
 */
const EXAMPLE_PULLS: Pulls = { lengths: [0.92, 0.86, 1.21], cosines: [-0.27, -0.44, 0.03] };

/** What would be measured of the tasks' gradients. */
export interface Pulls {
  readonly lengths: readonly number[];
  /** Of every pair, in the order of `pairsOf`. */
  readonly cosines: readonly number[];
}

/** Weights of so many steps are kept for the trace. */
const TRACE = 200;

export interface Sandbox {
  readonly id: StrategyId;
  readonly options: StrategyOptions;
  readonly losses: readonly number[];
  /** The losses of the step before: a strategy that looks again sees how they moved since. */
  readonly before: readonly number[];
  readonly pulls: Pulls;
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
  readonly weights: StrategyStep;
  /** The formula with these numbers in it. */
  readonly numbers: string;
  /** Whether another step would answer the same losses otherwise. */
  readonly hasMemory: boolean;
}

/**
 * Which step it is: strategies that count epochs see one epoch a step, random ones draw from the stream of
 * the seed.
 */
function contextOf({ id, options, seed, pulls, losses }: Sandbox, step: number): StepContext {
  const gram = strategy(id).needs(options) === 'losses' ? null : gramOf(pulls);
  return { seed, step: step + 1, epoch: step + 1, gram, after: losses };
}

/** Inner products of gradients of these lengths at these angles. */
export function gramOf({ lengths, cosines }: Pulls): Gram {
  const pairs = pairsOf(lengths.length);
  const cosine = (i: number, j: number): number =>
    i === j ? 1 : (cosines[pairs.findIndex(([a, b]) => a === Math.min(i, j) && b === Math.max(i, j))] ?? 0);
  return lengths.map((a, i) => lengths.map((b, j) => a * b * cosine(i, j)));
}

/** Three digits of it, however small: a short gradient must not become none. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** What was measured, with lengths that are 1 on average; the example's where nothing was. */
function pullsOf(taskCount: number, measured: Pulls | null): Pulls {
  const mean = measured ? sum(measured.lengths) / taskCount : 0;
  if (measured?.lengths.length === taskCount && mean > 0)
    return { lengths: measured.lengths.map((length) => rounded(length / mean)), cosines: measured.cosines };
  const lengths = EXAMPLE_PULLS.lengths.slice(0, taskCount);
  return { lengths, cosines: pairsOf(lengths.length).map((_, k) => EXAMPLE_PULLS.cosines[k]!) };
}

/** A strategy at its beginning. @param measured lengths and cosines of a run's gradients */
export function beginSandbox(
  id: StrategyId,
  options: StrategyOptions,
  losses: readonly number[],
  seed: number,
  measured: Pulls | null = null,
): Sandbox {
  return {
    id,
    options,
    losses,
    before: losses,
    pulls: pullsOf(losses.length, measured),
    seed,
    step: 0,
    state: strategy(id).init(losses.length, options),
    trace: [],
  };
}

/** Other options; a memory is kept, as in a run whose options are moved. */
export const withOptions = (box: Sandbox, options: StrategyOptions): Sandbox => ({ ...box, options });
const replaced = (list: readonly number[], at: number, value: number): number[] =>
  list.map((old, i) => (i === at ? value : old));
export const withLoss = (box: Sandbox, task: number, loss: number): Sandbox => ({
  ...box,
  losses: replaced(box.losses, task, loss),
});
export const withLength = (box: Sandbox, task: number, length: number): Sandbox => ({
  ...box,
  pulls: { ...box.pulls, lengths: replaced(box.pulls.lengths, task, length) },
});

/**
 * The cosine of a pair, as near to what is wished as three directions can be: with the other two angles
 * given, it lies within c₁c₂ ± √((1 − c₁²)(1 − c₂²)).
 */
export function withCosine(box: Sandbox, pair: number, wished: number): Sandbox {
  const others = box.pulls.cosines.filter((_, k) => k !== pair);
  const [a, b] = others.length === 2 ? [others[0]!, others[1]!] : [0, 0];
  const room = Math.sqrt(Math.max(0, (1 - a * a) * (1 - b * b)));
  return {
    ...box,
    pulls: {
      ...box.pulls,
      cosines: replaced(box.pulls.cosines, pair, Math.max(a * b - room, Math.min(a * b + room, wished))),
    },
  };
}

/** What the strategy says to the losses as they stand. Changes nothing. */
export function answerOf(box: Sandbox): SandboxAnswer {
  const { id, options, losses, step, state } = box;
  const chosen = strategy(id);
  const weights = chosen.weigh(losses, options, state, contextOf(box, step));
  const later = chosen.weigh(losses, options, state, contextOf(box, step + 1));
  return {
    needs: chosen.needs(options),
    weights,
    numbers: chosen.formulaWithNumbers(losses, weights, options),
    // The weights that a gradient strategy keeps for validation are none of its own memory.
    hasMemory:
      Object.keys(state).some((key) => key !== 'weights') ||
      later.effective.some((weight, i) => weight !== weights.effective[i]),
  };
}

/**
 * An optimiser step on these losses: what the strategy remembers moves. One that looks again sees the way
 * from the step before to here.
 */
export function stepSandbox(box: Sandbox): Sandbox {
  const chosen = strategy(box.id);
  const { weights } = answerOf(box);
  return {
    ...box,
    step: box.step + 1,
    before: box.losses,
    state: chosen.update(
      chosen.looksAgain ? box.before : box.losses,
      box.options,
      box.state,
      contextOf(box, box.step),
    ),
    trace: [...box.trace, weights.effective].slice(-TRACE),
  };
}
