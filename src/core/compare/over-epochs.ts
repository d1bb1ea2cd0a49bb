/** A group's curve: the mean over its seeds at each epoch, and one standard deviation to either side. */
import { meanInterval } from '../stats/mean-interval';
import { taskIds, type TaskId } from '../tasks/types';
import type { RunGroup } from './groups';
import { valueIn, type Reading } from './values';

export interface Curve {
  readonly epochs: readonly number[];
  readonly mean: readonly number[];
  /** Equal to the mean where there is one seed. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Epochs of longer runs that are left out, because a mean over fewer seeds would jump. */
  readonly beyond: number;
  readonly seeds: number;
}

/** Over the epochs that every run of the group has. */
export function curveOf(
  group: RunGroup,
  task: TaskId,
  reading: Pick<Reading, 'metric' | 'number' | 'kinds' | 'side'>,
): Curve {
  const runs = group.runs.filter(({ config }) => taskIds(config).includes(task));
  const everywhere = new Map<number, number[]>();
  for (const run of runs)
    for (const record of run.epochs) {
      const value = valueIn(run, record, task, reading);
      if (value !== null) everywhere.set(record.epoch, [...(everywhere.get(record.epoch) ?? []), value]);
    }
  const points = [...everywhere]
    .filter(([, values]) => values.length === runs.length)
    .sort(([a], [b]) => a - b)
    .map(([epoch, values]) => {
      const { mean, sd } = meanInterval(values)!;
      return { epoch, mean, sd: sd ?? 0 };
    });
  return {
    epochs: points.map(({ epoch }) => epoch),
    mean: points.map(({ mean }) => mean),
    low: points.map(({ mean, sd }) => mean - sd),
    high: points.map(({ mean, sd }) => mean + sd),
    beyond: everywhere.size - points.length,
    seeds: runs.length,
  };
}
