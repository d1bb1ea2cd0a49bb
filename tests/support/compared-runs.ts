/**
 * Stored runs made up for comparisons: one number a task and epoch, everything else as the compact preset has
 * it.
 */
import type { ComparedRun } from '../../src/core/compare/values';
import { taskMetrics } from '../../src/core/tasks/metrics/confusion';
import type { EpochRecord, SideMetrics } from '../../src/core/training/events';
import { PRESETS } from '../../src/core/config/presets';
import type { RunConfig } from '../../src/core/config/run-config';

/** @param hits of ten utterances of each of two classes, per task: the UAR is hits / 10 */
function side(hits: readonly number[]): SideMetrics {
  return {
    total: 0,
    tasks: hits.map((right, i) =>
      taskMetrics(
        [
          [right, 10 - right],
          [10 - right, right],
        ],
        i + right / 10,
      ),
    ),
  };
}

/** @param uar per epoch and task, in tenths */
export function madeUp(
  id: string,
  config: Partial<RunConfig>,
  uar: readonly (readonly number[])[],
  more: Partial<ComparedRun> = {},
): ComparedRun {
  const best = uar.reduce((at, row, i) => (row[0]! >= uar[at]![0]! ? i : at), 0);
  const epochs = uar.map((hits, i): EpochRecord => ({
    epoch: i + 1,
    step: 10 * (i + 1),
    seconds: 1,
    train: side(hits.map((h) => Math.min(10, h + 1))),
    validation: side(hits),
    monitored: 0,
    best: i <= best && i === best,
    nominal: hits.map(() => 1),
    effective: hits.map(() => 1),
  }));
  const full = { ...PRESETS.compact, ...config };
  return {
    id,
    name: id,
    config: full,
    corpusId: 'corpus',
    classes: full.tasks.map(() => ['a', 'b']),
    state: 'finished',
    backend: 'wasm',
    createdAt: 0,
    updatedAt: 0,
    changed: false,
    epochs,
    ...more,
  };
}
