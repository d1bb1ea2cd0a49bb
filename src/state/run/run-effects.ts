/** Carries out what the reducer of a run asks for (core/run): calls to the trainer, writes, timers. */
import { runs } from '../../clients/shelf';
import { trainerClient } from '../../clients/workers';
import { toWire } from '../../core/errors/errors';
import type { Effect, Message, Note } from '../../core/run/messages';
import { isRecovering, recordOf, type Run } from '../../core/run/state';
import type { RecoveryNote } from '../../core/training/recovery';
import type { StrategyOptions } from '../../core/weighting/types';
import { storedView } from './run-view';
import { useSettings } from '../settings';
import type { StepSeries } from './step-series';

/** What effects need of the store. */
export interface RunDesk {
  readonly run: () => Run | null;
  readonly dispatch: (message: Message) => Promise<void>;
  /** Shows the failure of what it is given, and does not throw. */
  readonly command: (work: () => Promise<unknown>) => Promise<void>;
  readonly pace: () => number | null;
  readonly series: StepSeries;
  readonly setStrategyOptions: (options: StrategyOptions) => Promise<void>;
}

/** A dragged slider reports far more often than a run needs to hear. */
const SEND_EVERY_MS = 120;

export class RunEffects {
  private sending: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly desk: RunDesk) {}

  /** One after the other; the first begins at once. @param of the run that they were asked for */
  async carryOut(effects: readonly Effect[], of: Run): Promise<void> {
    for (const effect of effects) await this.perform(effect, of);
  }

  /** The run as it is by now. */
  private latest(of: Run): Run {
    const run = this.desk.run();
    return run?.id === of.id ? run : of;
  }

  private perform(effect: Effect, of: Run): Promise<void> | void {
    const { desk } = this;
    switch (effect.kind) {
      case 'save':
        return desk.command(() => runs.put(recordOf(this.latest(of), Date.now())));
      case 'end-worker':
        return trainerClient.end();
      case 'wait':
        setTimeout(() => void desk.dispatch({ kind: 'recovery-due', turn: effect.turn }), effect.ms);
        return;
      case 'resume':
        return this.resume(effect.turn, effect.note, of);
      case 'ask-next':
        return desk.command(() => this.askNext(this.latest(of)));
      case 'send-soon':
        this.sending ??= setTimeout(() => {
          this.sending = undefined;
          void desk.dispatch({ kind: 'options-due' });
        }, SEND_EVERY_MS);
        return;
      case 'send-options':
        return desk
          .setStrategyOptions(effect.options)
          .then(() => desk.dispatch({ kind: 'options-answered' }));
      case 'note':
        return this.note(effect.entries, effect.step, of);
      case 'show-stored':
        return desk.command(() => this.showStored(of));
    }
  }

  private async askNext({ id, next: { wanted: strategy } }: Run): Promise<void> {
    try {
      await trainerClient.connect().call('switchStrategy', { strategy });
    } catch (error) {
      const run = this.desk.run();
      if (run?.id === id && run.live && !isRecovering(run))
        await this.desk.dispatch({ kind: 'next-refused', strategy });
      throw error;
    }
  }

  private async resume(turn: number, note: RecoveryNote, of: Run): Promise<void> {
    try {
      const from = await trainerClient.connect().call('resume', {
        runId: of.id,
        config: of.config,
        packId: of.pack,
        which: 'last',
        samplers: useSettings.getState().workers,
        tune: useSettings.getState().autotune,
        paused: of.wish === 'pause',
        pace: this.desk.pace(),
        recovery: note,
        byHand: of.byHand,
        next: of.next.sent,
      });
      await this.desk.dispatch({ kind: 'recovered', turn, from });
    } catch (error) {
      await this.desk.dispatch({ kind: 'recovery-failed', turn, error: toWire(error) });
    }
  }

  private note(entries: readonly Note[], step: number, of: Run): Promise<void> {
    return this.desk.command(async () => {
      for (const entry of entries) {
        const written = await runs.log(of.id, { ...entry, at: Date.now(), step });
        if (this.desk.run()?.id === of.id) await this.desk.dispatch({ kind: 'noted', entry: written });
      }
    });
  }

  private async showStored(of: Run): Promise<void> {
    const { view, steps } = await storedView(recordOf(this.latest(of), Date.now()));
    const run = this.desk.run();
    if (!run || run.live || run.id !== of.id) return;
    this.desk.series.reset(steps);
    await this.desk.dispatch({ kind: 'stored', view });
  }
}
