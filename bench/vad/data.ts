/** The V/A/D sweep as it is committed (docs/vad-weights.json): a line a run, rounded. */
import { primaryMetric } from '../../src/core/tasks/metrics/registry';
import type { KeptRun } from '../support/kept-run';

/** Lists: per task, one number an epoch. */
export interface VadRun {
  /** Equal for equal work (bench/support/kept-run.ts). */
  readonly key: string;
  readonly label: string;
  readonly seed: number;
  readonly tasks: readonly string[];
  /** 1-based: the lowest sum of validation losses. */
  readonly best: number;
  /** On validation: UAR of classes, CCC of numbers. */
  readonly score: readonly (readonly number[])[];
  readonly loss: readonly (readonly number[])[];
  /** Means over the epoch's steps. */
  readonly nominal: readonly (readonly number[])[];
  readonly effective: readonly (readonly number[])[];
}

const short = (value: number): number => Number(value.toPrecision(5));

export function committed(key: string, label: string, { config, epochs }: KeptRun): VadRun {
  const lists = (of: (epoch: KeptRun['epochs'][number], task: number) => number) =>
    config.tasks.map((_, task) => epochs.map((epoch) => short(of(epoch, task))));
  return {
    key,
    label,
    seed: config.seed,
    tasks: config.tasks.map(({ id }) => id),
    best: epochs.findLast(({ best }) => best)!.epoch,
    score: lists(({ validation }, task) =>
      primaryMetric(config.tasks[task]!.kind).read(validation.tasks[task]!),
    ),
    loss: lists(({ validation }, task) => validation.tasks[task]!.loss),
    nominal: lists(({ nominal }, task) => nominal[task]!),
    effective: lists(({ effective }, task) => effective[task]!),
  };
}

/** One line a run, so that a difference shows it. */
export const jsonOf = (runs: readonly VadRun[]): string =>
  `[\n${runs.map((run) => `  ${JSON.stringify(run)}`).join(',\n')}\n]\n`;
