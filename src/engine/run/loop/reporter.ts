/** What is told of a run while it goes: its state, log entries and rows. Not here: storing them (journal.ts). */
import type { WireError } from '../../../core/errors/errors';
import type { LogEntry, RunState } from '../../../core/training/events';
import type { Fallback } from '../../../core/weighting/types';
import { Journal } from '../journal';
import type { Note } from '../trainer-host';
import type { Progress } from './progress';

/** What a checkpoint has of a run. */
interface Saved {
  readonly savedStep: number;
  warned: boolean;
}

export class Reporter {
  readonly journal: Journal;
  /** Shown with the run's state. */
  fault: WireError | null = null;

  constructor(private readonly progress: Progress) {
    this.journal = new Journal(progress.host);
  }

  log(level: LogEntry['level'], code: string, details: LogEntry['details']): Promise<void> {
    return this.journal.log(level, code, this.progress.step, details);
  }

  /** Puts into the run's log what happened around it. */
  note({ level, code, details }: Note): void {
    void this.log(level, code, details);
  }

  state(state: RunState): void {
    this.journal.state(state, this.fault);
  }

  weighing(): void {
    this.journal.weighing(this.progress.weighing);
  }

  /** Sends the rows that have gathered, now and then unless forced. */
  flush(force: boolean): void {
    this.journal.flush(force, this.progress.stepsPerEpoch);
  }

  /** How it begins or goes on, and what happened before. */
  begun(): void {
    const { host, dataset, step, epoch, weighing } = this.progress;
    void this.log('info', step === 0 ? 'run-started' : 'run-resumed', {
      backend: host.backend.id,
      train: dataset.train.length,
      validation: dataset.validation.length,
      step,
      epoch,
    });
    for (const note of host.notes) this.note(note);
    const { newFormulas, inForce } = weighing;
    if (newFormulas)
      void this.log('warning', 'strategy-switched-formula', { strategy: inForce.id, ...newFormulas });
  }

  /** What is and what is not on disk. */
  paused(saves: Saved): void {
    const { step } = this.progress;
    if (step === 0) void this.log('info', 'paused-at-start', {});
    else if (saves.savedStep === step) void this.log('info', 'paused', {});
    else {
      saves.warned = true;
      void this.log('warning', 'paused-unsaved', { step: saves.savedStep, lost: step - saves.savedStep });
    }
  }

  ended(how: 'finished' | 'stopped', { savedStep }: Saved): void {
    const { step, epoch, batch } = this.progress;
    if (step > 0 && savedStep !== step)
      void this.log('warning', 'stopped-unsaved', { step: savedStep, lost: step - savedStep });
    else void this.log('info', how, { epochs: epoch - (batch === 0 ? 1 : 0), step });
  }

  /** Told when it happens first in an epoch, and counted at its end. */
  fallback(what: Fallback | undefined): void {
    if (what && this.progress.tally.madeUp().some(([kind, count]) => kind === what && count === 1))
      void this.log('warning', `fallback-${what}`, {});
  }

  /** What the epoch that ends made up or left out. */
  counted(): void {
    const { tally, epoch, config } = this.progress;
    for (const [what, count] of tally.madeUp())
      if (count > 1) void this.log('warning', `fallbacks-${what}`, { count, epoch });
    for (const [i, count] of tally.absentBatches().entries())
      if (count > 0)
        void this.log('info', 'batches-without-label', {
          task: config.tasks[i]!.id,
          count,
          of: tally.steps,
          epoch,
        });
  }
}
