/** Where an epoch begins, the strategy that was asked for takes over, with a state of its own. */
import { earlyAfterChange, type StrategyChoice } from '../../../core/training/segments';
import type { Loop } from './loop';

/** @returns false when the checkpoint that must come first failed */
export async function takeOver(loop: Loop, next: StrategyChoice): Promise<boolean> {
  const { progress, reporter, control, parts, checkpoints } = loop;
  const { weighing } = progress;
  // Asked for after the checkpoint of the boundary: what is saved must lead to the same steps.
  if (!control.nextSaved && progress.step > 0) {
    await checkpoints.write(['last']);
    if (!control.nextSaved) return false;
  }
  try {
    parts.takeOver(next);
  } catch (error) {
    // Asked for where there was more memory.
    weighing.next = null;
    control.refuse(error);
    reporter.weighing();
    return true;
  }
  progress.arrays.averages.end();
  const { id: from } = weighing.inForce;
  weighing.takeOver(next, progress.step, progress.epoch);
  progress.early = earlyAfterChange(progress.early, progress.monitor);
  progress.forgetTotals();
  void reporter.log(
    'info',
    progress.monitor.of === 'strategy-total' ? 'strategy-switched-total' : 'strategy-switched',
    { from, to: next.id, options: JSON.stringify(next.options), epoch: progress.epoch },
  );
  reporter.weighing();
  return true;
}
