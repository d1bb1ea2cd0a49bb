/** What was stored of a run is gone, what it has in memory is not. */
import type { StepRow } from '../../../core/training/events';
import type { Loop } from './loop';

/**
 * Its history is written again, and a checkpoint at the next chance.
 * @param known rows that the page has  @param store writes rows, in the order of their steps
 */
export async function rewriteHistory(
  { progress, reporter, transport, checkpoints: { saves } }: Loop,
  known: readonly StepRow[],
  store: (rows: readonly StepRow[]) => Promise<void>,
): Promise<void> {
  reporter.flush(true);
  // It still has the best weights where it waits at the end of its best epoch, or is about to write them.
  const { bestEpoch } = progress.early;
  const waits = transport.resting && progress.batch === 0 && bestEpoch === progress.epoch - 1;
  const bestIsHere = bestEpoch > 0 && (waits || saves.owes('best'));
  await store(reporter.journal.stored(known));
  void reporter.log('warning', bestEpoch > 0 && !bestIsHere ? 'storage-emptied-best' : 'storage-emptied', {
    step: progress.step,
    epoch: bestEpoch,
  });
  if (progress.step === 0) return;
  if (bestIsHere) saves.owe('best');
  saves.owe('last');
  // The loop writes it, and not the caller: nobody may press Play in between.
  if (transport.resting) await transport.turn();
}
