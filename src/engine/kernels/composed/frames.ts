/**
 * A picture as a sequence over time, and its deltas along time. The columns of a picture are time, its rows
 * frequencies. Out of stock ops; nothing of it is trained.
 */
import * as tf from '../../tf';

/** [n, rows, columns, c] -> [n, columns, rows c]: a frame for each column. */
export const frames = (x: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const [n, rows, columns, channels] = x.shape as [number, number, number, number];
    return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [n, columns, rows * channels]);
  });

/** @param inputShape [n, rows, columns, c] */
export const framesGradient = (dy: tf.Tensor, inputShape: readonly number[]): tf.Tensor =>
  tf.tidy(() => {
    const [n, rows, columns, channels] = inputShape as readonly [number, number, number, number];
    return tf.transpose(tf.reshape(dy, [n, columns, rows, channels]), [0, 2, 1, 3]);
  });

/**
 * Regression over two columns on either side, with the edges repeated: (c[t+1] - c[t-1] + 2 (c[t+2] -
 * c[t-2])) / 10, as `python_speech_features.delta(feat, 2)`.
 */
function delta(x: tf.Tensor): tf.Tensor {
  const last = x.shape[2]! - 1;
  const column = (at: number): tf.Tensor =>
    tf.slice(x, [0, 0, at, 0], [x.shape[0], x.shape[1]!, 1, x.shape[3]!]);
  const [first, final] = [column(0), column(last)];
  const padded = tf.concat([first, first, x, final, final], 2);
  const shifted = (by: number): tf.Tensor => tf.slice(padded, [0, 0, 2 + by, 0], x.shape);
  const near = tf.sub(shifted(1), shifted(-1));
  return tf.mul(tf.add(near, tf.mul(2, tf.sub(shifted(2), shifted(-2)))), 0.1);
}

/** The transposed {@link delta}: what reached over an edge belongs to the column there. */
function deltaGradient(dy: tf.Tensor): tf.Tensor {
  const [n, rows, columns, c] = dy.shape as [number, number, number, number];
  const placed = (by: number): tf.Tensor =>
    tf.pad(dy as tf.Tensor4D, [
      [0, 0],
      [0, 0],
      [2 + by, 2 - by],
      [0, 0],
    ]);
  const near = tf.sub(placed(1), placed(-1));
  const padded = tf.mul(tf.add(near, tf.mul(2, tf.sub(placed(2), placed(-2)))), 0.1);
  const part = (from: number, count: number): tf.Tensor =>
    tf.slice(padded, [0, 0, from, 0], [n, rows, count, c]);
  const edge = (from: number): tf.Tensor => tf.sum(part(from, 2), 2, true);
  const zeros = (count: number): tf.Tensor => tf.zeros([n, rows, count, c]);
  const ends =
    columns === 1
      ? tf.add(edge(0), edge(columns + 2))
      : tf.concat([edge(0), ...(columns > 2 ? [zeros(columns - 2)] : []), edge(columns + 2)], 2);
  return tf.add(part(2, columns), ends);
}

/** [n, rows, columns, 1] -> [n, rows, columns, 3]: the picture, its deltas, their deltas. */
export const deltas = (x: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const first = delta(x);
    return tf.concat([x, first, delta(first)], 3);
  });

/** @param dy [n, rows, columns, 3] */
export const deltasGradient = (dy: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const [own, first, second] = tf.split(dy, 3, 3) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return tf.add(own, deltaGradient(tf.add(first, deltaGradient(second))));
  });
