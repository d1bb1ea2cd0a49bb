/**
 * Softmax cross-entropy on the host, in float64: T small matrices of logits are all that a step reads back,
 * and the strategies need the losses here anyway.
 */
export interface CrossEntropy {
  /** Mean over the batch; of a part of a batch, its share of that mean. */
  readonly loss: number;
  /** Of every utterance alone. */
  readonly each: Float64Array<ArrayBuffer>;
  /** d(mean loss of the batch)/d(logits), [count x classes]. */
  readonly gradient: Float32Array<ArrayBuffer>;
  /** Arg max per utterance, first of equals. */
  readonly predictions: Uint16Array;
  /** Softmax, [count x classes]. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

/**
 * @param logits [count x classes], row-major  @param labels class indices, one a row
 * @param batch how many examples the mean is over, where these are a part of a batch
 */
export function crossEntropy(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  batch = labels.length,
): CrossEntropy {
  const count = labels.length;
  const gradient = new Float32Array(count * classes);
  const probabilities = new Float32Array(count * classes);
  const predictions = new Uint16Array(count);
  const each = new Float64Array(count);
  let loss = 0;
  for (let row = 0; row < count; row++) {
    const at = row * classes;
    let best = 0;
    for (let k = 1; k < classes; k++) if (logits[at + k]! > logits[at + best]!) best = k;
    const max = logits[at + best]!;
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(logits[at + k]! - max);
    const label = labels[row]!;
    each[row] = Math.log(sum) - (logits[at + label]! - max);
    loss += each[row]!;
    predictions[row] = best;
    for (let k = 0; k < classes; k++) {
      const p = Math.exp(logits[at + k]! - max) / sum;
      probabilities[at + k] = p;
      gradient[at + k] = (p - (k === label ? 1 : 0)) / batch;
    }
  }
  return { loss: count === 0 ? 0 : loss / batch, each, gradient, predictions, probabilities };
}
