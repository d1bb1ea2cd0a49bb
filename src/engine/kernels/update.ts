/**
 * One update of one parameter by an optimiser's rule (src/core/optim): a host kernel that overwrites what it is
 * given, or tensor operations that make new tensors.
 */
import { updateOnHost } from '../../core/optim/host';
import { RULES } from '../../core/optim/registry';
import type { Arithmetic, Rule } from '../../core/optim/rule';
import * as tf from '../tf';
import { hasHostKernels, hostKernel, type HostFunction } from './host';

/** Numbers by the names of the rule's constants. */
export type Constants = Readonly<Record<string, number>>;

export interface UpdateAttributes {
  readonly rule: Rule;
  readonly constants: Constants;
}

/** The registered name of a rule's kernel. */
export const updateName = (rule: Rule): string => `EquipoiseUpdate/${rule.id}`;

const registered = new Map<Rule, HostFunction<UpdateAttributes>>();

/** The host kernel of a rule, registered when it is first asked for. */
function onHost(rule: Rule): HostFunction<UpdateAttributes> {
  let kernel = registered.get(rule);
  if (!kernel) {
    kernel = hostKernel<UpdateAttributes>({
      name: updateName(rule),
      outputs: () => [],
      compute: (inputs, _outputs, { constants }) => {
        const [w, g, ...slots] = inputs as Float32Array[];
        updateOnHost(rule, w!, g!, slots, constants);
      },
    });
    registered.set(rule, kernel);
  }
  return kernel;
}
// SIMD kernels take the place of registered ones, and so come later.
RULES.forEach(onHost);

export interface UpdatedTensors {
  readonly w: tf.Tensor;
  readonly slots: readonly tf.Tensor[];
}

type Value = tf.Tensor | number;

const TENSORS: Arithmetic<Value> = {
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  sqrt: (a) => tf.sqrt(a),
  keep: (a) => a,
};

/**
 * New value and slots, all of one shape. Where there are host kernels the inputs `w` and `slots` hold the new
 * values and are returned; elsewhere they are freed and new tensors returned. The gradient is the caller's in
 * both cases.
 */
export function update(
  rule: Rule,
  w: tf.Tensor,
  g: tf.Tensor,
  slots: readonly tf.Tensor[],
  constants: Constants,
): UpdatedTensors {
  if (hasHostKernels()) {
    onHost(rule)([w, g, ...slots], { rule, constants });
    return { w, slots };
  }
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
