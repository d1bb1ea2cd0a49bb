/**
 * The options of the strategy in force that the user is setting while the run goes: shown at once, sent a
 * moment later, and shown until the run has answered. They belong to one segment of the run; a switch, even
 * to the same strategy with other options, begins another segment, in which they mean nothing.
 */
import type { StrategyOptions } from '../weighting/types';

/** One segment of one run: what a live option is set for. */
export interface SegmentRef {
  readonly runId: string | null;
  /** How many segments the run has had, this one included. */
  readonly segment: number;
}

export interface LiveOptions {
  readonly of: SegmentRef;
  /** Shown over the options that act. */
  readonly shown: StrategyOptions;
  /** Those of them that have not been sent. */
  readonly unsent: StrategyOptions;
}

export const NOTHING_SET: LiveOptions = { of: { runId: null, segment: 0 }, shown: {}, unsent: {} };

const isOf = ({ of }: LiveOptions, now: SegmentRef): boolean =>
  of.runId === now.runId && of.segment === now.segment;

/** What belongs to an earlier segment or another run is forgotten. */
const current = (set: LiveOptions, now: SegmentRef): LiveOptions =>
  isOf(set, now) ? set : { ...NOTHING_SET, of: now };

/** The options as a control shows them. @param acting those that the run has told last */
export function optionsShown(set: LiveOptions, now: SegmentRef, acting: StrategyOptions): StrategyOptions {
  const { shown } = current(set, now);
  return Object.keys(shown).length === 0 ? acting : { ...acting, ...shown };
}

/** The user has changed something. */
export function setLive(set: LiveOptions, now: SegmentRef, changed: StrategyOptions): LiveOptions {
  const { shown, unsent } = current(set, now);
  return { of: now, shown: { ...shown, ...changed }, unsent: { ...unsent, ...changed } };
}

/** What is due to be sent; nothing where the segment it was set for is over. */
export function takeUnsent(
  set: LiveOptions,
  now: SegmentRef,
): readonly [LiveOptions, StrategyOptions | null] {
  const { shown, unsent } = current(set, now);
  return [{ of: now, shown, unsent: {} }, Object.keys(unsent).length === 0 ? null : unsent];
}

/** The run has taken or refused what was sent: what acts is shown again, but for what was set meanwhile. */
export const answered = (set: LiveOptions): LiveOptions => ({ ...set, shown: set.unsent });
