/**
 * Sums over the batches of an epoch (or of a validation pass): losses, confusion matrices, weights. Plain JSON, so that a
 * checkpoint in the middle of an epoch carries it and the resumed epoch ends with the same numbers.
 */
import { ConfusionCounter, taskMetrics } from '../metrics/confusion';
import type { Fallback, StepContext, StrategyOptions, StrategyState, Strategy, StrategyStep } from '../weighting/types';
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

  /** @param classCounts classes per task  @param from a state to go on from */
  constructor(classCounts: readonly number[], from?: TallyState) {
    const tasks = classCounts.length;
    this.lossSums = from ? [...from.lossSums] : zeros(tasks);
    this.nominalSums = from ? [...from.nominalSums] : zeros(tasks);
    this.effectiveSums = from ? [...from.effectiveSums] : zeros(tasks);
    this.confusions = classCounts.map((classes, i) => new ConfusionCounter(classes, from?.confusions[i]));
    this.fallbacks = { ...from?.fallbacks };
    if (from) ({ count: this.count, steps: this.steps, milliseconds: this.milliseconds } = from);
  }

  /** @param labels,predictions per task, one entry an utterance  @param losses mean over the batch, per task */
  addBatch(labels: readonly ArrayLike<number>[], predictions: readonly ArrayLike<number>[], losses: readonly number[]): void {
    const count = labels[0]?.length ?? 0;
    this.count += count;
    add(this.lossSums, losses, count);
    this.confusions.forEach((confusion, task) => {
      for (let row = 0; row < count; row++) confusion.add(labels[task]![row]!, predictions[task]![row]!);
    });
  }

  addWeights(step: StrategyStep, milliseconds: number): void {
    this.steps++;
    this.milliseconds += milliseconds;
    add(this.nominalSums, step.nominal);
    add(this.effectiveSums, step.effective);
    if (step.fallback) this.fallbacks[step.fallback] = (this.fallbacks[step.fallback] ?? 0) + 1;
  }

  meanLosses(): readonly number[] {
    return this.lossSums.map((sum) => sum / Math.max(1, this.count));
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

  /** The side's metrics; `total` is the strategy's total at the mean losses. @param context the last step's, without gradients */
  metrics(strategy: Strategy, options: StrategyOptions, state: StrategyState, context?: StepContext): SideMetrics {
    const losses = this.meanLosses();
    return {
      total: strategy.weigh(losses, options, state, context).total,
      tasks: this.confusions.map((confusion, i) => taskMetrics(confusion.matrix(), losses[i]!)),
    };
  }

  toJSON(): TallyState {
    const { count, steps, milliseconds, lossSums, nominalSums, effectiveSums, fallbacks } = this;
    return { count, steps, milliseconds, lossSums: [...lossSums], nominalSums: [...nominalSums], effectiveSums: [...effectiveSums], fallbacks: { ...fallbacks },
      confusions: this.confusions.map((confusion) => confusion.matrix()) };
  }
}
