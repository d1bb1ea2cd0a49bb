/**
 * Which strategy was in force when: a run may change it at an epoch's boundary, and a fork begins with
 * another one. Plain data that a checkpoint, the run's record and the exports carry. Not here: carrying a
 * change out (engine/run/loop/take-over.ts).
 */
import { sortedJson } from '../sorted-json';
import { strategy as strategyOf } from '../weighting/registry';
import type { StrategyId, StrategyOptions } from '../weighting/types';
import { NOT_YET, type EarlyStopping } from './monitor/early-stopping';
import type { Monitor, RunConfig } from '../config/run-config';

export type StrategyChoice = RunConfig['strategy'];

export interface StrategySegment {
  /** Steps done when it took over: it acts from the next one on. */
  readonly step: number;
  /** 1-based epoch of its first step. */
  readonly epoch: number;
  /** `formula`: the same strategy by a newer version of the program, whose formulas say otherwise. */
  readonly why: 'start' | 'switch' | 'fork' | 'formula';
  /** With the options it took over with; those that act live may have changed since (adjustments.ts). */
  readonly strategy: StrategyChoice;
}

const versionNow = (id: StrategyId): number => strategyOf(id).version ?? 1;

/**
 * The choice as a run that begins now has it: with the version of today's formulas, where that is no longer
 * the first.
 */
export const asComputedNow = ({ id, options }: StrategyChoice): StrategyChoice => ({
  id,
  options,
  ...(versionNow(id) > 1 ? { version: versionNow(id) } : {}),
});

/** Whether it was computed with formulas that have changed since. */
export const isOlder = ({ id, version = 1 }: StrategyChoice): boolean => version < versionNow(id);

/** Whichever version of their formulas. */
export const sameStrategy = (a: StrategyChoice, b: StrategyChoice): boolean =>
  a.id === b.id && sortedJson(a.options) === sortedJson(b.options);

/** What a checkpoint's state says was in force. */
export const strategyInForce = (state: {
  readonly strategyId: StrategyId;
  /** Of its formulas, from 1. */
  readonly strategyVersion: number;
  readonly strategyOptions: StrategyOptions;
}): StrategyChoice => ({
  id: state.strategyId,
  options: state.strategyOptions,
  ...(state.strategyVersion > 1 ? { version: state.strategyVersion } : {}),
});

export const firstSegment = (strategy: StrategyChoice): StrategySegment => ({
  step: 0,
  epoch: 1,
  why: 'start',
  strategy,
});

/**
 * The strategy that weighed the losses of this step. @param step 1-based  @returns undefined where nothing is
 * known of it
 */
export const strategyOfStep = (
  segments: readonly StrategySegment[],
  step: number,
): StrategyChoice | undefined => segments.findLast((segment) => segment.step < step)?.strategy;

/**
 * Without those that no step up to `lastStep` was taken under, but for the first and for a fork, which is
 * what the run begins with.
 */
export const segmentsUpTo = (
  segments: readonly StrategySegment[],
  lastStep: number,
): readonly StrategySegment[] =>
  segments.filter(
    ({ step, why }) => step < lastStep || why === 'start' || (why === 'fork' && step <= lastStep),
  );

/**
 * Early stopping where the formulas of a strategy have changed and the strategy has not: values of a total
 * that is computed otherwise are no measure any more.
 */
export const earlyAfterFormula = (early: EarlyStopping, monitor: Monitor): EarlyStopping =>
  monitor.of === 'strategy-total' ? NOT_YET : early;

/**
 * Early stopping after the strategy has changed: the new one gets the whole patience. The best value stays
 * what later epochs must beat, unless it is a strategy's total: totals of two strategies are different
 * quantities, so the comparison begins anew.
 */
export const earlyAfterChange = (early: EarlyStopping, monitor: Monitor): EarlyStopping =>
  monitor.of === 'strategy-total' ? NOT_YET : { ...early, waited: 0 };
