/** One step of a run: images and weights for it, the step itself, what is recorded, and the epoch's end behind it. */
import { BackendError } from '../../../core/errors/errors';
import { mixingOf } from '../../../core/augment/apply';
import type { StepRow } from '../../../core/training/events';
import { trainStep } from '../../step/train-step';
import { asBatch } from '../../step/validation';
import { endEpoch } from './epoch-end';
import type { Loop } from './loop';

/** @returns true when the run is over */
export async function oneStep(loop: Loop): Promise<boolean> {
  const { progress, reporter, liveness, parts, checkpoints } = loop;
  const { config, dataset, losses: taskLosses, weighing, rates, epoch, arrays } = progress;
  liveness.announce();
  const started = performance.now();
  const batches = progress.batches(epoch);
  const examples = batches[progress.batch]!;
  const images = await loop.lookahead.take(epoch, progress.batch);
  const waitMs = performance.now() - started;
  const step = progress.step + 1;
  const ids = examples.map(({ id }) => id);
  const mixing = mixingOf(config.augmentations, config.seed, ids, epoch);
  const batch = asBatch(dataset, examples, images, taskLosses, mixing);
  const { network, optimizer, averages } = arrays;
  const weighting = { ...weighing.forStep(step, epoch), averages };
  optimizer.learningRate = rates.at({ step, epoch, stepsPerEpoch: batches.length, epochs: config.epochs });
  const { learningRate } = optimizer;
  const { losses, predictions, weights, context, reading, extraMs } = await trainStep({
    network,
    optimizer,
    batch,
    weighting,
    seed: config.seed,
    step,
    microBatch: parts.size,
    watch: loop.gradients,
  });
  // What it computed broke down with it.
  if (progress.broken) throw new BackendError('program-fault', { why: 'interrupted' });
  weighing.update(losses, weighting, context);
  progress.step = step;
  progress.batch++;
  const ms = performance.now() - started;
  liveness.took(ms);
  progress.tally.addBatch(batch.labels, predictions, losses);
  progress.tally.addWeights(weights, ms);
  reporter.fallback(weights.fallback);
  const row: StepRow = {
    step,
    epoch,
    total: weights.total,
    losses,
    nominal: weights.nominal,
    effective: weights.effective,
    ms,
    waitMs,
    extraMs,
    ...(reading ? { gradients: reading } : {}),
    ...(weights.fallback ? { fallback: weights.fallback } : {}),
    ...(rates.constant ? {} : { learningRate }),
  };
  reporter.journal.step(row);
  const over = progress.batch >= batches.length ? await endEpoch(loop) : false;
  reporter.flush(false);
  if (!over && checkpoints.saves.due) await checkpoints.write(['last']);
  return over;
}
