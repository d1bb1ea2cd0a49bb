/** A stored checkpoint back into the run: the one that is wanted, or the other where that one is damaged. */
import { StorageError } from '../../../core/errors/errors';
import type { RunConfig } from '../../../core/config/run-config';
import type { EpochRecord } from '../../../core/training/events';
import { restoreRun, type RunArrays } from '../run-checkpoint';
import type { TrainerState } from '../../../core/run/checkpoint';
import type { Note } from '../trainer-host';
import type { RunStorage, StoredCheckpoint, Which } from './run-storage';

export interface Restored {
  readonly state: TrainerState;
  /** For the log: a damaged checkpoint was passed over. */
  readonly notes: readonly Note[];
}

/**
 * @param found all that is stored of the run
 * @returns null when there is none: the run was interrupted before its first checkpoint
 * @throws StorageError `checkpoint-damaged`, `checkpoint-mismatch` of the last one that could be tried
 */
export async function restore(
  arrays: RunArrays,
  found: readonly StoredCheckpoint[],
  wanted: Which,
): Promise<Restored | null> {
  const candidates = [
    ...found.filter(({ which }) => which === wanted),
    ...found.filter(({ which }) => which !== wanted),
  ];
  const notes: Note[] = [];
  for (const [i, { which, state, tensors }] of candidates.entries()) {
    try {
      await restoreRun(arrays, tensors(), state);
      // One that is finished is over; only its test part may still have to be scored.
      return { state: { ...state, ended: state.ended === 'finished' ? 'finished' : null }, notes };
    } catch (error) {
      const other = candidates[i + 1];
      if (!other) throw error;
      notes.push({
        level: 'warning',
        code: 'checkpoint-fallback',
        details: { damaged: which, step: other.step },
      });
    }
  }
  return null;
}

/**
 * The best checkpoint's weights into the network. @returns the record of its epoch; null where there is none, or
 * its test part was scored before
 */
export async function restoreBest(
  arrays: RunArrays,
  storage: Pick<RunStorage, 'checkpoints' | 'epochs'>,
  runId: string,
): Promise<EpochRecord | null> {
  const best = (await storage.checkpoints(runId)).find(({ which }) => which === 'best');
  const record = best && (await storage.epochs(runId)).find(({ step }) => step === best.step);
  if (!record || (best.state.tested && record.test)) return null;
  await restoreRun(arrays, best.tensors(), best.state);
  return record;
}

/**
 * A fork begins with a checkpoint or not at all; another run that has none begins anew, with the same seed.
 * @throws StorageError `checkpoint-missing`
 */
export function requireForked({ origin }: RunConfig, restored: Restored | null): void {
  if (origin && !restored) throw new StorageError('checkpoint-missing', { which: 'last' });
}
