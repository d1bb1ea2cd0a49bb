/**
 * The contract of a weighting strategy. One file a strategy, all of them in registry.ts.
 * A strategy is pure and works in float64 on the host: given this step's task losses (and its own state, and
 * the inner products of the task gradients if it asks for them) it says what the total loss is and, the
 * number that matters, the effective weight dL_total/dL_i of each task. Not here: how gradients are computed
 * (src/engine/step/task-gradients.ts).
 */
import type { Field, Fields, ValueOf } from '../options/field';

/** An id of the registry; the schema of a configuration knows which there are. */
export type StrategyId = string;

/** What the weights come from; strategies are offered in these groups, in this order. */
export const STRATEGY_GROUPS = ['fixed', 'losses', 'learned', 'gradients'] as const;
export type StrategyGroup = (typeof STRATEGY_GROUPS)[number];

/**
 * Why a strategy's total is no yardstick for the best epoch. `falls`: learned offsets lower it step by step,
 * whatever the network does. `moves`: its weights change from step to step or epoch to epoch. `logarithms`: a
 * loss that is small already and shrinks further outweighs the others. `constant`: it is always the number of
 * tasks.
 */
export type MisleadingTotal = 'falls' | 'moves' | 'logarithms' | 'constant';

/**
 * What the first version of a strategy computed otherwise. `scale`: the length of the weights. `rank`: what
 * counts as dependent. `zeros`: a task without a gradient was not left out.
 */
export type FirstVersion = 'scale' | 'rank' | 'zeros';

/** The English of a strategy; other languages have theirs in src/app/i18n, or show this. */
export interface StrategyWords {
  readonly name: string;
  /** Beside the name in a list. */
  readonly note: string;
  /** What it does, in two sentences. */
  readonly explain: string;
  /**
   * By option key: its label; `<key>Hint` what is to know of it; `<key>Of` the label of one task's number,
   * with `{{task}}`.
   */
  readonly options?: Readonly<Record<string, string>>;
  /** By option key: the values of a choice, where src/app/i18n has no words for them yet. */
  readonly choices?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Plain JSON: numbers, booleans, choices by name, one number per task. */
export type OptionValue = ValueOf<Field>;
export type StrategyOptions = Readonly<Record<string, OptionValue>>;

/**
 * Where the tasks' gradients are taken: of the shared representation (the heads' input, for every example of
 * the batch), of the weights of the last layer that the tasks share, or of everything they share.
 */
export const GRADIENT_LEVELS = ['representation', 'last-layer', 'full'] as const;
export type GradientLevel = (typeof GRADIENT_LEVELS)[number];

/** What a strategy needs beyond the losses. */
export type StrategyNeeds = 'losses' | GradientLevel;

/**
 * Inner products g_i·g_j of the tasks' gradients (unweighted), or of their averages: symmetric,
 * [tasks][tasks].
 */
export type Gram = readonly (readonly number[])[];

/** What was done where the formula has no value; counted and told in the run's log. */
export const FALLBACKS = [
  'zero-loss',
  'singular-gram',
  'solved-task',
  'no-direction',
  'weights-clamped',
  'no-weight',
] as const;
export type Fallback = (typeof FALLBACKS)[number];

/** Which step it is, and what was measured for it. */
export interface StepContext {
  /** The run's. Random strategies draw from streams named by seed and step. */
  readonly seed: number;
  /** 1-based optimiser step. */
  readonly step: number;
  /** 1-based. */
  readonly epoch: number;
  /**
   * null where only losses are known, as in validation: a gradient strategy then keeps the weights of its
   * last step.
   */
  readonly gram: Gram | null;
  /**
   * The same batch's losses after the optimiser step, with the same dropout masks; for strategies that look
   * again.
   */
  readonly after?: readonly number[];
  /** Classes of each task; absent where nothing is known of them. */
  readonly classes?: readonly number[];
}

export const AT_REST: StepContext = { seed: 0, step: 1, epoch: 1, gram: null };

export interface StrategyStep {
  /** L_total as the formula states it; of gradient strategies Σ w_i L_i with the weights held constant. */
  readonly total: number;
  /** The weight the formula prints for each task. */
  readonly nominal: readonly number[];
  /**
   * dL_total/dL_i with everything the formula differentiates through; may be negative. Of gradient strategies
   * the factor of the task's gradient in the shared layers.
   */
  readonly effective: readonly number[];
  /**
   * What the gradients inside the heads are multiplied by, where that is not the effective weight; never 0.
   */
  readonly heads?: readonly number[];
  /**
   * Factors of the tasks' averaged gradients, from a strategy that asks for averages: they make the shared
   * layers' gradient.
   */
  readonly averaged?: readonly number[];
  readonly fallback?: Fallback;
}

/** How the average of each task's gradient moves on: m_i ← keep·m_i + add_i·g_i. */
export interface Averaging {
  readonly keep: number;
  readonly add: readonly number[];
}

/** Serialisable as JSON: goes into checkpoints. */
export type StrategyState = Readonly<Record<string, number | readonly number[]>>;

export interface Strategy {
  readonly id: StrategyId;
  readonly group: StrategyGroup;
  readonly words: StrategyWords;
  /** null where the total is a fixed function of the losses. */
  readonly misleadingTotal: MisleadingTotal | null;
  /**
   * Counted up when the same losses and gradients give other weights than before; absent: 1, as in version
   * 0.1.0 of the program (docs/decisions/0020-strategy-versions.md).
   */
  readonly version?: number;
  /** With a `version` above 1. */
  readonly firstVersion?: FirstVersion;
  readonly needs: (options: StrategyOptions) => StrategyNeeds;
  /**
   * Whether the effective weights follow from options, state and context alone, whatever this batch's losses
   * and gradients are.
   */
  readonly lossFree: boolean;
  /** What others are measured against unless the user says otherwise: one strategy of all. */
  readonly baseline?: true;
  /** Whether an easy task's effective weight turns negative below a share of the losses (turning-point.ts). */
  readonly turns?: (options: StrategyOptions) => boolean;
  /** Whether `update` wants the same batch's losses after the step: a second forward pass. */
  readonly looksAgain?: true;
  /**
   * Of a formula that acts on a moving average of each task's gradient of everything shared: how the averages
   * move on before a step, given its losses and the state; null with options that need none. They begin at
   * zero wherever the state begins. The engine keeps them: a copy of the shared parameters for every task, on
   * the device, in checkpoints and in the memory plan. `needs` is then `full`, the context's Gram matrix is
   * the averages', and `weigh` gives their factors as `averaged`.
   */
  readonly averages?: (
    options: StrategyOptions,
  ) => ((losses: readonly number[], state: StrategyState) => Averaging) | null;
  /** In the order in which they are shown; `live` ones act from the next step on while training runs. */
  readonly options: Fields;
  /** Formula as plain text (Unicode), for the UI; parts are separated by a comma and two spaces. */
  readonly formula: (options: StrategyOptions) => string;
  /** The same formula with one step's numbers in it. */
  readonly formulaWithNumbers: (
    losses: readonly number[],
    step: StrategyStep,
    options: StrategyOptions,
  ) => string;
  readonly init: (taskCount: number, options: StrategyOptions) => StrategyState;
  /** Weights for these losses; changes nothing. Also used on validation losses. */
  readonly weigh: (
    losses: readonly number[],
    options: StrategyOptions,
    state: StrategyState,
    context?: StepContext,
  ) => StrategyStep;
  /** The state after an optimiser step on these losses (learned weights move here). */
  readonly update: (
    losses: readonly number[],
    options: StrategyOptions,
    state: StrategyState,
    context?: StepContext,
  ) => StrategyState;
}
