/**
 * What of a task can be measured: whether training has a choice between classes at all, whether it has seen those
 * that validation asks for, and whether validation has a choice. What cannot be measured has no loss and no score: NaN and the reason,
 * so that no sum, mean, chart or table can take it for a number. Pure counting; the rule and why it is so:
 * docs/decisions/0021-what-cannot-be-measured.md. Not here: words, monitoring.
 */
import { loss } from '../losses/registry';
import type { TaskMetrics, Unmeasurable } from './types';

/** What counting says of one task on one split. JSON: a checkpoint keeps it. */
export interface TaskCheck {
  /** Null: it is measured. */
  readonly unmeasurable: Unmeasurable | null;
  /**
   * Indices of the classes that validation has and training has not; their utterances are left out of the
   * validation.
   */
  readonly unseen: readonly number[];
  /** How many utterances that are. */
  readonly leftOut: number;
  /** Of a number: all validation targets are equal. Its errors are measured, CCC and Pearson have no value. */
  readonly sameTargets?: true;
  /** And its loss correlates as well (1 − CCC, which would be 1 whatever is predicted): it has no value either. */
  readonly noLoss?: true;
}

/** @param train,validation utterances per class, equally long */
export function checkTask(train: readonly number[], validation: readonly number[]): TaskCheck {
  const unseen = validation.flatMap((count, k) => (count > 0 && train[k] === 0 ? [k] : []));
  const constant = train.filter((count) => count > 0).length < 2;
  const shared = validation.filter((count, k) => count > 0 && train[k]! > 0).length;
  return {
    unmeasurable: constant ? 'constant' : shared === 0 ? 'unseen' : shared === 1 ? 'single' : null,
    unseen,
    leftOut: unseen.reduce((sum, k) => sum + validation[k]!, 0),
  };
}

interface Labelled {
  readonly labels: readonly number[];
}

/**
 * Of a number: there is something to learn where training has two different targets.
 * @param train,validation one target an example, NaN without a label
 */
export function checkNumber(train: readonly number[], validation: readonly number[]): TaskCheck {
  const [known, asked] = [train, validation].map((side) =>
    side.filter((target) => !Number.isNaN(target)),
  ) as [number[], number[]];
  const constant = known.every((target) => target === known[0]);
  const unlabelled = known.length === 0 || asked.length === 0;
  const unmeasurable = unlabelled ? 'unlabelled' : constant ? 'constant' : null;
  const same = unmeasurable === null && asked.every((target) => target === asked[0]);
  return { unmeasurable, unseen: [], leftOut: 0, ...(same ? { sameTargets: true } : {}) };
}

interface WithLoss {
  readonly loss: { readonly id: string };
}

/** What a check says of a task with this loss. */
export const withLoss = <C extends TaskCheck>(check: C, task: WithLoss | undefined): C =>
  check.sameTargets && task && loss(task.loss.id).correlates ? { ...check, noLoss: true } : check;

/** Whether a validation loss and what is made of it can be had. */
export const hasLoss = ({ unmeasurable, noLoss }: Pick<TaskCheck, 'unmeasurable' | 'noLoss'>): boolean =>
  unmeasurable === null && noLoss !== true;

/**
 * One check a task. An example without a label counts nowhere.
 * @param dataset class names per task, none of a number, and both sides' examples
 * @param tasks in the same order, with their losses; without them nothing is said of losses
 */
export function checkTasks(
  {
    classes,
    train,
    validation,
  }: {
    readonly classes: readonly (readonly string[])[];
    readonly train: readonly Labelled[];
    readonly validation: readonly Labelled[];
  },
  tasks: readonly WithLoss[] = [],
): readonly TaskCheck[] {
  const counts = (side: readonly Labelled[], task: number): number[] => {
    const found = classes[task]!.map(() => 0);
    for (const { labels } of side) if (!Number.isNaN(labels[task]!)) found[labels[task]!]!++;
    return found;
  };
  const targets = (side: readonly Labelled[], task: number): number[] =>
    side.map(({ labels }) => labels[task]!);
  return classes.map((names, task) => {
    if (names.length === 0)
      return withLoss(checkNumber(targets(train, task), targets(validation, task)), tasks[task]);
    const check = checkTask(counts(train, task), counts(validation, task));
    const none = [train, validation].some((side) =>
      targets(side, task).every((target) => Number.isNaN(target)),
    );
    return none ? { ...check, unmeasurable: 'unlabelled' } : check;
  });
}

export const isMeasured = ({ unmeasurable }: Pick<TaskMetrics, 'unmeasurable'>): boolean =>
  unmeasurable === undefined;

/**
 * Everything but the counts is no number. @param keepLoss on the training side the loss is what was trained
 * with
 */
export const withoutScores = (
  metrics: TaskMetrics,
  unmeasurable: Unmeasurable,
  keepLoss = false,
): TaskMetrics => ({
  ...metrics,
  unmeasurable,
  loss: keepLoss ? metrics.loss : Number.NaN,
  accuracy: Number.NaN,
  uar: Number.NaN,
  macroPrecision: Number.NaN,
  macroRecall: Number.NaN,
  macroF1: Number.NaN,
  ...(metrics.number
    ? {
        number: {
          ...metrics.number,
          ccc: Number.NaN,
          pearson: Number.NaN,
          mae: Number.NaN,
          rmse: Number.NaN,
        },
      }
    : {}),
});
