/**
 * The contract of a weighting strategy. One file a strategy, all of them in registry.ts.
 * A strategy is pure and works in float64 on the host: given this step's task losses (and its own state) it says
 * what the total loss is and, the number that matters, the effective weight dL_total/dL_i of each task.
 */
export type StrategyId =
  | 'unweighted-sum' | 'static' | 'revised-uncertainty' | 'weighted-average';

/** Plain JSON: numbers, booleans, one number per task. */
export type StrategyOptions = Readonly<Record<string, number | boolean | readonly number[]>>;

export type OptionSpec =
  | { readonly key: string; readonly kind: 'number'; readonly min: number; readonly max: number; readonly step: number;
      readonly default: number; readonly live: boolean }
  | { readonly key: string; readonly kind: 'boolean'; readonly default: boolean; readonly live: boolean }
  /** One number per task. `live` options act while training runs. */
  | { readonly key: string; readonly kind: 'perTask'; readonly min: number; readonly max: number; readonly step: number;
      readonly default: number; readonly live: boolean };

/** What a strategy needs beyond the losses. */
export type StrategyNeeds = 'losses';

export interface StrategyStep {
  /** L_total as the formula states it. */
  readonly total: number;
  /** The weight the formula prints for each task. */
  readonly nominal: readonly number[];
  /** dL_total/dL_i with everything the formula differentiates through; may be negative. */
  readonly effective: readonly number[];
}

/** Serialisable as JSON: goes into checkpoints. */
export type StrategyState = Readonly<Record<string, number | readonly number[]>>;

export interface Strategy {
  readonly id: StrategyId;
  readonly needs: StrategyNeeds;
  /** Whether the effective weights follow from options and state alone, whatever this batch's losses are. */
  readonly lossFree: boolean;
  readonly options: readonly OptionSpec[];
  /** Formula as plain text (Unicode), for the UI. */
  readonly formula: (options: StrategyOptions) => string;
  /** The same formula with one step's numbers in it. */
  readonly formulaWithNumbers: (losses: readonly number[], step: StrategyStep, options: StrategyOptions, state: StrategyState) => string;
  readonly init: (taskCount: number, options: StrategyOptions) => StrategyState;
  /** Weights for these losses; changes nothing. Also used on validation losses. */
  readonly weigh: (losses: readonly number[], options: StrategyOptions, state: StrategyState) => StrategyStep;
  /** The state after an optimiser step on these losses (learned weights move here). */
  readonly update: (losses: readonly number[], options: StrategyOptions, state: StrategyState) => StrategyState;
}
