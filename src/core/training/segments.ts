/**
 * Which strategy was in force when: a run may change it at an epoch's boundary, and a fork begins with another one.
 * Plain data that a checkpoint, the run's record and the exports carry. Not here: carrying a change out (engine/trainer.ts).
 */
import type { StrategyId, StrategyOptions } from '../weighting/types';
import { NOT_YET, type EarlyStopping } from './early-stopping';
import type { Instruments, Monitor, RunConfig } from './run-config';

export type StrategyChoice = RunConfig['strategy'];

export interface StrategySegment {
  /** Steps done when it took over: it acts from the next one on. */
  readonly step: number;
  /** 1-based epoch of its first step. */
  readonly epoch: number;
  readonly why: 'start' | 'switch' | 'fork';
  /** With the options it took over with; those that act live may have changed since (adjustments.ts). */
  readonly strategy: StrategyChoice;
}

/** Options in whatever order mean the same. */
const canonical = (options: StrategyOptions): string => JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));

export const sameStrategy = (a: StrategyChoice, b: StrategyChoice): boolean => a.id === b.id && canonical(a.options) === canonical(b.options);

/** What a checkpoint's state says was in force; in an old one, what the run began with. */
export const strategyInForce = (state: { readonly strategyId?: StrategyId; readonly strategyOptions: StrategyOptions; readonly config: RunConfig }): StrategyChoice =>
  ({ id: state.strategyId ?? state.config.strategy.id, options: state.strategyOptions });

/** How gradients were measured at a checkpoint. */
export const instrumentsInForce = (state: { readonly instruments?: Instruments; readonly config: RunConfig }): Instruments => state.instruments ?? state.config.instruments;

export const firstSegment = (strategy: StrategyChoice): StrategySegment => ({ step: 0, epoch: 1, why: 'start', strategy });

/** The strategy that weighed the losses of this step. @param step 1-based  @returns undefined where nothing is known of it */
export const strategyOfStep = (segments: readonly StrategySegment[], step: number): StrategyChoice | undefined =>
  segments.findLast((segment) => segment.step < step)?.strategy;

/** Without those that no step up to `lastStep` was taken under, but for the first and for a fork, which is what the run begins with. */
export const segmentsUpTo = (segments: readonly StrategySegment[], lastStep: number): readonly StrategySegment[] =>
  segments.filter(({ step, why }) => step < lastStep || why === 'start' || (why === 'fork' && step <= lastStep));

/**
 * Early stopping after the strategy has changed: the new one gets the whole patience. The best value stays what later epochs
 * must beat, unless it is a strategy's total: totals of two strategies are different quantities, so the comparison begins anew.
 */
export const earlyAfterChange = (early: EarlyStopping, monitor: Monitor): EarlyStopping => (monitor === 'strategy-total' ? NOT_YET : { ...early, waited: 0 });
