/** One update of one parameter by an optimiser's rule (src/core/optim), as tensor operations. */
import type { Arithmetic, Rule } from '../../../core/optim/rule';
import * as tf from '../../tf';
import type { Constants, UpdatedTensors } from '../kernels';

type Value = tf.Tensor | number;

const TENSORS: Arithmetic<Value> = {
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  sqrt: (a) => tf.sqrt(a),
  keep: (a) => a,
};

/** New tensors; `w` and `slots` are freed, the gradient is the caller's. */
export function update(
  rule: Rule,
  w: tf.Tensor,
  g: tf.Tensor,
  slots: readonly tf.Tensor[],
  constants: Constants,
): UpdatedTensors {
  const after = tf.tidy(() => {
    const done = rule.update<Value>(TENSORS, {
      w,
      g,
      slots: Object.fromEntries(rule.slots.map((key, i) => [key, slots[i]!])),
      constants,
    });
    return [done.w, ...rule.slots.map((key) => done.slots[key]!)] as tf.Tensor[];
  });
  tf.dispose([w, ...slots]);
  return { w: after[0]!, slots: after.slice(1) };
}
