/** The losses of a run's tasks, with the statistics of its training side in them. Pure. */
import { loss } from '../../tasks/losses/registry';
import { trainingTargets } from '../../tasks/losses/scale';
import type { TaskLoss } from '../../tasks/losses/types';
import type { Dataset } from '../dataset';

interface WithLoss {
  readonly targets?: 'votes';
  readonly loss: { readonly id: string; readonly [option: string]: unknown };
}

/** One a task, in their order. @throws ConfigError `unknown-loss` */
export const taskLosses = (
  tasks: readonly WithLoss[],
  { classes, train }: Pick<Dataset, 'classes' | 'train'>,
): readonly TaskLoss[] =>
  tasks.map(({ targets, loss: { id, ...options } }, task) =>
    loss(id).prepare(options, {
      ...trainingTargets(
        train.map(({ labels }) => labels[task]!),
        classes[task]!.length,
      ),
      ...(targets === 'votes' ? { distributions: true } : {}),
    }),
  );
