/**
 * Records from before it was asked what can be measured (version 0.1.0), read as if it had been: their matrices
 * say it. The rule: core/tasks/metrics/measurable.ts.
 */
import { checkTask, isMeasured, withoutScores, type TaskCheck } from '../../tasks/metrics/measurable';
import type { TaskMetrics } from '../../tasks/metrics/types';
import type { EpochRecord } from '../events';

/** A validation side of one class was measured once: such scores stay as they were recorded. */
const asOnce = (found: TaskCheck['unmeasurable']): TaskCheck['unmeasurable'] =>
  found === 'single' ? null : found;

const rowSums = ({ confusion }: TaskMetrics): number[] =>
  confusion.map((row) => row.reduce((sum, n) => sum + n, 0));

/**
 * What a record's matrices, and its marks, say could be measured. Of partly unseen classes a record of
 * version 0.1.0 left nothing out.
 */
export const checksOfRecord = ({
  train,
  validation,
}: Pick<EpochRecord, 'train' | 'validation'>): readonly TaskCheck[] =>
  validation.tasks.map((task, i) => {
    // A number has no matrix to tell from; records of numbers carry their own mark.
    if (task.number)
      return { unmeasurable: task.unmeasurable ?? null, leftOut: task.leftOut ?? 0, unseen: [] };
    const trained = rowSums(train.tasks[i] ?? task);
    const leftOut = task.leftOut ?? 0;
    return {
      unmeasurable: task.unmeasurable ?? asOnce(checkTask(trained, rowSums(task)).unmeasurable),
      leftOut,
      // They left no row in the validation's matrix.
      unseen: leftOut > 0 ? trained.flatMap((count, k) => (count === 0 ? [k] : [])) : [],
    };
  });

/**
 * A record as it is shown. One from before this was asked (version 0.1.0) has scores of everything; the
 * matrices, which it has as well, say what of it was measurable. Its monitored value and its best epoch stay
 * as recorded, and it is marked: the value counts everything. Of partly unseen classes such a record cannot
 * be cleaned: its numbers stay. Other records come back as they are.
 */
export function asMeasured<R extends EpochRecord>(record: R): R {
  const { train, validation } = record;
  if (
    train.tasks.length !== validation.tasks.length ||
    [...train.tasks, ...validation.tasks].some((task) => !isMeasured(task))
  )
    return record;
  const checks = checksOfRecord(record);
  if (checks.every(({ unmeasurable }) => unmeasurable === null)) return record;
  return {
    ...record,
    countsAll: true,
    train: {
      ...train,
      tasks: train.tasks.map((task, i) =>
        checks[i]!.unmeasurable === 'constant' ? withoutScores(task, 'constant', true) : task,
      ),
    },
    validation: {
      ...validation,
      total: Number.NaN,
      tasks: validation.tasks.map((task, i) =>
        checks[i]!.unmeasurable ? withoutScores(task, checks[i]!.unmeasurable) : task,
      ),
    },
  };
}
