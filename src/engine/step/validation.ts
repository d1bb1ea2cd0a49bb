/**
 * The pass over the validation side, or the test part: the same images every time, without dropout, with running batch-norm
 * statistics. What becomes of its numbers: run/loop/epoch-end.ts.
 */
import { mixImages } from '../../core/augment/apply';
import type { Mixing } from '../../core/augment/types';
import type { Targets, TaskLoss } from '../../core/tasks/losses/types';
import type { TaskCheck } from '../../core/tasks/metrics/measurable';
import { batchesOf } from '../../core/training/batches';
import type { Dataset, Example } from '../../core/training/dataset';
import type { RunConfig } from '../../core/config/run-config';
import { Tally } from '../../core/training/monitor/tally';
import type { Network } from '../network/network';
import type { Batch } from './batch';
import { evaluateBatch } from './evaluate-batch';
import type { Predictions } from '../../core/run/checkpoint';
import type { TrainerHost } from '../run/trainer-host';

/** Images are kept from pass to pass while they fit. */
const CACHE_BYTES = 128 * 1024 * 1024;

/** Whole numbers of classes where everything is labelled: what the device has a kernel for. */
function targetsOf(examples: readonly Example[], task: number, classes: number): Targets {
  const targets = Float64Array.from(examples, ({ labels }) => labels[task]!);
  return classes > 0 && !targets.some((target) => Number.isNaN(target)) ? Uint16Array.from(targets) : targets;
}

/** Shares of votes, or the label where there are none; null of a task whose targets are no distributions. */
function distributionsOf(examples: readonly Example[], task: number, classes: number): Float64Array | null {
  if (examples[0]?.shares?.[task] === undefined) return null;
  const all = new Float64Array(examples.length * classes);
  for (const [row, { labels, shares }] of examples.entries()) {
    const own = shares?.[task];
    if (own) all.set(own, row * classes);
    else if (!Number.isNaN(labels[task]!)) all[row * classes + labels[task]!] = 1;
  }
  return all;
}

/** Examples with their images as the engine takes them. @param mixing images and targets, where given */
export function asBatch(
  { classes }: Dataset,
  examples: readonly Example[],
  images: Uint8Array,
  losses?: readonly TaskLoss[],
  mixing?: Mixing | null,
): Batch {
  const labels = (of: readonly Example[]): readonly Targets[] =>
    classes.map((names, task) => targetsOf(of, task, names.length));
  const distributions = (of: readonly Example[]) =>
    of.some(({ shares }) => shares)
      ? { distributions: classes.map((names, task) => distributionsOf(of, task, names.length)) }
      : {};
  const partners = mixing?.partners.map((i) => examples[i]!);
  return {
    images: mixing ? mixImages(images, mixing) : images,
    count: examples.length,
    labels: labels(examples),
    ...distributions(examples),
    ...(losses ? { losses } : {}),
    ...(mixing && partners
      ? { mixed: { lambda: mixing.lambda, labels: labels(partners), ...distributions(partners) } }
      : {}),
  };
}

export class Validation {
  private readonly images = new Map<number, Uint8Array>();

  /** @param checks what of the tasks can be measured; null: everything counts */
  constructor(
    private readonly config: RunConfig,
    private readonly dataset: Dataset,
    private readonly network: Network,
    private readonly host: Pick<TrainerHost, 'images' | 'breathe'>,
    private readonly microBatch: number,
    private readonly checks: readonly TaskCheck[] | null,
    private readonly losses: readonly TaskLoss[],
    private readonly side: 'validation' | 'test' = 'validation',
  ) {}

  private get examples(): readonly Example[] {
    return this.dataset[this.side] ?? [];
  }

  /** @param onBatch before each batch */
  async run(onBatch: () => void): Promise<{ readonly tally: Tally; readonly predictions: Predictions }> {
    const { classes } = this.dataset;
    const { examples: all } = this;
    const { losses } = this;
    const counts = classes.map((names) => names.length);
    const tally = new Tally(counts, undefined, { losses, atOnce: true });
    const predicted: number[][] = classes.map(() => []);
    const confidence: number[][] = classes.map(() => []);
    for (const [index, examples] of batchesOf(all, this.config.batchSize, this.config.seed, null).entries()) {
      onBatch();
      const batch = asBatch(this.dataset, examples, await this.imagesOf(index, examples), losses);
      const result = await evaluateBatch(this.network, batch, this.microBatch);
      if (this.checks)
        tally.addMeasured(batch.labels, result.predictions, result.losses, result.each, this.checks);
      else tally.addBatch(batch.labels, result.predictions, result.losses);
      result.predictions.forEach((chosen, task) => {
        const width = classes[task]!.length;
        chosen.forEach((k, row) => {
          predicted[task]!.push(k);
          if (width > 0)
            confidence[task]!.push(Math.round(result.probabilities[task]![row * width + k]! * 1e4) / 1e4);
        });
      });
      await this.host.breathe();
    }
    const known = (target: number): number | null => (Number.isNaN(target) ? null : target);
    const truth = classes.map((_, task) => all.map(({ labels }) => known(labels[task]!)));
    return { tally, predictions: { ids: all.map(({ id }) => id), truth, predicted, confidence } };
  }

  private async imagesOf(index: number, examples: readonly Example[]): Promise<Uint8Array> {
    const kept = this.images.get(index);
    if (kept) return kept;
    const images = await this.host.images(
      examples.map(({ id }) => id),
      null,
    );
    if (this.examples.length * this.config.inputSize ** 2 <= CACHE_BYTES) this.images.set(index, images);
    return images;
  }
}
