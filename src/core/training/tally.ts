/**
 * Sums over the batches of an epoch (or of a validation pass): losses, confusion matrices, weights. Plain
 * JSON, so that a checkpoint in the middle of an epoch carries it and the resumed epoch ends with the same
 * numbers.
 */
import { ConfusionCounter, taskMetrics } from '../tasks/metrics/confusion';
import { withoutScores, type TaskCheck } from '../tasks/metrics/measurable';
import type {
  Fallback,
  StepContext,
  StrategyOptions,
  StrategyState,
  Strategy,
  StrategyStep,
} from '../weighting/types';
import type { TaskMetrics } from '../tasks/metrics/types';
import type { SideMetrics } from './events';

export interface TallyState {
  readonly count: number;
  readonly steps: number;
  readonly milliseconds: number;
  readonly lossSums: readonly number[];
  readonly nominalSums: readonly number[];
  readonly effectiveSums: readonly number[];
  readonly confusions: readonly (readonly (readonly number[])[])[];
  /** Steps in which a strategy had to make something up, by kind. Absent in old checkpoints. */
  readonly fallbacks?: Readonly<Partial<Record<Fallback, number>>>;
}

/** What can be measured, one check a task, and which side is counted. */
export interface Measured {
  readonly side: 'train' | 'validation';
  readonly checks: readonly TaskCheck[];
}

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);
const add = (into: number[], values: readonly number[], factor = 1): void => {
  for (let i = 0; i < into.length; i++) into[i]! += values[i]! * factor;
};

export class Tally {
  count = 0;
  steps = 0;
  milliseconds = 0;
  private readonly lossSums: number[];
  private readonly nominalSums: number[];
  private readonly effectiveSums: number[];
  private readonly confusions: readonly ConfusionCounter[];
  private readonly fallbacks: Partial<Record<Fallback, number>>;
  /** Per task, utterances of a validation pass that do not count; none in training, and so in no state. */
  private readonly leftOut: number[];

  /** @param classCounts classes per task  @param from a state to go on from */
  constructor(classCounts: readonly number[], from?: TallyState) {
    const tasks = classCounts.length;
    this.lossSums = from ? [...from.lossSums] : zeros(tasks);
    this.nominalSums = from ? [...from.nominalSums] : zeros(tasks);
    this.effectiveSums = from ? [...from.effectiveSums] : zeros(tasks);
    this.confusions = classCounts.map((classes, i) => new ConfusionCounter(classes, from?.confusions[i]));
    this.fallbacks = { ...from?.fallbacks };
    this.leftOut = zeros(tasks);
    if (from) ({ count: this.count, steps: this.steps, milliseconds: this.milliseconds } = from);
  }

  /**
   * @param labels,predictions per task, one entry an utterance  @param losses mean over the batch, per task
   */
  addBatch(
    labels: readonly ArrayLike<number>[],
    predictions: readonly ArrayLike<number>[],
    losses: readonly number[],
  ): void {
    const count = labels[0]?.length ?? 0;
    this.count += count;
    add(this.lossSums, losses, count);
    this.confusions.forEach((confusion, task) => {
      for (let row = 0; row < count; row++) confusion.add(labels[task]![row]!, predictions[task]![row]!);
    });
  }

  /**
   * The same of a validation batch, without what training has no class for. @param each loss of every
   * utterance, per task  @param checks one a task
   */
  addMeasured(
    labels: readonly ArrayLike<number>[],
    predictions: readonly ArrayLike<number>[],
    losses: readonly number[],
    each: readonly ArrayLike<number>[],
    checks: readonly TaskCheck[],
  ): void {
    const count = labels[0]?.length ?? 0;
    this.count += count;
    for (const [task, { unmeasurable, unseen }] of checks.entries()) {
      // Of what cannot be measured at all, the matrix shows everything.
      const counts = (row: number): boolean => unmeasurable !== null || !unseen.includes(labels[task]![row]!);
      let sum = 0;
      for (let row = 0; row < count; row++) {
        if (counts(row)) {
          this.confusions[task]!.add(labels[task]![row]!, predictions[task]![row]!);
          sum += each[task]![row]!;
        } else this.leftOut[task]!++;
      }
      // Where everything counts, added as ever: the last digits of stored runs stay.
      this.lossSums[task]! += unseen.length === 0 ? losses[task]! * count : sum;
    }
  }

  addWeights(step: StrategyStep, milliseconds: number): void {
    this.steps++;
    this.milliseconds += milliseconds;
    add(this.nominalSums, step.nominal);
    add(this.effectiveSums, step.effective);
    if (step.fallback) this.fallbacks[step.fallback] = (this.fallbacks[step.fallback] ?? 0) + 1;
  }

  meanLosses(): readonly number[] {
    return this.lossSums.map((sum, task) => sum / Math.max(1, this.count - this.leftOut[task]!));
  }

  meanNominal(): readonly number[] {
    return this.nominalSums.map((sum) => sum / Math.max(1, this.steps));
  }

  meanEffective(): readonly number[] {
    return this.effectiveSums.map((sum) => sum / Math.max(1, this.steps));
  }

  /** What was made up in how many steps. */
  madeUp(): readonly (readonly [Fallback, number])[] {
    return Object.entries(this.fallbacks) as [Fallback, number][];
  }

  /**
   * The side's metrics; `total` is the strategy's total at the mean losses.
   * @param context the last step's, without gradients  @param measured what of the tasks can be measured, and
   * on which side this is; null: everything counts
   */
  metrics(
    strategy: Strategy,
    options: StrategyOptions,
    state: StrategyState,
    context?: StepContext,
    measured: Measured | null = null,
  ): SideMetrics {
    const losses = this.meanLosses();
    const validation = measured?.side === 'validation';
    const lacking =
      measured?.checks.map(({ unmeasurable }) =>
        validation || unmeasurable === 'constant' ? unmeasurable : null,
      ) ?? [];
    return {
      total:
        validation && lacking.some((what) => what !== null)
          ? Number.NaN
          : strategy.weigh(losses, options, state, context).total,
      tasks: this.confusions.map((confusion, i): TaskMetrics => {
        const metrics = taskMetrics(confusion.matrix(), losses[i]!);
        const what = lacking[i];
        if (what) return withoutScores(metrics, what, !validation);
        return this.leftOut[i]! > 0 ? { ...metrics, leftOut: this.leftOut[i]! } : metrics;
      }),
    };
  }

  toJSON(): TallyState {
    const { count, steps, milliseconds, lossSums, nominalSums, effectiveSums, fallbacks } = this;
    return {
      count,
      steps,
      milliseconds,
      lossSums: [...lossSums],
      nominalSums: [...nominalSums],
      effectiveSums: [...effectiveSums],
      fallbacks: { ...fallbacks },
      confusions: this.confusions.map((confusion) => confusion.matrix()),
    };
  }
}
