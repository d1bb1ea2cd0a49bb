/**
 * A learning-rate range test: updates of a network that is nobody's run, under a rate that grows from one to the
 * next (core/optim/range-test.ts). It stores nothing and ends when it has seen enough. The caller owns the
 * network and frees it.
 */
import { mixingOf } from '../../core/augment/apply';
import type { AugmentationChoice } from '../../core/augment/registry';
import { DivergenceError } from '../../core/errors/errors';
import { hasDiverged, rampRate, smoothedTotals, suggestedRate } from '../../core/optim/range-test';
import type { RangePoint, RangeResult, RateRange } from '../../core/optim/range-test';
import type { TaskLoss } from '../../core/tasks/losses/types';
import { batchesOf } from '../../core/training/batches';
import type { Dataset, Example } from '../../core/training/dataset';
import { Lookahead, type ImageSource } from '../step/lookahead';
import type { RunArrays } from './run-checkpoint';
import type { Weighting } from '../step/step-work';
import { trainStep } from '../step/train-step';
import { asBatch } from '../step/validation';

export interface RangeTest {
  readonly range: RateRange;
  readonly dataset: Dataset;
  readonly arrays: RunArrays;
  readonly weighting: Weighting;
  /** Those that act on a batch; the images' source has done the others. */
  readonly augmentations: readonly AugmentationChoice[];
  /** Of the tasks, in their order. */
  readonly losses: readonly TaskLoss[];
  readonly batchSize: number;
  /** Examples in memory at once. */
  readonly microBatch: number;
  /** Of batches, dropout and random strategies: those of a run with this seed. */
  readonly seed: number;
  readonly images: ImageSource;
  readonly onPoint: (point: RangePoint) => void;
  /** Lets messages in between two updates. */
  readonly breathe: () => Promise<void>;
  readonly cancelled: () => boolean;
}

const LOOKAHEAD = 3;

/** @throws BackendError, or whatever the images' source throws; a loss that is no number only ends the test */
export async function runRangeTest(test: RangeTest): Promise<RangeResult> {
  const { range, dataset, arrays, batchSize, seed } = test;
  const { network, optimizer, averages } = arrays;
  let { state } = test.weighting;
  const known = new Map<number, readonly (readonly Example[])[]>();
  const batches = (epoch: number) => {
    const made = known.get(epoch) ?? batchesOf(dataset.train, batchSize, seed, epoch);
    known.set(epoch, made);
    return made;
  };
  const lookahead = new Lookahead(test.images, batches, LOOKAHEAD, Number.POSITIVE_INFINITY);
  const points: RangePoint[] = [];
  const done = (ended: RangeResult['ended']): RangeResult => ({
    range,
    points,
    smoothed: smoothedTotals(points.map(({ total }) => total)),
    ended,
    suggestion: suggestedRate(points),
  });
  let [epoch, index] = [1, 0];
  for (let step = 1; step <= range.steps; step++) {
    if (test.cancelled()) return done('cancelled');
    const images = await lookahead.take(epoch, index);
    const examples = batches(epoch)[index]!;
    const ids = examples.map(({ id }) => id);
    const mixing = mixingOf(test.augmentations, seed, ids, epoch);
    const batch = asBatch(dataset, examples, images, test.losses, mixing);
    const learningRate = rampRate(range, step);
    optimizer.learningRate = learningRate;
    const weighting: Weighting = { ...test.weighting, state, epoch, averages };
    const result = await trainStep({
      network,
      optimizer,
      batch,
      weighting,
      seed,
      step,
      microBatch: test.microBatch,
    }).catch((error: unknown) => {
      if (error instanceof DivergenceError) return null;
      throw error;
    });
    if (!result) return done('diverged');
    const { losses, context } = result;
    // A task without a label in this batch has no loss: it adds nothing, and the strategy's state stays.
    const present = losses.filter((loss) => !Number.isNaN(loss));
    if (present.length === losses.length)
      state = weighting.strategy.update(losses, weighting.options, state, context);
    const point = { step, learningRate, losses, total: present.reduce((sum, loss) => sum + loss, 0) };
    points.push(point);
    test.onPoint(point);
    if (hasDiverged(points.map(({ total }) => total))) return done('diverged');
    if (++index >= batches(epoch).length) [epoch, index] = [epoch + 1, 0];
    await test.breathe();
  }
  return done('range');
}
