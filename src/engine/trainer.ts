/**
 * The training loop of one run: epochs and batches, pausing and stopping between steps, validation, early stopping,
 * checkpoints, and what it tells of all that. It owns no worker and no storage: both come in as `TrainerHost`,
 * so that it runs the same in the worker and in a test.
 */
import { asDetails, BackendError, DivergenceError, toWire, type WireError } from '../core/errors/errors';
import { batchesOf } from '../core/training/batches';
import type { Dataset, Example } from '../core/training/dataset';
import { NOT_YET, observe, type EarlyStopping } from '../core/training/early-stopping';
import type { EpochRecord, LogEntry, RunState, StepRow } from '../core/training/events';
import { isCurable } from '../core/training/recovery';
import { memoryPlan, type MemoryLimits } from '../core/training/memory-plan';
import { replanned } from '../core/training/replan';
import type { RunConfig } from '../core/training/run-config';
import { checkOptions, parseRunConfig } from '../core/training/run-config-schema';
import { stepNeeds } from '../core/training/strategy-cost';
import { Tally } from '../core/training/tally';
import { earlyAfterChange, firstSegment, sameStrategy, type StrategyChoice, type StrategySegment } from '../core/training/segments';
import { strategy } from '../core/weighting/registry';
import type { Fallback, StepContext, StrategyId, StrategyOptions, StrategyState } from '../core/weighting/types';
import { nameFault } from './faults';
import { GradientWatch } from './gradient-watch';
import { Liveness } from './liveness';
import { Lookahead } from './lookahead';
import { memoryLimits } from './memory-limits';
import type { RunArrays } from './run-checkpoint';
import { Pacer } from './pacer';
import { trainStep } from './train-step';
import type { Predictions, TrainerHost, TrainerState } from './trainer-host';
import { asBatch, Validation } from './validation';

const LOOKAHEAD = 3;
const EVENTS_EVERY_MS = 120;
const CHECKPOINT_EVERY_MS = 60_000;
/** Writing checkpoints in the middle of an epoch takes no more than a twentieth of the time. */
const CHECKPOINT_SHARE = 20;

type Wanted = 'run' | 'single' | 'pause' | 'stop';

export class Trainer {
  private wanted: Wanted;
  private epoch = 1;
  private batch = 0;
  private step = 0;
  private strategyId: StrategyId;
  private options: StrategyOptions;
  private state: StrategyState;
  private segments: readonly StrategySegment[];
  private next: StrategyChoice | null;
  /** The last checkpoint knows of `next`. */
  private nextSaved = true;
  private early: EarlyStopping = NOT_YET;
  private tally: Tally;
  private predictions: Predictions | null = null;
  private ended: TrainerState['ended'] = null;

  private rows: StepRow[] = [];
  private unsavedRows: StepRow[] = [];
  private unsavedEpochs: EpochRecord[] = [];
  private logSeq: number;
  private lastEmit = 0;
  private lastCheckpoint = performance.now();
  private checkpointMs = 0;
  private broken = false;
  private checkpointStep = -1;
  /** Checkpoints of this step that could not be written. */
  private readonly owed = new Set<'best' | 'last'>();
  private epochSeconds = 0;
  private wake: (() => void) | null = null;
  private parked: (() => void)[] = [];
  private fault: WireError | null = null;

  private microBatch: number;
  private readonly lookahead: Lookahead;
  private readonly gradients = new GradientWatch();
  private readonly pacer = new Pacer();
  private readonly liveness: Liveness;
  private readonly validation: Validation;
  private readonly epochBatches: { epoch: number; batches: readonly (readonly Example[])[] }[] = [];

  constructor(
    private readonly config: RunConfig, private readonly dataset: Dataset, private readonly arrays: RunArrays,
    private readonly host: TrainerHost, from: TrainerState | null, paused: boolean,
  ) {
    this.wanted = paused ? 'pause' : 'run';
    this.strategyId = from?.strategyId ?? config.strategy.id;
    this.options = from?.strategyOptions ?? config.strategy.options;
    this.state = from?.strategyState ?? this.strategy.init(config.tasks.length, this.options);
    this.segments = from?.segments ?? [firstSegment(config.strategy)];
    this.next = from?.next ?? null;
    this.tally = new Tally(this.classCounts, from?.tally);
    this.logSeq = host.firstLogSeq;
    this.microBatch = this.firstMicroBatch(from);
    if (from) {
      ({ epoch: this.epoch, batch: this.batch, step: this.step, early: this.early, predictions: this.predictions } = from);
      this.checkpointStep = this.step;
    }
    this.liveness = new Liveness(host.alive);
    this.validation = new Validation(config, dataset, arrays.network, host, this.microBatch);
    this.lookahead = new Lookahead(host.images, (epoch) => this.batches(epoch), LOOKAHEAD, config.epochs);
  }

  private get strategy() {
    return strategy(this.strategyId);
  }

  private get classCounts(): readonly number[] {
    return this.dataset.classes.map((names) => names.length);
  }

  /** Batches of an epoch; the last two asked for are kept (the lookahead reaches into the next). */
  private batches(epoch: number): readonly (readonly Example[])[] {
    let entry = this.epochBatches.find((candidate) => candidate.epoch === epoch);
    if (!entry) {
      entry = { epoch, batches: batchesOf(this.dataset.train, this.config.batchSize, this.config.seed, epoch) };
      this.epochBatches.push(entry);
      if (this.epochBatches.length > 2) this.epochBatches.shift();
    }
    return entry.batches;
  }

  /** Runs until finished, stopped or failed. Never throws: a failure ends in the state `failed` with its error. */
  async run(): Promise<RunState> {
    try {
      void this.log('info', this.step === 0 ? 'run-started' : 'run-resumed', {
        backend: this.host.backend.id, train: this.dataset.train.length, validation: this.dataset.validation.length, step: this.step, epoch: this.epoch,
      });
      for (const note of this.host.notes) this.note(note);
      this.emitState(this.wanted === 'pause' ? 'paused' : 'running');
      this.emitStrategy();
      this.liveness.announce();
      if (this.step === 0 && this.config.initialWeights) await this.validateInitialWeights();
      for (let over = this.epoch > this.config.epochs; ;) {
        if (over && this.owed.size === 0 && await this.end('finished')) break;
        if (this.wanted === 'pause') await this.park();
        if (this.wanted === 'stop' && await this.end('stopped')) break;
        if (this.owed.size > 0) {
          await this.checkpoint([]);
          continue;
        }
        if (this.batch === 0 && this.next && !(await this.takeOver(this.next))) continue;
        over = await this.oneStep();
        if (over) continue;
        if (this.wanted === 'single') this.wanted = 'pause';
        else await this.linger();
        await this.host.breathe();
      }
      return this.broken ? 'failed' : this.ended!;
    } catch (error) {
      return await this.fail(toWire(nameFault(error)));
    }
  }

  /** The backend is lost: nothing is recorded any more, and the run ends with this fault at once, whatever it waits for. */
  breakDown(error: Error): void {
    void this.fail(toWire(error));
  }

  play(): void {
    this.fault = null;
    this.want('run');
  }

  /** Resolves when the step under way is done and a checkpoint is written. */
  async pause(): Promise<void> {
    if (this.wanted === 'pause' && this.wake) return;
    const parked = new Promise<void>((resolve) => this.parked.push(resolve));
    this.want('pause');
    await parked;
  }

  async singleStep(): Promise<void> {
    const parked = new Promise<void>((resolve) => this.parked.push(resolve));
    this.want('single');
    await parked;
  }

  async stop(): Promise<void> {
    const parked = new Promise<void>((resolve) => this.parked.push(resolve));
    this.want('stop');
    await parked;
  }

  /** Steps a second at most, null as fast as it goes; for watching. Time that is waited belongs to no step. */
  setPace(stepsPerSecond: number | null): void {
    this.pacer.set(stepsPerSecond);
  }

  /** In slow motion: shows the step that was just done, and waits until the next one is due. */
  private async linger(): Promise<void> {
    if (this.pacer.full || this.wanted !== 'run') return;
    this.flush(true);
    await this.pacer.turn();
  }

  /** Takes effect with the next step. @throws ConfigError when an option does not fit or must not change in a run */
  setStrategyOptions(options: StrategyOptions): void {
    const live = this.strategy.options.filter((spec) => spec.live).map((spec) => spec.key);
    const changed = Object.fromEntries(Object.entries(options).filter(([key]) => live.includes(key)));
    this.options = checkOptions(this.strategyId, { ...this.options, ...changed }, this.config.tasks.length);
    this.emitStrategy();
    void this.log('info', 'strategy-changed', { options: JSON.stringify(this.options) });
  }

  /** Takes over with the next epoch; null, or the one that is in force, takes that back. @throws ConfigError where it does not fit, into memory either (`strategy-too-large`) */
  switchStrategy(wanted: StrategyChoice | null): void {
    const choice = wanted && parseRunConfig({ ...this.config, strategy: wanted }).strategy;
    const next = choice && sameStrategy(choice, this.inForce) ? null : choice;
    if (next) this.replanned(next, this.microBatch, this.inForce);
    if (next || this.next) void this.log('info', next ? 'strategy-next' : 'strategy-kept', { strategy: (next ?? this.inForce).id, options: JSON.stringify((next ?? this.inForce).options) });
    this.next = next;
    this.nextSaved = false;
    this.emitStrategy();
  }

  /** Examples at a time: as the checkpoint has it, unless a fork has changed the strategy since; or as many as fit. @throws ConfigError `strategy-too-large` */
  private firstMicroBatch(from: TrainerState | null): number {
    if (!from?.microBatch) return memoryPlan(this.arrays.network.spec, { ...this.config, ...stepNeeds(this.config, this.host.backend) }, this.limits).microBatch;
    if (!from.replan) return from.microBatch;
    const microBatch = this.replanned(this.inForce, from.microBatch, from.replan);
    if (microBatch !== from.microBatch) this.noteParts(from.microBatch, microBatch);
    return microBatch;
  }

  /** @throws ConfigError `strategy-too-large` */
  private replanned(to: StrategyChoice, before: number, from: StrategyChoice): number {
    return replanned(this.arrays.network.spec, this.config, { from, to, microBatch: before }, this.host.backend, this.limits);
  }

  private noteParts(from: number, to: number): void {
    void this.log('warning', 'micro-batch-changed', { from, to });
  }

  private get limits(): MemoryLimits {
    return this.host.backend.limits ?? memoryLimits(this.host.backend.id);
  }

  private get inForce(): StrategyChoice {
    return { id: this.strategyId, options: this.options };
  }

  /** Where an epoch begins, the strategy that was asked for takes over, with a state of its own. @returns false when the checkpoint that must come first failed */
  private async takeOver(next: StrategyChoice): Promise<boolean> {
    // Asked for after the checkpoint of the boundary: what is saved must lead to the same steps.
    if (!this.nextSaved && this.step > 0) {
      await this.checkpoint(['last']);
      if (!this.nextSaved) return false;
    }
    let microBatch;
    try {
      microBatch = this.replanned(next, this.microBatch, this.inForce);
    } catch (error) { // Asked for where there was more memory.
      this.next = null;
      void this.log('error', 'strategy-refused', asDetails(toWire(error)));
      this.emitStrategy();
      return true;
    }
    if (microBatch !== this.microBatch) this.noteParts(this.microBatch, microBatch);
    this.microBatch = microBatch;
    this.arrays.averages.end();
    const from = this.strategyId;
    ({ id: this.strategyId, options: this.options } = next);
    this.state = this.strategy.init(this.config.tasks.length, this.options);
    this.early = earlyAfterChange(this.early, this.config.monitor);
    this.segments = [...this.segments, { step: this.step, epoch: this.epoch, why: 'switch', strategy: next }];
    this.next = null;
    void this.log('info', this.config.monitor === 'strategy-total' ? 'strategy-switched-total' : 'strategy-switched', { from, to: next.id, options: JSON.stringify(next.options), epoch: this.epoch });
    this.emitStrategy();
    return true;
  }

  /** Puts into the run's log what happened around it. */
  note({ level, code, details }: TrainerHost['notes'][number]): void {
    void this.log(level, code, details);
  }

  private want(wanted: Wanted): void {
    this.wanted = wanted;
    this.pacer.skip();
    this.wake?.();
  }

  private async park(): Promise<void> {
    if (this.checkpointStep !== this.step && this.step > 0) await this.checkpoint(['last']);
    this.flush(true);
    if (this.wanted !== 'pause') return; // Play, Step or Stop came while the checkpoint was written
    this.emitState('paused');
    void this.log('info', 'paused', {});
    this.liveness.rest();
    this.release();
    const next = await new Promise<Wanted>((resolve) => { this.wake = () => resolve(this.wanted); });
    this.wake = null;
    this.liveness.announce();
    if (next === 'run' || next === 'single') this.emitState('running');
    if (next === 'run') void this.log('info', 'resumed', {});
  }

  private release(): void {
    for (const resolve of this.parked.splice(0)) resolve();
  }

  /** @returns false where a run that was to be finished could not be saved: it pauses, and Play tries again */
  private async end(ended: 'finished' | 'stopped'): Promise<boolean> {
    this.ended = ended;
    if (this.step > 0) await this.checkpoint(['last']);
    if (this.broken) return true;
    if (ended === 'finished' && this.owed.size > 0) {
      this.ended = null;
      return false;
    }
    void this.log('info', ended, { epochs: this.epoch - (this.batch === 0 ? 1 : 0), step: this.step });
    this.flush(true);
    this.liveness.rest();
    this.emitState(ended);
    this.release();
    return true;
  }

  private async fail(error: WireError): Promise<RunState> {
    if (this.broken) return 'failed';
    this.broken = true;
    this.fault = error;
    const curable = isCurable(error);
    const logged = curable ? this.log('warning', 'fault', asDetails(error)) : this.log('error', 'failed', asDetails(error));
    this.flush(true);
    await logged;
    await this.saveHistory().catch(() => undefined); // the fault that ended the run is the one to tell
    this.liveness.rest();
    if (curable) this.host.emit({ kind: 'fault', runId: this.host.runId, error });
    else this.emitState('failed');
    this.release();
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
    const batch = asBatch(this.dataset, examples, images);
    const { renormalise, instruments } = this.config;
    const { network, adam, averages } = this.arrays;
    const weighting = { strategy: this.strategy, options: this.options, state: this.state, epoch: this.epoch, renormalise, instruments, averages };
    const { losses, predictions, weights, context, reading, extraMs } = await trainStep(network, adam, batch, weighting, this.config.seed, step, this.microBatch, this.gradients);
    if (this.broken) throw new Error('The backend broke down.'); // and so did what it computed
    this.state = this.strategy.update(losses, this.options, this.state, context);
    this.step = step;
    this.batch++;
    const ms = performance.now() - started;
    this.liveness.took(ms);
    this.tally.addBatch(batch.labels, predictions, losses);
    this.tally.addWeights(weights, ms);
    this.noteFallback(weights.fallback);
    const row: StepRow = { step, epoch: this.epoch, total: weights.total, losses, nominal: weights.nominal, effective: weights.effective, ms, waitMs: waited, extraMs,
      ...(reading ? { gradients: reading } : {}), ...(weights.fallback ? { fallback: weights.fallback } : {}) };
    this.rows.push(row);
    this.unsavedRows.push(row);
    const over = this.batch >= batches.length ? await this.endEpoch() : false;
    this.flush(false);
    if (!over && performance.now() - this.lastCheckpoint > Math.max(CHECKPOINT_EVERY_MS, CHECKPOINT_SHARE * this.checkpointMs)) await this.checkpoint(['last']);
    return over;
  }

  private async endEpoch(): Promise<boolean> {
    const started = performance.now();
    await this.gradients.settle(this.arrays.network.parameters, this.step); // before anything is told of this epoch
    const validation = await this.validate();
    if (!validation.tasks.every(({ loss }) => Number.isFinite(loss)))
      throw new DivergenceError('not-finite', `After step ${this.step} a validation loss is no finite number.`,
        'Lower the learning rate or choose another strategy, and continue from the last checkpoint.', { step: this.step });
    this.epochSeconds = (this.tally.milliseconds + performance.now() - started) / 1000;
    const monitored = this.config.monitor === 'strategy-total' ? validation.total
      : validation.tasks.reduce((sum, task) => sum + task.loss, 0);
    const { state, improved, stop } = observe(this.early, this.epoch, monitored, this.config.patience);
    this.early = state;
    const record: EpochRecord = {
      epoch: this.epoch, step: this.step, seconds: this.epochSeconds, validation, monitored, best: improved,
      train: this.tally.metrics(this.strategy, this.options, this.state, this.context),
      nominal: this.tally.meanNominal(), effective: this.tally.meanEffective(), strategy: this.inForce,
    };
    for (const [what, count] of this.tally.madeUp()) if (count > 1) void this.log('warning', `fallbacks-${what}`, { count, epoch: this.epoch });
    this.unsavedEpochs.push(record);
    this.epoch++;
    this.batch = 0;
    this.tally = new Tally(this.classCounts);
    this.flush(true);
    this.host.emit({ kind: 'epoch', runId: this.host.runId, record });
    if (improved) void this.log('info', 'epoch-best', { epoch: record.epoch, monitored: Number(monitored.toPrecision(5)) });
    await this.checkpoint(improved ? ['best', 'last'] : ['last']);
    if (stop && this.epoch <= this.config.epochs)
      void this.log('info', 'early-stopped', { epoch: record.epoch, patience: this.config.patience, bestEpoch: this.early.bestEpoch });
    return stop || this.epoch > this.config.epochs;
  }

  /** Told when it happens first in an epoch, and counted at its end. */
  private noteFallback(what: Fallback | undefined): void {
    if (what && this.tally.madeUp().some(([kind, count]) => kind === what && count === 1)) void this.log('warning', `fallback-${what}`, {});
  }

  /** For weighing losses that are not a step's. */
  private get context(): StepContext {
    return { seed: this.config.seed, step: this.step, epoch: this.epoch, gram: null, classes: this.classCounts };
  }

  private async validate() {
    const { tally, predictions } = await this.validation.run(() => this.liveness.announce());
    this.predictions = predictions;
    return tally.metrics(this.strategy, this.options, this.state, this.context);
  }

  /** What weights from a file score before this run changes them. */
  private async validateInitialWeights(): Promise<void> {
    const { tasks } = await this.validate();
    for (const [i, { loss, uar }] of tasks.entries()) void this.log('info', 'initial-validation', { task: this.config.tasks[i]!, loss, uar });
  }

  /** A failure to save is told and pauses the run: nothing is lost, and Play tries again, before another step is taken. @param kinds besides those still owed */
  private async checkpoint(kinds: readonly ('best' | 'last')[]): Promise<void> {
    if (this.broken) return;
    for (const kind of kinds) this.owed.add(kind);
    const which = [...this.owed];
    const started = performance.now();
    try {
      await this.gradients.settle(this.arrays.network.parameters, this.step);
      await this.saveHistory();
      const bytes = await this.host.saveCheckpoint(this.snapshot(), which, () => this.liveness.announce());
      this.checkpointStep = this.step;
      this.owed.clear();
      this.nextSaved = true;
      for (const kind of which) this.host.emit({ kind: 'checkpoint', runId: this.host.runId, which: kind, step: this.step, epoch: this.epoch, bytes });
    } catch (error) {
      if (error instanceof BackendError || error instanceof DivergenceError) throw error; // not the disk's fault
      this.fault = toWire(error);
      void this.log('error', 'checkpoint-failed', asDetails(this.fault));
      if (this.wanted === 'run' || this.wanted === 'single') this.wanted = 'pause';
      this.checkpointStep = this.step; // not again before the user has done something about it
    } finally {
      this.lastCheckpoint = performance.now();
      this.checkpointMs = this.lastCheckpoint - started;
    }
  }

  private snapshot(): TrainerState {
    return {
      version: 1, config: this.config, softwareVersion: this.host.softwareVersion, backend: this.host.backend.id,
      epoch: this.epoch, batch: this.batch, step: this.step, strategyId: this.strategyId, segments: this.segments, next: this.next, strategyOptions: this.options, strategyState: this.state,
      early: this.early, tally: this.tally.toJSON(), adamIterations: this.arrays.adam.iterations, averages: this.arrays.averages.live, microBatch: this.microBatch, predictions: this.predictions, ended: this.ended,
    };
  }

  private emitState(state: RunState): void {
    this.host.emit({ kind: 'state', runId: this.host.runId, state, backend: this.host.backend, error: this.fault });
  }

  private emitStrategy(): void {
    this.host.emit({ kind: 'strategy', runId: this.host.runId, strategy: this.inForce, next: this.next, segments: this.segments });
  }

  /** Settles when it is stored, or could not be: the page has it in any case, and a full disk is told by the checkpoint. */
  private log(level: LogEntry['level'], code: string, details: LogEntry['details']): Promise<void> {
    const entry: LogEntry = { seq: this.logSeq++, at: Date.now(), level, code, step: this.step, details };
    this.host.emit({ kind: 'log', runId: this.host.runId, entries: [entry] });
    return this.host.saveLog([entry]).catch(() => undefined);
  }

  /** Sends the rows that have gathered, at most every EVENTS_EVERY_MS unless forced. */
  private flush(force: boolean): void {
    const now = performance.now();
    if (this.rows.length === 0 || (!force && now - this.lastEmit < EVENTS_EVERY_MS)) return;
    this.host.emit({ kind: 'steps', runId: this.host.runId, rows: this.rows, stepsPerEpoch: this.batches(this.epoch).length });
    this.host.emit({ kind: 'memory', runId: this.host.runId, ...this.host.memory() });
    this.rows = [];
    this.lastEmit = now;
  }

  /** What could not be stored is kept for the next try. */
  private async saveHistory(): Promise<void> {
    await this.host.saveHistory(this.unsavedRows, this.unsavedEpochs);
    this.unsavedRows = [];
    this.unsavedEpochs = [];
  }
}
