/** Softmax of one example's logits, numerically safe: what the losses of classes have in common. */

export interface Row {
  /** Arg max, the first of equals. */
  readonly best: number;
  /** The largest logit, and Σ exp(logit − max). */
  readonly max: number;
  readonly sum: number;
}

/** @param at where the row begins in `logits` */
export function rowOf(logits: ArrayLike<number>, at: number, classes: number): Row {
  let best = 0;
  for (let k = 1; k < classes; k++) if (logits[at + k]! > logits[at + best]!) best = k;
  const max = logits[at + best]!;
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += Math.exp(logits[at + k]! - max);
  return { best, max, sum };
}
