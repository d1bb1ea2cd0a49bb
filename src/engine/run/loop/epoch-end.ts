/** The end of an epoch: validation, what is monitored, the epoch's record, checkpoints, and whether the run goes on. */
import { DivergenceError } from '../../../core/errors/errors';
import { taskIds } from '../../../core/tasks/types';
import type { EpochRecord } from '../../../core/training/events';
import { observe } from '../../../core/training/monitor/early-stopping';
import { costOf, monitoredValue, sumOfLosses } from '../../../core/training/monitor/monitor';
import { DRIFT_EPOCHS, driftAfter } from '../../../core/training/monitor/total-monitor';
import type { Loop } from './loop';

/** @returns true when the run is over */
export async function endEpoch(loop: Loop): Promise<boolean> {
  const { progress, reporter, gradients, checkpoints } = loop;
  const { config, monitor, rates, weighing, tally, epoch, step } = progress;
  const started = performance.now();
  // before anything is told of this epoch
  await gradients.settle(progress.arrays.network.parameters, step);
  const { losses, metrics: validation } = await validate(loop);
  if (!losses.every(Number.isFinite)) throw new DivergenceError('not-finite', { step, why: 'validation' });
  const seconds = (tally.milliseconds + performance.now() - started) / 1000;
  const monitored = monitoredValue(monitor, validation, taskIds(config));
  const cost = costOf(monitor, monitored);
  const { state, improved, stop } = observe(progress.early, epoch, cost, config.patience);
  progress.early = state;
  const lowered = rates.observe(cost);
  progress.drift = driftAfter(progress.drift, improved, sumOfLosses(validation));
  const record: EpochRecord = {
    epoch,
    step,
    seconds,
    validation,
    monitored,
    best: improved,
    train: progress.metricsOf(tally, 'train'),
    nominal: tally.meanNominal(),
    effective: tally.meanEffective(),
    strategy: weighing.inForce,
  };
  reporter.counted();
  progress.nextEpoch();
  reporter.journal.epoch(record, progress.stepsPerEpoch);
  if (improved)
    void reporter.log('info', 'epoch-best', { epoch, monitored: Number(monitored.toPrecision(5)) });
  if (lowered) void reporter.log('info', 'rate-lowered', { ...lowered, epoch });
  if (progress.monitor.of === 'strategy-total' && progress.drift.epochs === DRIFT_EPOCHS)
    void reporter.log('warning', 'total-drifts', { count: DRIFT_EPOCHS });
  await checkpoints.write(improved ? ['best', 'last'] : ['last']);
  const last = progress.epoch > config.epochs;
  if (stop && !last) {
    const { bestEpoch } = progress.early;
    void reporter.log('info', 'early-stopped', { epoch, patience: config.patience, bestEpoch });
  }
  return stop || last;
}

async function validate({ progress, validation, liveness }: Loop) {
  const { tally, predictions } = await validation.run(() => liveness.announce());
  progress.predictions = predictions;
  return { losses: tally.meanLosses(), metrics: progress.metricsOf(tally, 'validation') };
}

/** What weights from a file score before this run changes them. */
export async function validateInitialWeights(loop: Loop): Promise<void> {
  const { metrics } = await validate(loop);
  for (const [i, { loss, uar, unmeasurable }] of metrics.tasks.entries())
    if (!unmeasurable) {
      const task = loop.progress.config.tasks[i]!.id;
      void loop.reporter.log('info', 'initial-validation', { task, loss, uar });
    }
}
