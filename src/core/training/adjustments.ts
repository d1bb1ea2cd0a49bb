/**
 * What was changed by hand while a run went: options that act live, and how often gradients are measured.
 * Plain data that a checkpoint, the run's record and its config.json carry, one entry a step and kind, so
 * that each step's settings are known. Not here: another strategy (segments.ts), and carrying a change out
 * (engine/step/weighing.ts).
 */
import { optionText } from '../options/text';
import type { StrategyId, StrategyOptions } from '../weighting/types';
import type { Instruments, RunConfig } from '../config/run-config';
import type { StrategySegment } from './segments';

interface When {
  /** Steps done when it was made: it acts from the next one on. */
  readonly step: number;
  /** 1-based epoch under way. */
  readonly epoch: number;
  /** Milliseconds since the epoch. No number of the run depends on it. */
  readonly at: number;
}

export type Adjustment = When &
  (
    | {
        readonly kind: 'options';
        readonly strategy: StrategyId;
        /** Only what changed. */ readonly changed: StrategyOptions;
      }
    /** Changes no number of the run. */
    | { readonly kind: 'instruments'; readonly instruments: Instruments }
  );

/** Options that the user last set in one segment of a run. */
export interface SetOptions {
  readonly strategy: StrategyId;
  /** From 1; null: whichever has that strategy (set in version 0.1.0, which did not tell). */
  readonly segment: number | null;
  readonly values: StrategyOptions;
}

/** What the user last set in a run; it may have been after the last checkpoint. */
export interface ByHand {
  /** At most one a segment. */
  readonly options: readonly SetOptions[];
  /** Null: as the run began. */
  readonly instruments: Instruments | null;
}

export const NOTHING_BY_HAND: ByHand = { options: [], instruments: null };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The options of `next` that `before` has otherwise. */
export const changedOptions = (before: StrategyOptions, next: StrategyOptions): StrategyOptions =>
  Object.fromEntries(Object.entries(next).filter(([key, value]) => !same(value, before[key])));

/** Of one kind, and of one strategy's options. */
const alike = (a: Adjustment, b: Adjustment): boolean =>
  a.kind === b.kind && (a.kind !== 'options' || b.kind !== 'options' || a.strategy === b.strategy);

/** The later one, with what the earlier one changed besides. */
const joined = (a: Adjustment, b: Adjustment): Adjustment =>
  a.kind === 'options' && b.kind === 'options' ? { ...b, changed: { ...a.changed, ...b.changed } } : b;

/** With one more; of several between two steps only the values that the next step sees stay. */
export function adjusted(list: readonly Adjustment[], next: Adjustment): readonly Adjustment[] {
  const at = list.findLastIndex((one) => alike(one, next));
  const before = list[at];
  return before?.step === next.step ? list.with(at, joined(before, next)) : [...list, next];
}

/** Without those that no step up to `lastStep` was taken under. */
export const adjustmentsUpTo = (list: readonly Adjustment[], lastStep: number): readonly Adjustment[] =>
  list.filter(({ step }) => step < lastStep);

/** A dragged slider is one change: what follows within so many steps, or so soon, belongs to it. */
const TOGETHER = { steps: 5, ms: 600 } as const;

export interface Change {
  /** With the values it ended with, and where. */
  readonly last: Adjustment;
  /** Where it began: steps done. */
  readonly from: number;
}

const keysOf = (one: Adjustment): string =>
  one.kind === 'options' ? Object.keys(one.changed).sort().join() : '';

/** For showing: changes of the same thing in quick succession as one. In the order in which they ended. */
export function changesOf(list: readonly Adjustment[]): readonly Change[] {
  const changes: Change[] = [];
  for (const one of list) {
    const at = changes.findLastIndex(({ last }) => alike(last, one) && keysOf(last) === keysOf(one));
    const before = changes[at];
    const together =
      before &&
      (one.step - before.last.step <= TOGETHER.steps || Math.abs(one.at - before.last.at) <= TOGETHER.ms);
    if (together) changes.splice(at, 1);
    changes.push({ last: one, from: together ? before.from : one.step });
  }
  return changes;
}

/**
 * What acts from this step on that did not before, as steps.csv tells it: `weights=1;0.5;2
 * measure=10:representation`. @param step 1-based
 */
export const adjustmentText = (list: readonly Adjustment[], step: number): string =>
  list
    .filter((one) => one.step === step - 1)
    .map((one) =>
      one.kind === 'instruments'
        ? `measure=${one.instruments.every}:${one.instruments.gradients}`
        : Object.entries(one.changed)
            .map(([key, value]) => `${key}=${optionText(value)}`)
            .join(' '),
    )
    .join(' ');

/**
 * What acted at the end: the configuration with the strategy that took over last and everything that was
 * changed by hand since.
 */
export function configAfter(
  config: RunConfig,
  segments: readonly StrategySegment[],
  list: readonly Adjustment[],
): RunConfig {
  const { step: from = 0, strategy = config.strategy } = segments.at(-1) ?? {};
  const changes = list.flatMap((one) =>
    one.kind === 'options' && one.strategy === strategy.id && one.step >= from ? [one.changed] : [],
  );
  const instruments = list.findLast((one) => one.kind === 'instruments')?.instruments ?? config.instruments;
  return {
    ...config,
    instruments,
    strategy: {
      id: strategy.id,
      options: Object.assign({}, strategy.options, ...changes) as StrategyOptions,
    },
  };
}
