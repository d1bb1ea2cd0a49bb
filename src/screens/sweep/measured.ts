/** Seconds an epoch took in the runs that are stored: what estimates go by. */
import { parseRunConfig } from '../../core/config/parse';
import type { Measured } from '../../core/training/sweep';
import type { LibraryEntry } from '../../state/types';

/** An old version's configuration gets what it lacks; one that is none any more measures nothing. */
export function measuredOf(entries: readonly LibraryEntry[]): readonly Measured[] {
  return entries.flatMap(({ config, last }) => {
    if (!last) return [];
    try {
      return [{ config: parseRunConfig(config), secondsPerEpoch: last.seconds }];
    } catch {
      return [];
    }
  });
}
