/**
 * A model's parameters, their gradients and the optimiser's slots in flat memory, for the webgpu backend:
 * gradients are computed where the optimiser reads them, and an update is one dispatch. Other backends keep a
 * tensor for each.
 */
import type { ParameterSpec } from '../../core/model/plan';
import type { Rule } from '../../core/optim/rule';
import type { Gradients, Parameter } from '../ops/gradients';
import { clipped } from '../kernels/clip-norm';
import { update, type Constants } from '../kernels/update';
import { isOurs } from '../kernels/webgpu/backend';
import { clip } from '../kernels/webgpu/clip';
import { FlatArray, FlatLayout } from '../kernels/webgpu/flat-memory';
import { gpu } from '../kernels/webgpu/gpu';
import { updateKernel } from '../kernels/webgpu/update';
import * as tf from '../tf';

/** The constants of a rule for the parameters that weight decay applies to, and for the others. */
export interface ConstantsByGroup {
  readonly weights: Constants;
  readonly others: Constants;
}

/** Whether weight decay of weights alone applies: not to biases, nor to the scales and offsets of normalisations. */
export const isWeight = ({ shape }: ParameterSpec): boolean => shape.length > 1;

export interface FlatSlots {
  /** Of a trainable parameter, in the rule's order. */
  of(parameter: Parameter): readonly tf.Tensor[];
  /**
   * One update of every parameter; frees the gradients.
   * @param limit of the norm of all gradients together, null: none
   */
  update(gradients: Gradients, constants: ConstantsByGroup, limit: number | null): void;
  dispose(): void;
}

export interface FlatParameters {
  /** In the order of the specifications. */
  readonly parameters: readonly Parameter[];
  slots(rule: Rule): FlatSlots;
  dispose(): void;
}

/** @returns null on backends that have no flat memory */
export function flatParameters(
  specs: readonly ParameterSpec[],
  values: (index: number) => Float32Array,
): FlatParameters | null {
  if (tf.getBackend() !== 'webgpu' || !isOurs(tf.backend())) return null;
  const device = gpu();
  const trainable = specs.filter((spec) => spec.trainable);
  // Weights first, so that they are one range of each buffer.
  const trained = [...trainable.filter(isWeight), ...trainable.filter((spec) => !isWeight(spec))];
  const fixed = specs.filter((spec) => !spec.trainable);
  const layout = new FlatLayout(
    trained.map(({ shape }) => shape),
    device.traits.bindingBytes,
  );
  const [weights, gradients] = [new FlatArray(layout, device), new FlatArray(layout, device)];
  const statistics = new FlatArray(
    new FlatLayout(
      fixed.map(({ shape }) => shape),
      device.traits.bindingBytes,
    ),
    device,
  );
  const parameters = specs.map((spec, i): Parameter => {
    const at = trained.indexOf(spec);
    const value = at < 0 ? statistics.views[fixed.indexOf(spec)]! : weights.views[at]!;
    device.fill(value, values(i));
    return at < 0 ? { spec, value } : { spec, value, gradient: gradients.views[at]! };
  });
  const inPlace = trained.map((spec) => parameters.find((parameter) => parameter.spec === spec)!);
  /** Bytes of each buffer that are weights: they come before everything else. */
  const weightBytes = weights.buffers.map(
    ({ size }, buffer) =>
      layout.places.find((place, i) => place.buffer === buffer && !isWeight(trained[i]!))?.offset ?? size,
  );

  const slots = (rule: Rule): FlatSlots => {
    const arrays = rule.slots.map(() => new FlatArray(layout, device));
    const kernel = updateKernel(rule);
    /** In one dispatch a buffer, or two where the constants differ; every gradient is in its place. */
    const together = ({ weights: first, others }: ConstantsByGroup): void =>
      weights.buffers.forEach(({ size }, i) => {
        const range = (from: number, to: number, constants: Constants): void => {
          if (to === from) return;
          const part = ({ buffers }: FlatArray) => ({
            buffer: buffers[i]!.buffer,
            offset: from,
            size: to - from,
          });
          kernel.run(
            device,
            { count: (to - from) / 4 },
            { w: part(weights), g: part(gradients), slots: arrays.map(part), constants },
          );
        };
        if (first === others) range(0, size, first);
        else {
          range(0, weightBytes[i]!, first);
          range(weightBytes[i]!, size, others);
        }
      });
    const apart = ({ weights: first, others }: ConstantsByGroup): void =>
      inPlace.forEach(({ spec, value, gradient }, i) => {
        const held = [value, ...arrays.map(({ views }) => views[i]!)];
        const [w, ...before] = held.map((tensor) => tensor.clone());
        const after = update(rule, w!, gradient!, before, isWeight(spec) ? first : others);
        [after.w, ...after.slots].forEach((now, k) => device.assign(held[k]!, now));
        tf.dispose([after.w, ...after.slots]);
      });
    const shorten = (limit: number): void => {
      const buffers = gradients.buffers;
      if (clip.on) {
        clip.run(device, { counts: buffers.map(({ size }) => size / 4) }, { gradients: buffers, limit });
        return;
      }
      const shorter = clipped(
        inPlace.map(({ gradient }) => gradient!.clone()),
        limit,
      );
      shorter.forEach((now, i) => device.assign(inPlace[i]!.gradient!, now));
      tf.dispose([...shorter]);
    };
    return {
      of: (parameter) => {
        const at = inPlace.indexOf(parameter);
        return arrays.map(({ views }) => views[at]!);
      },
      update: (given, constants, limit) => {
        for (const { spec, gradient } of inPlace) {
          const one = given.get(spec.name)!;
          if (one.dataId !== gradient!.dataId) device.assign(gradient!, one);
          one.dispose();
        }
        if (limit !== null) shorten(limit);
        if (kernel.on) together(constants);
        else apart(constants);
      },
      dispose: () => {
        for (const array of arrays) array.dispose();
      },
    };
  };

  return {
    parameters,
    slots,
    dispose: () => {
      for (const array of [weights, gradients, statistics]) array.dispose();
    },
  };
}
