/**
 * A stored run's checkpoint and the history up to it as the beginning of another run, with chunks of its own:
 * deleting either run leaves the other whole. One transaction, so that a fork is whole or absent and no
 * checkpoint changes under it. One writer: the trainer. Not here: what changes in the checkpoint's state
 * (engine/run/fork.ts).
 */
import { StorageError } from '../core/errors/errors';
import type { CheckpointState } from '../core/run/checkpoint';
import { manifestAsRead, type Which } from './checkpoints';
import { ofRun } from './history';
import type { CheckpointManifest, Database } from './schema';

/**
 * The new run's `last` is the wanted checkpoint; its `best` is the other run's, where that is no later.
 * @param change makes the new state of a checkpoint, the wanted one first; what it throws undoes everything
 * @throws StorageError `checkpoint-missing` when there is no such checkpoint, `quota`
 */
export async function forkRun(
  db: Database,
  from: string,
  which: Which,
  to: string,
  change: (manifest: CheckpointManifest) => CheckpointState,
): Promise<CheckpointManifest> {
  const transaction = db.transaction(['checkpoints', 'chunks', 'steps', 'epochs'], 'readwrite', {
    durability: 'strict',
  });
  const done = transaction.done.catch((error: unknown) => error);
  try {
    const checkpoints = transaction.objectStore('checkpoints');
    const found = await checkpoints.get([from, which]);
    if (!found) throw new StorageError('checkpoint-missing', { which });
    const wanted = manifestAsRead(found);
    const stored = await checkpoints.get([from, 'best']);
    const best = stored && manifestAsRead(stored);
    const last = {
      ...wanted,
      runId: to,
      which: 'last' as const,
      checkpointId: `${to}/${crypto.randomUUID()}`,
      createdAt: Date.now(),
      state: change(wanted),
    };
    const chunks = transaction.objectStore('chunks');
    const copyChunks = async (source: CheckpointManifest, checkpointId: string): Promise<void> => {
      for (let index = 0; index < source.checksums.length; index++) {
        const chunk = await chunks.get([source.checkpointId, index]);
        if (!chunk) {
          const [{ step }, part, parts] = [source, index + 1, source.checksums.length];
          throw new StorageError('checkpoint-damaged', { step, part, parts });
        }
        await chunks.put({ ...chunk, checkpointId });
      }
    };
    await copyChunks(wanted, last.checkpointId);
    await checkpoints.put(last);
    if (best && best.step <= wanted.step) {
      const shared = best.checkpointId === wanted.checkpointId;
      const checkpointId = shared ? last.checkpointId : `${to}/${crypto.randomUUID()}`;
      if (!shared) await copyChunks(best, checkpointId);
      await checkpoints.put({ ...best, runId: to, checkpointId, state: shared ? last.state : change(best) });
    }
    const [steps, epochs] = [transaction.objectStore('steps'), transaction.objectStore('epochs')];
    for (const block of await steps.getAll(ofRun(from))) {
      const rows = block.rows.filter(({ step }) => step <= wanted.step);
      if (rows.length > 0) await steps.put({ ...block, runId: to, rows });
    }
    for (const record of await epochs.getAll(ofRun(from)))
      if (record.step <= wanted.step) await epochs.put({ ...record, runId: to });
    await transaction.done;
    return last;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended already, by the fault that is told.
    }
    await done;
    throw error;
  }
}
