/**
 * Where a run stands: the position in it, the weighting, what was monitored, and what of the tasks can be measured.
 * Steps and the ends of epochs move it on; a checkpoint is a picture of it. Not here: what is told of it
 * (reporter.ts).
 */
import type { RunConfig, Monitor } from '../../../core/config/run-config';
import { LearningRates } from '../../../core/optim/learning-rates';
import type { TaskLoss } from '../../../core/tasks/losses/types';
import { checkTasks, type TaskCheck } from '../../../core/tasks/metrics/measurable';
import { taskIds } from '../../../core/tasks/types';
import { batchesOf } from '../../../core/training/batches';
import type { Dataset, Example } from '../../../core/training/dataset';
import type { SideMetrics } from '../../../core/training/events';
import { NOT_YET, type EarlyStopping } from '../../../core/training/monitor/early-stopping';
import { monitorInForce } from '../../../core/training/monitor/monitor';
import { Tally } from '../../../core/training/monitor/tally';
import { taskLosses } from '../../../core/training/monitor/task-losses';
import { NO_DRIFT } from '../../../core/training/monitor/total-monitor';
import { earlyAfterFormula } from '../../../core/training/segments';
import { Weighing } from '../../step/weighing';
import type { RunArrays } from '../run-checkpoint';
import type { Predictions, TrainerState } from '../../../core/run/checkpoint';
import type { TrainerHost } from '../trainer-host';

export class Progress {
  /** 1-based, the one under way. */
  epoch = 1;
  /** Batches of it that are done. */
  batch = 0;
  step = 0;
  readonly weighing: Weighing;
  /** What of the tasks can be measured; null in a run of version 0.1.0, which goes on counting everything. */
  readonly checks: readonly TaskCheck[] | null;
  /** With the training side's statistics in them. */
  readonly losses: readonly TaskLoss[];
  readonly rates: LearningRates;
  early: EarlyStopping = NOT_YET;
  /** For the log alone: it begins anew where the run does. */
  drift = NO_DRIFT;
  /** Of the epoch under way. */
  tally: Tally;
  /** Of the last validation. */
  predictions: Predictions | null = null;
  ended: TrainerState['ended'] = null;
  /** It was over when it was stored: no step follows, but its test part may not have been scored. */
  readonly finished: boolean;
  /** The backend broke down, or the run failed: nothing is recorded any more. */
  broken = false;
  private readonly kept: { epoch: number; batches: readonly (readonly Example[])[] }[] = [];

  /** @param from the checkpoint that the run goes on from; null where it begins */
  constructor(
    readonly config: RunConfig,
    readonly dataset: Dataset,
    readonly arrays: RunArrays,
    readonly host: TrainerHost,
    from: TrainerState | null,
  ) {
    this.checks = from ? from.checks : checkTasks(dataset, config.tasks);
    this.finished = from?.ended === 'finished';
    this.weighing = new Weighing(config, from);
    this.losses = taskLosses(config.tasks, dataset);
    this.rates = new LearningRates(config.schedule, config.optimizer.learningRate, from?.schedule);
    this.tally = new Tally(this.classCounts, from?.tally, { losses: this.losses });
    if (!from) return;
    ({
      epoch: this.epoch,
      batch: this.batch,
      step: this.step,
      early: this.early,
      predictions: this.predictions,
    } = from);
    if (!this.weighing.newFormulas) return;
    this.early = earlyAfterFormula(this.early, this.monitor);
    this.forgetTotals();
  }

  get monitor(): Monitor {
    return monitorInForce(this.config.monitor, this.checks, taskIds(this.config));
  }

  get classCounts(): readonly number[] {
    return this.dataset.classes.map((names) => names.length);
  }

  /** Batches of an epoch; the last two asked for are kept (the lookahead reaches into the next). */
  batches(epoch: number): readonly (readonly Example[])[] {
    let entry = this.kept.find((candidate) => candidate.epoch === epoch);
    if (!entry) {
      const { batchSize, seed } = this.config;
      entry = { epoch, batches: batchesOf(this.dataset.train, batchSize, seed, epoch) };
      this.kept.push(entry);
      if (this.kept.length > 2) this.kept.shift();
    }
    return entry.batches;
  }

  /** Of the epoch under way. */
  get stepsPerEpoch(): number {
    return this.batches(this.epoch).length;
  }

  nextEpoch(): void {
    this.epoch++;
    this.batch = 0;
    this.tally = new Tally(this.classCounts, undefined, { losses: this.losses });
  }

  /** What a schedule remembers of totals does not compare with another strategy's. */
  forgetTotals(): void {
    if (this.monitor.of === 'strategy-total') this.rates.forget();
  }

  /** Scores of one side. @param checks what can be measured of it */
  metricsOf(
    tally: Tally,
    side: 'train' | 'validation',
    checks: readonly TaskCheck[] | null = this.checks,
  ): SideMetrics {
    const { strategy, inForce, state } = this.weighing;
    // For weighing losses that are not a step's.
    const context = {
      seed: this.config.seed,
      step: this.step,
      epoch: this.epoch,
      gram: null,
      classes: this.classCounts,
    };
    return tally.metrics(strategy, inForce.options, state, context, checks && { side, checks });
  }
}
