/**
 * What the user set by hand, kept by segment of the run: a recovery that goes back to a checkpoint from before
 * it sets it again, also where it goes back before a switch. What the trainer sets at once when it resumes:
 * engine/run/strategy-control.ts.
 */
import type { ByHand, SetOptions } from '../training/adjustments';
import type { StrategyId, StrategyOptions } from '../weighting/types';

/** Options of the segment in force were taken; those that were set in it before stay set. */
export function withOptions(
  byHand: ByHand,
  now: Required<SetOptions> & { readonly segment: number },
): ByHand {
  const { strategy, segment, values } = now;
  const isMine = (one: SetOptions): boolean =>
    one.strategy === strategy && (one.segment ?? segment) === segment;
  const before = byHand.options.find(isMine);
  return {
    ...byHand,
    options: [
      ...byHand.options.filter((one) => !isMine(one)),
      { strategy, segment, values: { ...before?.values, ...values } },
    ],
  };
}

/** The user wants another strategy: nothing is set by hand in the segments to come. */
export const untilSegment = (byHand: ByHand, segment: number): ByHand => ({
  ...byHand,
  options: byHand.options.filter((one) => (one.segment ?? segment) <= segment),
});

/** A strategy took over: what was set of whichever segment has the former one is over. */
export const bySegment = (byHand: ByHand): ByHand => ({
  ...byHand,
  options: byHand.options.filter(({ segment }) => segment !== null),
});

/** @returns what was set by hand when this segment began the last time, before a recovery; null: nothing */
export const setBefore = (
  { options }: ByHand,
  segment: number,
  strategy: StrategyId,
): StrategyOptions | null =>
  options.find((one) => one.segment === segment && one.strategy === strategy)?.values ?? null;
