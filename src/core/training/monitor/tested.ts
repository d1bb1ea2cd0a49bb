/** What a finished run scored on its test part. Not here: scoring it (engine/run/loop/test-part.ts). */
import type { EpochRecord, SideMetrics } from '../events';

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
