/**
 * The training loop of one run: steps, pausing and stopping between them, and how it ends. It owns no worker and no
 * storage: both come in as `TrainerHost`, so that it runs the same in the worker and in a test. Not here: what a
 * step, the end of an epoch, a checkpoint is (loop/).
 */
import type { RunConfig } from '../../core/config/run-config';
import { asDetails, toWire, type WireError } from '../../core/errors/errors';
import type { Dataset } from '../../core/training/dataset';
import type { RunState, StepRow } from '../../core/training/events';
import { isCurable } from '../../core/training/recovery';
import { nameFault } from '../platform/faults';
import { validateInitialWeights } from './loop/epoch-end';
import { loopOf, type Loop } from './loop/loop';
import { rewriteHistory } from './loop/rewrite';
import { oneStep } from './loop/step';
import { takeOver } from './loop/take-over';
import { scoreTest } from './loop/test-part';
import type { RunArrays } from './run-checkpoint';
import type { StrategyControl } from './strategy-control';
import type { TrainerState } from '../../core/run/checkpoint';
import type { TrainerHost } from './trainer-host';

export class Trainer {
  /** What the user changes of the weighting. */
  readonly control: StrategyControl;
  private readonly loop: Loop;

  /** @param from the checkpoint that the run goes on from; null where it begins */
  constructor(
    config: RunConfig,
    dataset: Dataset,
    arrays: RunArrays,
    private readonly host: TrainerHost,
    from: TrainerState | null,
    paused: boolean,
  ) {
    this.loop = loopOf(config, dataset, arrays, host, from, paused);
    this.control = this.loop.control;
  }

  get runId(): string {
    return this.host.runId;
  }

  /**
   * Runs until finished, stopped or failed. Never throws: a failure ends in the state `failed` with its
   * error.
   */
  async run(): Promise<RunState> {
    const { progress, reporter, transport, liveness, checkpoints } = this.loop;
    const { saves } = checkpoints;
    try {
      reporter.begun();
      reporter.state(transport.wanted === 'pause' ? 'paused' : 'running');
      reporter.weighing();
      liveness.announce();
      if (progress.step === 0 && progress.config.initialWeights) await validateInitialWeights(this.loop);
      for (let over = progress.finished || progress.epoch > progress.config.epochs; ;) {
        if (over && !saves.owed && (await this.end('finished'))) break;
        if (transport.wanted === 'pause') await this.park();
        if (transport.wanted === 'stop') {
          if (await this.end('stopped')) break;
          continue;
        }
        if (saves.owed) {
          await checkpoints.write([]);
          continue;
        }
        const { next } = progress.weighing;
        if (progress.batch === 0 && next && !(await takeOver(this.loop, next))) continue;
        over = await oneStep(this.loop);
        if (over) continue;
        if (transport.wanted === 'single') transport.wanted = 'pause';
        else await this.linger();
        await this.host.breathe();
      }
      return progress.broken ? 'failed' : progress.ended!;
    } catch (error) {
      const fault = toWire(nameFault(error));
      // The weights are whole: images are missing, or what makes them.
      const whole = progress.step > saves.savedStep && progress.batch < progress.stepsPerEpoch;
      if (!isCurable(fault) && whole) await checkpoints.write(['last']).catch(() => undefined);
      return await this.fail(fault);
    }
  }

  /**
   * The backend is lost: nothing is recorded any more, and the run ends with this fault at once, whatever it
   * waits for.
   */
  breakDown(error: Error): void {
    void this.fail(toWire(error));
  }

  /** Also takes back a pause or a stop that waits for the step under way. */
  play(): void {
    this.loop.reporter.fault = null;
    this.loop.transport.release();
    this.loop.transport.want('run');
  }

  /** Resolves when the step under way is done and a checkpoint is written. */
  async pause(): Promise<void> {
    const { transport } = this.loop;
    if (transport.wanted === 'pause' && transport.resting) return;
    await transport.reach('pause');
  }

  /** One step, then paused. */
  singleStep(): Promise<void> {
    return this.loop.transport.reach('single');
  }

  /** As {@link pause}; the run is over then. */
  stop(): Promise<void> {
    return this.loop.transport.reach('stop');
  }

  /**
   * Steps a second at most, null as fast as it goes; for watching. Time that is waited belongs to no step.
   */
  setPace(stepsPerSecond: number | null): void {
    this.loop.transport.setPace(stepsPerSecond);
  }

  /** Puts into the run's log what happened around it. */
  note(note: TrainerHost['notes'][number]): void {
    this.loop.reporter.note(note);
  }

  /**
   * What was stored of this run is gone, what it has in memory is not: its history is written again, and a
   * checkpoint at the next chance.
   * @param known rows that the page has  @param store writes rows, in the order of their steps
   */
  rewrite(known: readonly StepRow[], store: (rows: readonly StepRow[]) => Promise<void>): Promise<void> {
    return rewriteHistory(this.loop, known, store);
  }

  /** In slow motion: shows the step that was just done, and waits until the next one is due. */
  private async linger(): Promise<void> {
    const { reporter, transport } = this.loop;
    if (!transport.slow) return;
    reporter.flush(true);
    await transport.linger();
  }

  private async park(): Promise<void> {
    const { progress, reporter, transport, liveness, checkpoints } = this.loop;
    if (!checkpoints.saves.tried(progress.step) && progress.step > 0) await checkpoints.write(['last']);
    reporter.flush(true);
    if (transport.wanted !== 'pause') return; // Play, Step or Stop came while the checkpoint was written
    reporter.state('paused');
    reporter.paused(checkpoints.saves);
    liveness.rest();
    transport.release();
    const next = await transport.rest();
    liveness.announce();
    if (next === 'run' || next === 'single') reporter.state('running');
    if (next === 'run') void reporter.log('info', 'resumed', {});
  }

  /**
   * @returns false where the run could not be saved: it pauses. Play tries again; a second Stop, of a user
   * who has been told, ends it as it is
   */
  private async end(ended: 'finished' | 'stopped'): Promise<boolean> {
    const { progress, reporter, transport, liveness, checkpoints } = this.loop;
    const { saves } = checkpoints;
    progress.ended = ended;
    if (progress.step > 0) await checkpoints.write(['last']);
    if (progress.broken) return true;
    if (saves.owed && (ended === 'finished' || !saves.warned)) {
      progress.ended = null;
      transport.wanted = 'pause';
      return false;
    }
    reporter.ended(ended, saves);
    if (ended === 'finished') await scoreTest(this.loop);
    reporter.flush(true);
    liveness.rest();
    reporter.state(ended);
    transport.release();
    return true;
  }

  private async fail(error: WireError): Promise<RunState> {
    const { progress, reporter, transport, liveness } = this.loop;
    if (progress.broken) return 'failed';
    progress.broken = true;
    reporter.fault = error;
    const curable = isCurable(error);
    const logged = curable
      ? reporter.log('warning', 'fault', asDetails(error))
      : reporter.log('error', 'failed', asDetails(error));
    reporter.flush(true);
    await logged;
    await reporter.journal.save().catch(() => undefined); // the fault that ended the run is the one to tell
    liveness.rest();
    if (curable) this.host.emit({ kind: 'fault', runId: this.host.runId, error });
    else reporter.state('failed');
    transport.release();
    return 'failed';
  }
}
