/**
 * The training loop of one run: epochs and batches, pausing and stopping between steps, validation, early
 * stopping, checkpoints, and what it tells of all that. It owns no worker and no storage: both come in as
 * `TrainerHost`, so that it runs the same in the worker and in a test.
 */
import { mixingOf } from '../../core/augment/apply';
import { asDetails, DivergenceError, toWire, type WireError } from '../../core/errors/errors';
import type { TaskLoss } from '../../core/tasks/losses/types';
import { checkTasks, type TaskCheck } from '../../core/tasks/metrics/measurable';
import { batchesOf } from '../../core/training/batches';
import type { Dataset, Example } from '../../core/training/dataset';
import { NOT_YET, observe, type EarlyStopping } from '../../core/training/monitor/early-stopping';
import type { EpochRecord, LogEntry, RunState, SideMetrics, StepRow } from '../../core/training/events';
import { modelFlops } from '../../core/model/flops';
import { costOf, monitoredValue, monitorInForce, sumOfLosses } from '../../core/training/monitor/monitor';
import { isCurable } from '../../core/training/recovery';
import type { Monitor, RunConfig } from '../../core/config/run-config';
import { extraWork } from '../../core/training/memory/strategy-cost';
import { DRIFT_EPOCHS, driftAfter, NO_DRIFT } from '../../core/training/monitor/total-monitor';
import { LearningRates } from '../../core/optim/learning-rates';
import { Tally } from '../../core/training/monitor/tally';
import { taskLosses } from '../../core/training/monitor/task-losses';
import { earlyAfterChange, earlyAfterFormula, type StrategyChoice } from '../../core/training/segments';
import type { Fallback, StepContext } from '../../core/weighting/types';
import { CheckpointSchedule, type CheckpointKind } from './checkpoint-schedule';
import { nameFault } from '../platform/faults';
import { GradientWatch } from '../step/gradient-watch';
import { Journal } from './journal';
import { firstStepMs, Liveness } from './liveness';
import { Lookahead } from '../step/lookahead';
import type { RunArrays } from './run-checkpoint';
import { Parts } from '../step/parts';
import { StrategyControl } from './strategy-control';
import { trainStep } from '../step/train-step';
import type { Predictions, TrainerHost, TrainerState } from './trainer-host';
import { Transport } from './transport';
import { asBatch, Validation } from '../step/validation';
import { Weighing } from '../step/weighing';
import { taskIds } from '../../core/tasks/types';

const LOOKAHEAD = 3;

export class Trainer {
  private readonly transport: Transport;
  private epoch = 1;
  private batch = 0;
  private step = 0;
  private readonly weighing: Weighing;
  /** What the user changes of it. */
  readonly control: StrategyControl;
  /** What of the tasks can be measured; null in a run of version 0.1.0, which goes on counting everything. */
  private readonly checks: readonly TaskCheck[] | null;
  /** With the training side's statistics in them. */
  private readonly losses: readonly TaskLoss[];
  private early: EarlyStopping = NOT_YET;
  private readonly rates: LearningRates;
  /** For the log alone: it begins anew where the run does. */
  private drift = NO_DRIFT;
  private tally: Tally;
  private predictions: Predictions | null = null;
  private ended: TrainerState['ended'] = null;

  private readonly journal: Journal;
  private readonly saves: CheckpointSchedule;
  private broken = false;
  private epochSeconds = 0;
  private fault: WireError | null = null;

  private readonly parts: Parts;
  private readonly lookahead: Lookahead;
  private readonly gradients = new GradientWatch();
  private readonly liveness: Liveness;
  private readonly validation: Validation;
  private readonly epochBatches: { epoch: number; batches: readonly (readonly Example[])[] }[] = [];

  constructor(
    private readonly config: RunConfig,
    private readonly dataset: Dataset,
    private readonly arrays: RunArrays,
    private readonly host: TrainerHost,
    from: TrainerState | null,
    paused: boolean,
  ) {
    this.transport = new Transport(paused);
    this.checks = from ? (from.checks ?? null) : checkTasks(dataset);
    this.weighing = new Weighing(config, from);
    this.losses = taskLosses(config.tasks, dataset);
    this.rates = new LearningRates(config.schedule, config.optimizer.learningRate, from?.schedule);
    this.tally = new Tally(this.classCounts, from?.tally, { losses: this.losses });
    this.journal = new Journal(host);
    this.saves = new CheckpointSchedule(from && from.step);
    if (from) {
      ({
        epoch: this.epoch,
        batch: this.batch,
        step: this.step,
        early: this.early,
        predictions: this.predictions,
      } = from);
      if (this.weighing.newFormulas) {
        this.early = earlyAfterFormula(this.early, this.monitor);
        this.forgetTotals();
      }
    }
    this.parts = new Parts(arrays.network.spec, host.backend, this.weighing, from, (before, now) => {
      void this.log('warning', 'micro-batch-changed', { from: before, to: now });
    });
    this.control = new StrategyControl(
      this.weighing,
      this.parts,
      this.journal,
      () => this.epoch,
      (level, code, details) => this.log(level, code, details),
    );
    const { spec } = arrays.network;
    this.liveness = new Liveness(
      host.alive,
      firstStepMs(
        modelFlops(spec, config.batchSize).step *
          (1 + extraWork(spec, config, Math.ceil(config.batchSize / this.parts.size))),
        host.backend.id,
      ),
    );
    this.validation = new Validation(
      config,
      dataset,
      arrays.network,
      host,
      this.parts.size,
      this.checks,
      this.losses,
    );
    this.lookahead = new Lookahead(host.images, (epoch) => this.batches(epoch), LOOKAHEAD, config.epochs);
  }

  private get monitor(): Monitor {
    return monitorInForce(this.config.monitor, this.checks, taskIds(this.config));
  }

  private get classCounts(): readonly number[] {
    return this.dataset.classes.map((names) => names.length);
  }

  /** Batches of an epoch; the last two asked for are kept (the lookahead reaches into the next). */
  private batches(epoch: number): readonly (readonly Example[])[] {
    let entry = this.epochBatches.find((candidate) => candidate.epoch === epoch);
    if (!entry) {
      entry = {
        epoch,
        batches: batchesOf(this.dataset.train, this.config.batchSize, this.config.seed, epoch),
      };
      this.epochBatches.push(entry);
      if (this.epochBatches.length > 2) this.epochBatches.shift();
    }
    return entry.batches;
  }

  /**
   * Runs until finished, stopped or failed. Never throws: a failure ends in the state `failed` with its
   * error.
   */
  async run(): Promise<RunState> {
    try {
      void this.log('info', this.step === 0 ? 'run-started' : 'run-resumed', {
        backend: this.host.backend.id,
        train: this.dataset.train.length,
        validation: this.dataset.validation.length,
        step: this.step,
        epoch: this.epoch,
      });
      for (const note of this.host.notes) this.note(note);
      const { newFormulas, inForce } = this.weighing;
      if (newFormulas)
        void this.log('warning', 'strategy-switched-formula', { strategy: inForce.id, ...newFormulas });
      this.emitState(this.transport.wanted === 'pause' ? 'paused' : 'running');
      this.journal.weighing(this.weighing);
      this.liveness.announce();
      if (this.step === 0 && this.config.initialWeights) await this.validateInitialWeights();
      for (let over = this.epoch > this.config.epochs; ;) {
        if (over && !this.saves.owed && (await this.end('finished'))) break;
        if (this.transport.wanted === 'pause') await this.park();
        if (this.transport.wanted === 'stop') {
          if (await this.end('stopped')) break;
          continue;
        }
        if (this.saves.owed) {
          await this.checkpoint([]);
          continue;
        }
        if (this.batch === 0 && this.weighing.next && !(await this.takeOver(this.weighing.next))) continue;
        over = await this.oneStep();
        if (over) continue;
        if (this.transport.wanted === 'single') this.transport.wanted = 'pause';
        else await this.linger();
        await this.host.breathe();
      }
      return this.broken ? 'failed' : this.ended!;
    } catch (error) {
      const fault = toWire(nameFault(error));
      // The weights are whole: images are missing, or what makes them.
      if (
        !isCurable(fault) &&
        this.step > this.saves.savedStep &&
        this.batch < this.batches(this.epoch).length
      )
        await this.checkpoint(['last']).catch(() => undefined);
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
    this.fault = null;
    this.transport.release();
    this.transport.want('run');
  }

  /** Resolves when the step under way is done and a checkpoint is written. */
  async pause(): Promise<void> {
    if (this.transport.wanted === 'pause' && this.transport.resting) return;
    await this.transport.reach('pause');
  }

  /** One step, then paused. */
  singleStep(): Promise<void> {
    return this.transport.reach('single');
  }

  /** As {@link pause}; the run is over then. */
  stop(): Promise<void> {
    return this.transport.reach('stop');
  }

  /**
   * Steps a second at most, null as fast as it goes; for watching. Time that is waited belongs to no step.
   */
  setPace(stepsPerSecond: number | null): void {
    this.transport.setPace(stepsPerSecond);
  }

  /** In slow motion: shows the step that was just done, and waits until the next one is due. */
  private async linger(): Promise<void> {
    if (!this.transport.slow) return;
    this.flush(true);
    await this.transport.linger();
  }

  /**
   * Where an epoch begins, the strategy that was asked for takes over, with a state of its own. @returns
   * false when the checkpoint that must come first failed
   */
  private async takeOver(next: StrategyChoice): Promise<boolean> {
    // Asked for after the checkpoint of the boundary: what is saved must lead to the same steps.
    if (!this.control.nextSaved && this.step > 0) {
      await this.checkpoint(['last']);
      if (!this.control.nextSaved) return false;
    }
    try {
      this.parts.takeOver(next);
    } catch (error) {
      // Asked for where there was more memory.
      this.weighing.next = null;
      this.control.refuse(error);
      this.journal.weighing(this.weighing);
      return true;
    }
    this.arrays.averages.end();
    const { id: from } = this.weighing.inForce;
    this.weighing.takeOver(next, this.step, this.epoch);
    this.early = earlyAfterChange(this.early, this.monitor);
    this.forgetTotals();
    void this.log(
      'info',
      this.monitor.of === 'strategy-total' ? 'strategy-switched-total' : 'strategy-switched',
      { from, to: next.id, options: JSON.stringify(next.options), epoch: this.epoch },
    );
    this.journal.weighing(this.weighing);
    return true;
  }

  get runId(): string {
    return this.host.runId;
  }

  /**
   * What was stored of this run is gone, what it has in memory is not: its history is written again, and a
   * checkpoint at the next chance.
   * @param known rows that the page has  @param store writes rows, in the order of their steps
   */
  async rewrite(
    known: readonly StepRow[],
    store: (rows: readonly StepRow[]) => Promise<void>,
  ): Promise<void> {
    this.flush(true);
    // It still has the best weights where it waits at the end of its best epoch, or is about to write them.
    const { bestEpoch } = this.early;
    const bestIsHere =
      bestEpoch > 0 &&
      ((this.transport.resting && this.batch === 0 && bestEpoch === this.epoch - 1) ||
        this.saves.owes('best'));
    await store(this.journal.stored(known));
    void this.log('warning', bestEpoch > 0 && !bestIsHere ? 'storage-emptied-best' : 'storage-emptied', {
      step: this.step,
      epoch: bestEpoch,
    });
    if (this.step === 0) return;
    if (bestIsHere) this.saves.owe('best');
    this.saves.owe('last');
    // The loop writes it, and not this call: nobody may press Play in between.
    if (this.transport.resting) await this.transport.turn();
  }

  /** Puts into the run's log what happened around it. */
  note({ level, code, details }: TrainerHost['notes'][number]): void {
    void this.log(level, code, details);
  }

  private async park(): Promise<void> {
    if (!this.saves.tried(this.step) && this.step > 0) await this.checkpoint(['last']);
    this.flush(true);
    if (this.transport.wanted !== 'pause') return; // Play, Step or Stop came while the checkpoint was written
    this.emitState('paused');
    this.logPause();
    this.liveness.rest();
    this.transport.release();
    const next = await this.transport.rest();
    this.liveness.announce();
    if (next === 'run' || next === 'single') this.emitState('running');
    if (next === 'run') void this.log('info', 'resumed', {});
  }

  /** What is and what is not on disk. */
  private logPause(): void {
    if (this.step === 0) void this.log('info', 'paused-at-start', {});
    else if (this.saves.savedStep === this.step) void this.log('info', 'paused', {});
    else {
      this.saves.warned = true;
      void this.log('warning', 'paused-unsaved', {
        step: this.saves.savedStep,
        lost: this.step - this.saves.savedStep,
      });
    }
  }

  /**
   * @returns false where the run could not be saved: it pauses. Play tries again; a second Stop, of a user
   * who has been told, ends it as it is
   */
  private async end(ended: 'finished' | 'stopped'): Promise<boolean> {
    this.ended = ended;
    if (this.step > 0) await this.checkpoint(['last']);
    if (this.broken) return true;
    if (this.saves.owed && (ended === 'finished' || !this.saves.warned)) {
      this.ended = null;
      this.transport.wanted = 'pause';
      return false;
    }
    if (this.step > 0 && this.saves.savedStep !== this.step)
      void this.log('warning', 'stopped-unsaved', {
        step: this.saves.savedStep,
        lost: this.step - this.saves.savedStep,
      });
    else void this.log('info', ended, { epochs: this.epoch - (this.batch === 0 ? 1 : 0), step: this.step });
    if (ended === 'finished') await this.scoreTest();
    this.flush(true);
    this.liveness.rest();
    this.emitState(ended);
    this.transport.release();
    return true;
  }

  /**
   * Scores the test part, once, with the weights of the best epoch. Everything of the run is stored by now, so
   * that the weights in memory are no longer needed.
   */
  private async scoreTest(): Promise<void> {
    const { dataset, host } = this;
    if (!dataset.test?.length || !host.restoreBest) return;
    try {
      const best = await host.restoreBest();
      if (!best) return;
      const checks = checkTasks({ ...dataset, validation: dataset.test });
      const pass = new Validation(
        this.config,
        dataset,
        this.arrays.network,
        host,
        this.parts.size,
        checks,
        this.losses,
        'test',
      );
      const { tally } = await pass.run(() => this.liveness.announce());
      const test = this.metricsOf(tally, 'validation', checks);
      await host.saveHistory([], [{ ...best, test }]);
      host.emit({ kind: 'test', runId: host.runId, epoch: best.epoch, test });
      void this.log('info', 'tested', { epoch: best.epoch, count: dataset.test.length });
    } catch (error) {
      void this.log('error', 'test-failed', asDetails(toWire(error)));
    }
  }

  private async fail(error: WireError): Promise<RunState> {
    if (this.broken) return 'failed';
    this.broken = true;
    this.fault = error;
    const curable = isCurable(error);
    const logged = curable
      ? this.log('warning', 'fault', asDetails(error))
      : this.log('error', 'failed', asDetails(error));
    this.flush(true);
    await logged;
    await this.journal.save().catch(() => undefined); // the fault that ended the run is the one to tell
    this.liveness.rest();
    if (curable) this.host.emit({ kind: 'fault', runId: this.host.runId, error });
    else this.emitState('failed');
    this.transport.release();
    return 'failed';
  }

  /** @returns true when the run is over */
  private async oneStep(): Promise<boolean> {
    this.liveness.announce();
    const started = performance.now();
    const batches = this.batches(this.epoch);
    const examples = batches[this.batch]!;
    const images = await this.lookahead.take(this.epoch, this.batch);
    const waited = performance.now() - started;
    const step = this.step + 1;
    const ids = examples.map(({ id }) => id);
    const mixing = mixingOf(this.config.augmentations, this.config.seed, ids, this.epoch);
    const batch = asBatch(this.dataset, examples, images, this.losses, mixing);
    const { network, optimizer, averages } = this.arrays;
    const weighting = { ...this.weighing.forStep(step, this.epoch), averages };
    optimizer.learningRate = this.rates.at({
      step,
      epoch: this.epoch,
      stepsPerEpoch: batches.length,
      epochs: this.config.epochs,
    });
    const { learningRate } = optimizer;
    const { losses, predictions, weights, context, reading, extraMs } = await trainStep({
      network,
      optimizer,
      batch,
      weighting,
      seed: this.config.seed,
      step,
      microBatch: this.parts.size,
      watch: this.gradients,
    });
    if (this.broken) throw new Error('The backend broke down.'); // and so did what it computed
    this.weighing.update(losses, weighting, context);
    this.step = step;
    this.batch++;
    const ms = performance.now() - started;
    this.liveness.took(ms);
    this.tally.addBatch(batch.labels, predictions, losses);
    this.tally.addWeights(weights, ms);
    this.noteFallback(weights.fallback);
    const row: StepRow = {
      step,
      epoch: this.epoch,
      total: weights.total,
      losses,
      nominal: weights.nominal,
      effective: weights.effective,
      ms,
      waitMs: waited,
      extraMs,
      ...(reading ? { gradients: reading } : {}),
      ...(weights.fallback ? { fallback: weights.fallback } : {}),
      ...(this.rates.constant ? {} : { learningRate }),
    };
    this.journal.step(row);
    const over = this.batch >= batches.length ? await this.endEpoch() : false;
    this.flush(false);
    if (!over && this.saves.due) await this.checkpoint(['last']);
    return over;
  }

  private async endEpoch(): Promise<boolean> {
    const started = performance.now();
    // before anything is told of this epoch
    await this.gradients.settle(this.arrays.network.parameters, this.step);
    const { losses, metrics: validation } = await this.validate();
    if (!losses.every(Number.isFinite))
      throw new DivergenceError(
        'not-finite',
        `After step ${this.step} a validation loss is no finite number.`,
        'Lower the learning rate or choose another strategy, and continue from the last checkpoint.',
        { step: this.step },
      );
    this.epochSeconds = (this.tally.milliseconds + performance.now() - started) / 1000;
    const monitored = monitoredValue(this.monitor, validation, taskIds(this.config));
    const { state, improved, stop } = observe(
      this.early,
      this.epoch,
      costOf(this.monitor, monitored),
      this.config.patience,
    );
    this.early = state;
    const lowered = this.rates.observe(costOf(this.monitor, monitored));
    this.drift = driftAfter(this.drift, improved, sumOfLosses(validation));
    const record: EpochRecord = {
      epoch: this.epoch,
      step: this.step,
      seconds: this.epochSeconds,
      validation,
      monitored,
      best: improved,
      train: this.metricsOf(this.tally, 'train'),
      nominal: this.tally.meanNominal(),
      effective: this.tally.meanEffective(),
      strategy: this.weighing.inForce,
    };
    for (const [what, count] of this.tally.madeUp())
      if (count > 1) void this.log('warning', `fallbacks-${what}`, { count, epoch: this.epoch });
    for (const [i, count] of this.tally.absentBatches().entries())
      if (count > 0)
        void this.log('info', 'batches-without-label', {
          task: this.config.tasks[i]!.id,
          count,
          of: this.tally.steps,
          epoch: this.epoch,
        });
    this.epoch++;
    this.batch = 0;
    this.tally = new Tally(this.classCounts, undefined, { losses: this.losses });
    this.journal.epoch(record, this.batches(this.epoch).length);
    if (improved)
      void this.log('info', 'epoch-best', {
        epoch: record.epoch,
        monitored: Number(monitored.toPrecision(5)),
      });
    if (lowered) void this.log('info', 'rate-lowered', { ...lowered, epoch: record.epoch });
    if (this.monitor.of === 'strategy-total' && this.drift.epochs === DRIFT_EPOCHS)
      void this.log('warning', 'total-drifts', { count: DRIFT_EPOCHS });
    await this.checkpoint(improved ? ['best', 'last'] : ['last']);
    if (stop && this.epoch <= this.config.epochs)
      void this.log('info', 'early-stopped', {
        epoch: record.epoch,
        patience: this.config.patience,
        bestEpoch: this.early.bestEpoch,
      });
    return stop || this.epoch > this.config.epochs;
  }

  /** Told when it happens first in an epoch, and counted at its end. */
  private noteFallback(what: Fallback | undefined): void {
    if (what && this.tally.madeUp().some(([kind, count]) => kind === what && count === 1))
      void this.log('warning', `fallback-${what}`, {});
  }

  /** What a schedule remembers of totals does not compare with another strategy's. */
  private forgetTotals(): void {
    if (this.monitor.of === 'strategy-total') this.rates.forget();
  }

  /** For weighing losses that are not a step's. */
  private get context(): StepContext {
    return {
      seed: this.config.seed,
      step: this.step,
      epoch: this.epoch,
      gram: null,
      classes: this.classCounts,
    };
  }

  private async validate() {
    const { tally, predictions } = await this.validation.run(() => this.liveness.announce());
    this.predictions = predictions;
    return { losses: tally.meanLosses(), metrics: this.metricsOf(tally, 'validation') };
  }

  private metricsOf(
    tally: Tally,
    side: 'train' | 'validation',
    checks: readonly TaskCheck[] | null = this.checks,
  ): SideMetrics {
    const { strategy, inForce, state } = this.weighing;
    return tally.metrics(strategy, inForce.options, state, this.context, checks && { side, checks });
  }

  /** What weights from a file score before this run changes them. */
  private async validateInitialWeights(): Promise<void> {
    const {
      metrics: { tasks },
    } = await this.validate();
    for (const [i, { loss, uar, unmeasurable }] of tasks.entries())
      if (!unmeasurable)
        void this.log('info', 'initial-validation', { task: this.config.tasks[i]!.id, loss, uar });
  }

  /**
   * A failure to save is told and pauses the run: nothing is lost, and Play tries again, before another step
   * is taken. @param kinds besides those still owed
   */
  private async checkpoint(kinds: readonly CheckpointKind[]): Promise<void> {
    if (this.broken) return;
    let next = this.weighing.next;
    const failure = await this.saves.write(this.step, kinds, async (which) => {
      await this.gradients.settle(this.arrays.network.parameters, this.step);
      this.flush(true);
      await this.journal.save();
      next = this.weighing.next;
      const bytes = await this.host.saveCheckpoint(this.snapshot(), which, () => this.liveness.announce());
      for (const kind of which)
        this.host.emit({
          kind: 'checkpoint',
          runId: this.host.runId,
          which: kind,
          step: this.step,
          epoch: this.epoch,
          bytes,
        });
    });
    if (!failure) {
      // Another one may have been asked for while it was written.
      if (this.weighing.next === next) this.control.nextSaved = true;
      return;
    }
    this.fault = failure;
    void this.log('error', 'checkpoint-failed', asDetails(failure));
    if (this.transport.wanted === 'run' || this.transport.wanted === 'single')
      this.transport.wanted = 'pause';
  }

  private snapshot(): TrainerState {
    return {
      version: 1,
      config: this.config,
      softwareVersion: this.host.softwareVersion,
      backend: this.host.backend.id,
      epoch: this.epoch,
      batch: this.batch,
      step: this.step,
      ...this.weighing.kept,
      ...(this.checks ? { checks: this.checks } : {}),
      early: this.early,
      ...(this.rates.constant ? {} : { schedule: this.rates.state }),
      tally: this.tally.toJSON(),
      adamIterations: this.arrays.optimizer.updates,
      averages: this.arrays.averages.live,
      microBatch: this.parts.size,
      predictions: this.predictions,
      ended: this.ended,
    };
  }

  private emitState(state: RunState): void {
    this.journal.state(state, this.fault);
  }

  private log(level: LogEntry['level'], code: string, details: LogEntry['details']): Promise<void> {
    return this.journal.log(level, code, this.step, details);
  }

  private flush(force: boolean): void {
    this.journal.flush(force, this.batches(this.epoch).length);
  }
}
