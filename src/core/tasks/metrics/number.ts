/**
 * Scores of a number, over all labelled examples at once: a growing summary of predictions and targets, JSON, so
 * that a checkpoint in the middle of an epoch carries it. Not here: the batch's loss (core/tasks/losses).
 */
import { joinedMoments, momentsOf, NO_MOMENTS } from '../losses/moments';
import type { Moments } from '../losses/types';
import { numberPicture } from './picture';
import type { NumberScores } from './types';

/** What a counter keeps. */
export interface NumberSummary {
  readonly moments: Moments;
  /** Sums of |x − y| and (x − y)². */
  readonly absolute: number;
  readonly squared: number;
}

const NOTHING: NumberSummary = { moments: NO_MOMENTS, absolute: 0, squared: 0 };

/** Sums over predictions and targets; an example without a target adds nothing. */
export class NumberCounter {
  private summary: NumberSummary;
  /** Everything that was added, where a picture of it is wanted. */
  private readonly kept: { readonly targets: number[]; readonly predictions: number[] } | null;

  /** @param withPicture keeps all examples until `scores`; the summary alone is part of a checkpoint */
  constructor(from: NumberSummary = NOTHING, withPicture = false) {
    this.summary = from;
    this.kept = withPicture ? { targets: [], predictions: [] } : null;
  }

  /** @param predictions,targets one an example, both in the targets' unit */
  add(predictions: ArrayLike<number>, targets: ArrayLike<number>): void {
    this.kept?.targets.push(...Array.from(targets));
    this.kept?.predictions.push(...Array.from(predictions));
    let { absolute, squared } = this.summary;
    for (let row = 0; row < targets.length; row++) {
      const error = predictions[row]! - targets[row]!;
      if (Number.isNaN(targets[row]!)) continue;
      absolute += Math.abs(error);
      squared += error * error;
    }
    const moments = joinedMoments(this.summary.moments, momentsOf(predictions, targets));
    this.summary = { moments, absolute, squared };
  }

  get moments(): Moments {
    return this.summary.moments;
  }

  scores(): NumberScores {
    const scores = scoresOfMoments(this.summary);
    return this.kept && scores.count > 0
      ? { ...scores, picture: numberPicture(this.kept.targets, this.kept.predictions) }
      : scores;
  }

  toJSON(): NumberSummary {
    return this.summary;
  }
}

/** A mean of equal numbers may be off by its last digits: what is left of their spread then is no variance. */
const ROUNDING = 1e-10;
const isConstant = (squares: number, count: number, mean: number): boolean =>
  squares <= count * (ROUNDING * mean) ** 2;

/**
 * What the sums say; all NaN for no example. Of targets that do not vary there is nothing to agree with: CCC
 * and Pearson are NaN. A prediction that does not vary has CCC 0.
 */
export function scoresOfMoments({ moments, absolute, squared }: NumberSummary): NumberScores {
  const { count, meanX, meanY, xx, yy, xy } = moments;
  if (count === 0) return { count, ccc: Number.NaN, pearson: Number.NaN, mae: Number.NaN, rmse: Number.NaN };
  const below = (xx + yy) / count + (meanX - meanY) ** 2;
  const [still, same] = [isConstant(xx, count, meanX), isConstant(yy, count, meanY)];
  return {
    count,
    ccc: same ? Number.NaN : (2 * xy) / count / below,
    pearson: still || same ? Number.NaN : xy / Math.sqrt(xx * yy),
    mae: absolute / count,
    rmse: Math.sqrt(squared / count),
  };
}

/** Of whole lists. */
export function numberScores(predictions: ArrayLike<number>, targets: ArrayLike<number>): NumberScores {
  const counter = new NumberCounter();
  counter.add(predictions, targets);
  return counter.scores();
}
