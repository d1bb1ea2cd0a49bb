/** What a finished run scored on its test part. Not here: scoring it (engine/run/loop/test-part.ts). */
import type { EpochRecord, RunState, SideMetrics } from '../events';
import type { RunData } from '../run-data';

export interface Tested {
  /** The best epoch, whose weights were scored. */
  readonly epoch: number;
  readonly test: SideMetrics;
}

/** Null where the split has no test part, or the run is not finished. */
export function testedOf(epochs: readonly EpochRecord[]): Tested | null {
  const record = epochs.findLast(({ test }) => test !== undefined);
  return record?.test ? { epoch: record.epoch, test: record.test } : null;
}

/**
 * Whether a finished run's test part still waits for its scores: its images could not be read, or its page went
 * away. Continued, it takes no step more and scores it.
 */
export const testIsDue = (state: RunState, data: RunData | null, epochs: readonly EpochRecord[]): boolean =>
  state === 'finished' && (data?.test ?? 0) > 0 && testedOf(epochs) === null;
