/**
 * Sums over the batches of an epoch (or of a validation pass): losses, confusion matrices, weights. Plain
 * JSON, so that a checkpoint in the middle of an epoch carries it and the resumed epoch ends with the same
 * numbers.
 */
import { crossEntropyLoss } from '../../tasks/losses/cross-entropy';
import type { TaskLoss } from '../../tasks/losses/types';
import { ConfusionCounter, numberMetrics, taskMetrics } from '../../tasks/metrics/confusion';
import { hasLoss, withoutScores, type TaskCheck } from '../../tasks/metrics/measurable';
import { NumberCounter, type NumberSummary } from '../../tasks/metrics/number';
import type {
  Fallback,
  StepContext,
  StrategyOptions,
  StrategyState,
  Strategy,
  StrategyStep,
} from '../../weighting/types';
import type { TaskMetrics } from '../../tasks/metrics/types';
import type { SideMetrics } from '../events';

export interface TallyState {
  readonly count: number;
  readonly steps: number;
  readonly milliseconds: number;
  readonly lossSums: readonly number[];
  readonly nominalSums: readonly number[];
  readonly effectiveSums: readonly number[];
  readonly confusions: readonly (readonly (readonly number[])[])[];
  /** What the sums of losses are divided by, per task: `count` where everything has a label. */
  readonly weightSums: readonly number[];
  /** Of numbers; null of classes. */
  readonly numbers: readonly (NumberSummary | null)[];
  /** Batches without a label of a task, per task. */
  readonly absent: readonly number[];
  /** Steps in which a strategy had to make something up, by kind. */
  readonly fallbacks: Readonly<Partial<Record<Fallback, number>>>;
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

/** What a tally knows of its tasks' losses. */
export interface TallyOptions {
  /** Per task; plain cross-entropy unless given. */
  readonly losses?: readonly TaskLoss[] | undefined;
  /** A loss over a set (1 - CCC) is taken over everything at once, not as the mean over batches. */
  readonly atOnce?: boolean;
}

const PLAIN = crossEntropyLoss.prepare({}, { counts: [], mean: Number.NaN, deviation: Number.NaN });

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
  private readonly weightSums: number[];
  private readonly numbers: readonly (NumberCounter | null)[];
  private readonly absent: number[];

  /** @param classCounts classes per task, 0 of a number  @param from a state to go on from */
  constructor(
    classCounts: readonly number[],
    from?: TallyState,
    private readonly how: TallyOptions = {},
  ) {
    const tasks = classCounts.length;
    this.lossSums = from ? [...from.lossSums] : zeros(tasks);
    this.nominalSums = from ? [...from.nominalSums] : zeros(tasks);
    this.effectiveSums = from ? [...from.effectiveSums] : zeros(tasks);
    this.confusions = classCounts.map((classes, i) => new ConfusionCounter(classes, from?.confusions[i]));
    this.fallbacks = { ...from?.fallbacks };
    this.leftOut = zeros(tasks);
    this.weightSums = from ? [...from.weightSums] : zeros(tasks);
    this.numbers = classCounts.map((classes, i) =>
      classes === 0 ? new NumberCounter(from?.numbers[i] ?? undefined, how.atOnce) : null,
    );
    this.absent = from ? [...from.absent] : zeros(tasks);
    if (from) ({ count: this.count, steps: this.steps, milliseconds: this.milliseconds } = from);
  }

  /**
   * @param labels,predictions per task, one entry an utterance; a label that is NaN adds nothing
   * @param losses mean over the batch, per task; NaN of a task without a label in it
   */
  addBatch(
    labels: readonly ArrayLike<number>[],
    predictions: readonly ArrayLike<number>[],
    losses: readonly number[],
  ): void {
    this.count += labels[0]?.length ?? 0;
    labels.forEach((targets, task) => {
      this.addLoss(task, losses[task]!, this.weightOf(task, targets));
      this.addScores(task, targets, predictions[task]!);
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
    this.count += labels[0]?.length ?? 0;
    for (const [task, { unmeasurable, unseen }] of checks.entries()) {
      const targets = labels[task]!;
      // Where everything counts, added as ever: the last digits of stored runs stay.
      if (unseen.length === 0) {
        this.addLoss(task, losses[task]!, this.weightOf(task, targets));
        this.addScores(task, targets, predictions[task]!);
        continue;
      }
      const rows = Array.from(targets);
      // Of what cannot be measured at all, the matrix shows everything.
      const isOut = (target: number): boolean => unmeasurable === null && unseen.includes(target);
      const kept = rows.map((target) => (isOut(target) ? Number.NaN : target));
      this.leftOut[task]! += rows.filter(isOut).length;
      let sum = 0;
      for (const [row, target] of kept.entries()) if (!Number.isNaN(target)) sum += each[task]![row]!;
      this.lossSums[task]! += sum;
      this.weightSums[task]! += this.weightOf(task, kept);
      this.addScores(task, kept, predictions[task]!);
    }
  }

  private weightOf(task: number, targets: ArrayLike<number>): number {
    return (this.how.losses?.[task] ?? PLAIN).weight(targets);
  }

  private addLoss(task: number, loss: number, weight: number): void {
    if (weight === 0) {
      this.absent[task]!++;
      return;
    }
    this.lossSums[task]! += loss * weight;
    this.weightSums[task]! += weight;
  }

  private addScores(task: number, targets: ArrayLike<number>, predictions: ArrayLike<number>): void {
    const number = this.numbers[task];
    if (number) number.add(predictions, targets);
    else
      for (let row = 0; row < targets.length; row++)
        if (!Number.isNaN(targets[row]!)) this.confusions[task]!.add(targets[row]!, predictions[row]!);
  }

  addWeights(step: StrategyStep, milliseconds: number): void {
    this.steps++;
    this.milliseconds += milliseconds;
    add(this.nominalSums, step.nominal);
    add(this.effectiveSums, step.effective);
    if (step.fallback) this.fallbacks[step.fallback] = (this.fallbacks[step.fallback] ?? 0) + 1;
  }

  meanLosses(): readonly number[] {
    return this.lossSums.map((sum, task) => {
      const moments = this.how.atOnce ? this.numbers[task]?.moments : undefined;
      const atOnce = moments && this.how.losses?.[task]?.ofMoments?.(moments);
      return atOnce ?? (this.weightSums[task] === 0 ? 0 : sum / this.weightSums[task]!);
    });
  }

  meanNominal(): readonly number[] {
    return this.nominalSums.map((sum) => sum / Math.max(1, this.steps));
  }

  meanEffective(): readonly number[] {
    return this.effectiveSums.map((sum) => sum / Math.max(1, this.steps));
  }

  /** Batches without a label, per task. */
  absentBatches(): readonly number[] {
    return this.absent;
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
        validation && measured.checks.some((check) => !hasLoss(check))
          ? Number.NaN
          : strategy.weigh(losses, options, state, context).total,
      tasks: this.confusions.map((confusion, i): TaskMetrics => {
        const number = this.numbers[i];
        const loss = validation && measured.checks[i]!.noLoss ? Number.NaN : losses[i]!;
        const metrics = number
          ? numberMetrics(number.scores(), loss)
          : taskMetrics(confusion.matrix(), losses[i]!);
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
      weightSums: [...this.weightSums],
      numbers: this.numbers.map((counter) => counter?.toJSON() ?? null),
      absent: [...this.absent],
    };
  }
}
