/** The checkpoints of a run: what is in one, when one is written, and what becomes of a failure. */
import { asDetails } from '../../../core/errors/errors';
import { CheckpointSchedule, type CheckpointKind } from '../checkpoint-schedule';
import type { TrainerState } from '../../../core/run/checkpoint';
import type { Loop } from './loop';

export class Checkpoints {
  readonly saves: CheckpointSchedule;

  /** @param step of the checkpoint that the run goes on from; null where it begins */
  constructor(
    private readonly loop: Pick<
      Loop,
      'progress' | 'reporter' | 'transport' | 'control' | 'parts' | 'gradients' | 'liveness'
    >,
    step: number | null,
  ) {
    this.saves = new CheckpointSchedule(step);
  }

  /**
   * A failure to save is told and pauses the run: nothing is lost, and Play tries again, before another step
   * is taken. @param kinds besides those still owed
   */
  async write(kinds: readonly CheckpointKind[]): Promise<void> {
    const { progress, reporter, transport, control, gradients, liveness } = this.loop;
    const { host, weighing } = progress;
    if (progress.broken) return;
    let { next } = weighing;
    const failure = await this.saves.write(progress.step, kinds, async (which) => {
      await gradients.settle(progress.arrays.network.parameters, progress.step);
      reporter.flush(true);
      await reporter.journal.save();
      ({ next } = weighing);
      const bytes = await host.saveCheckpoint(this.snapshot(), which, () => liveness.announce());
      const { step, epoch } = progress;
      for (const kind of which)
        host.emit({ kind: 'checkpoint', runId: host.runId, which: kind, step, epoch, bytes });
    });
    if (!failure) {
      // Another one may have been asked for while it was written.
      if (weighing.next === next) control.nextSaved = true;
      return;
    }
    reporter.fault = failure;
    void reporter.log('error', 'checkpoint-failed', asDetails(failure));
    if (transport.wanted === 'run' || transport.wanted === 'single') transport.wanted = 'pause';
  }

  private snapshot(): TrainerState {
    const { progress, parts } = this.loop;
    const { config, host, weighing, checks, rates, arrays } = progress;
    return {
      version: 2,
      config,
      softwareVersion: host.softwareVersion,
      backend: host.backend.id,
      epoch: progress.epoch,
      batch: progress.batch,
      step: progress.step,
      ...weighing.kept,
      checks,
      early: progress.early,
      schedule: rates.state,
      tally: progress.tally.toJSON(),
      adamIterations: arrays.optimizer.updates,
      averages: arrays.averages.live,
      microBatch: parts.size,
      replan: null,
      predictions: progress.predictions,
      tested: null,
      ended: progress.ended,
    };
  }
}
