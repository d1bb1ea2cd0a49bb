/** A model's parameters and an optimiser's slots, a tensor each. */
import type { ParameterSpec } from '../../core/model/plan';
import type { Rule } from '../../core/optim/rule';
import type { Kernels, ParameterStore, Slots } from '../kernels/kernels';
import { isWeight } from './is-weight';
import type { Parameter } from '../ops/gradients';
import * as tf from '../tf';

/** By these kernels of an update. */
export const looseParameters =
  (kernels: Pick<Kernels, 'clipped' | 'update'>) =>
  (specs: readonly ParameterSpec[], values: (index: number) => Float32Array): ParameterStore => {
    const parameters = specs.map((spec, i): Parameter => ({
      spec,
      value: tf.tensor(values(i), [...spec.shape]),
    }));
    return {
      parameters,
      slots: (rule) => looseSlots(kernels, parameters, rule),
      dispose: () => {
        for (const { value } of parameters) value.dispose();
      },
    };
  };

function looseSlots(
  { clipped, update }: Pick<Kernels, 'clipped' | 'update'>,
  parameters: readonly Parameter[],
  rule: Rule,
): Slots {
  const trained = parameters.filter(({ spec }) => spec.trainable);
  const held = new Map(
    trained.map((parameter) => [parameter, rule.slots.map((): tf.Tensor => tf.zerosLike(parameter.value))]),
  );
  return {
    of: (parameter) => held.get(parameter)!,
    update: (gradients, { weights, others }, limit) => {
      const given = trained.map(({ spec }) => gradients.get(spec.name)!);
      const taken = limit === null ? given : clipped(given, limit);
      for (const [i, parameter] of trained.entries()) {
        const slots = held.get(parameter)!;
        const own = isWeight(parameter.spec) ? weights : others;
        const after = update(rule, parameter.value, taken[i]!, slots, own);
        taken[i]!.dispose();
        parameter.value = after.w;
        slots.splice(0, slots.length, ...after.slots);
      }
    },
    dispose: () => {
      for (const slots of held.values()) tf.dispose(slots);
    },
  };
}
