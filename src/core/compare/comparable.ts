/**
 * Whether the best epochs of two runs may be set side by side: the same corpus, labels and split, the same
 * tasks measured, and "best" chosen by the same value. Strategy, seed, model and backend may differ: they are
 * what is compared. Not here: pairs of one seed on the same utterances (groups.ts), which tests need.
 */
import { isMeasured } from '../tasks/metrics/measurable';
import type { EpochRecord } from '../training/events';
import type { RunConfig } from '../config/run-config';
import { withoutTurn } from '../splits/turns';
import { taskIds, type TaskId } from '../tasks/types';
import { sortedJson } from '../sorted-json';

export interface Yardstick {
  readonly corpusId: string;
  readonly config: Pick<RunConfig, 'labelScheme' | 'exclude' | 'split' | 'tasks' | 'monitor'>;
  /** Any finished epoch says what was measured; null before the first. */
  readonly epoch: Pick<EpochRecord, 'validation' | 'countsAll'> | null;
  /** Whether it stands for all folds of its split. */
  readonly allFolds?: boolean;
}

/** Tasks that were measured on the validation side; all of them before the first epoch. */
export const measuredTasks = ({ config, epoch }: Pick<Yardstick, 'config' | 'epoch'>): readonly TaskId[] =>
  taskIds(config).filter((_, i) => {
    const metrics = epoch?.validation.tasks[i];
    return !metrics || isMeasured(metrics);
  });

/** Equal for runs whose best epochs are chosen and scored alike; in words it has none. */
export const yardstick = (run: Yardstick): string =>
  sortedJson({
    corpus: run.corpusId,
    labels: run.config.labelScheme,
    ...(run.config.exclude ? { exclude: run.config.exclude } : {}),
    split: run.allFolds ? withoutTurn(run.config.split) : run.config.split,
    monitor: run.config.monitor,
    // By what they predict as well: a number and classes of one name are two things.
    tasks: run.config.tasks.map(({ id, kind }) => `${id} ${kind}`).sort(),
    measured: [...measuredTasks(run)].sort(),
    // Chosen with what could not be measured in the sum: another rule.
    all: run.epoch?.countsAll === true,
  });

export const comparable = (a: Yardstick, b: Yardstick): boolean => yardstick(a) === yardstick(b);
