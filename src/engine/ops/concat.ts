/** Values side by side along their last axis, as an operation. */
import * as tf from '../tf';
import { only, type Operation } from './operation';

export const concat: Operation = {
  forward: (_step, xs) => ({ y: tf.concat([...xs], xs[0]!.rank - 1), kept: [] }),
  backward: (step, _done, dy, { wanted }) => {
    let from = 0;
    return only(step).values.map(({ shape }, i) => {
      const last = dy.rank - 1;
      const start = dy.shape.map((_, axis) => (axis === last ? from : 0));
      const size = dy.shape.with(last, shape[last - 1]!);
      from += shape[last - 1]!;
      return wanted[i] ? tf.slice(dy, start, size) : null;
    });
  },
};
