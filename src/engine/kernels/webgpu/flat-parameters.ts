/**
 * A model's parameters, their gradients and the optimiser's slots in flat memory: gradients are computed where the
 * optimiser reads them, and an update is one dispatch.
 */
import type { ParameterSpec } from '../../../core/model/plan';
import type { Rule } from '../../../core/optim/rule';
import type { Parameter } from '../../ops/gradients';
import { isWeight } from '../../tensors/is-weight';
import * as tf from '../../tf';
import type { Constants, ConstantsByGroup, Kernels, ParameterStore, Slots } from '../kernels';
import type { Slice } from './backend';
import { clip } from './clip';
import { FlatArray, FlatLayout } from './flat-memory';
import { gpu } from './gpu';
import { updateKernel } from './update';

/** Everything that lies in flat memory. */
interface Flat {
  /** Trainable parameters in the order of the layout: weights first, so that they are one range of each buffer. */
  readonly trained: readonly Parameter[];
  readonly weights: FlatArray;
  readonly gradients: FlatArray;
  /** Bytes of each buffer that are weights: they come before everything else. */
  readonly weightBytes: readonly number[];
}

/** How all parameters are clipped and updated. */
export interface FlatPasses {
  readonly clip: (flat: Flat, limit: number) => void;
  readonly update: (
    rule: Rule,
  ) => (flat: Flat, slots: readonly FlatArray[], constants: ConstantsByGroup) => void;
}

/** Our kernel for the norm of all gradients. */
export const clipTogether: FlatPasses['clip'] = ({ gradients: { buffers } }, limit) =>
  clip.run(gpu(), { counts: buffers.map(({ size }) => size / 4) }, { gradients: buffers, limit });

/** An array at a time. */
export const clipApart =
  (clipped: Kernels['clipped']): FlatPasses['clip'] =>
  ({ trained }, limit) => {
    const shorter = clipped(
      trained.map(({ gradient }) => gradient!.clone()),
      limit,
    );
    shorter.forEach((now, i) => gpu().assign(trained[i]!.gradient!, now));
    tf.dispose([...shorter]);
  };

/** In one dispatch a buffer, or two where the constants differ. */
export const updateTogether =
  (rule: Rule): ReturnType<FlatPasses['update']> =>
  ({ weights, gradients, weightBytes }, slots, { weights: first, others }) =>
    weights.buffers.forEach(({ size }, i) => {
      const range = (from: number, to: number, constants: Constants): void => {
        if (to === from) return;
        const part = ({ buffers }: FlatArray): Slice => ({
          buffer: buffers[i]!.buffer,
          offset: from,
          size: to - from,
        });
        updateKernel(rule).run(
          gpu(),
          { count: (to - from) / 4 },
          { w: part(weights), g: part(gradients), slots: slots.map(part), constants },
        );
      };
      if (first === others) range(0, size, first);
      else {
        range(0, weightBytes[i]!, first);
        range(weightBytes[i]!, size, others);
      }
    });

/** An array at a time. */
export const updateApart =
  (update: Kernels['update']): FlatPasses['update'] =>
  (rule) =>
  ({ trained }, slots, { weights, others }) =>
    trained.forEach(({ spec, value, gradient }, i) => {
      const held = [value, ...slots.map(({ views }) => views[i]!)];
      const [w, ...before] = held.map((tensor) => tensor.clone());
      const after = update(rule, w!, gradient!, before, isWeight(spec) ? weights : others);
      [after.w, ...after.slots].forEach((now, k) => gpu().assign(held[k]!, now));
      tf.dispose([after.w, ...after.slots]);
    });

/** @param passes as the kernels are switched at the moment of an update */
export function flatParameters(
  specs: readonly ParameterSpec[],
  values: (index: number) => Float32Array,
  passes: () => FlatPasses,
): ParameterStore {
  const device = gpu();
  const trainable = specs.filter((spec) => spec.trainable);
  const ordered = [...trainable.filter(isWeight), ...trainable.filter((spec) => !isWeight(spec))];
  const fixed = specs.filter((spec) => !spec.trainable);
  const layoutOf = (some: readonly ParameterSpec[]): FlatLayout =>
    new FlatLayout(
      some.map(({ shape }) => shape),
      device.traits.bindingBytes,
    );
  const layout = layoutOf(ordered);
  const [weights, gradients] = [new FlatArray(layout, device), new FlatArray(layout, device)];
  const statistics = new FlatArray(layoutOf(fixed), device);
  const parameters = specs.map((spec, i): Parameter => {
    const at = ordered.indexOf(spec);
    const value = at < 0 ? statistics.views[fixed.indexOf(spec)]! : weights.views[at]!;
    device.fill(value, values(i));
    return at < 0 ? { spec, value } : { spec, value, gradient: gradients.views[at]! };
  });
  const flat: Flat = {
    trained: ordered.map((spec) => parameters.find((parameter) => parameter.spec === spec)!),
    weights,
    gradients,
    weightBytes: weights.buffers.map(
      ({ size }, buffer) =>
        layout.places.find((place, i) => place.buffer === buffer && !isWeight(ordered[i]!))?.offset ?? size,
    ),
  };
  return {
    parameters,
    slots: (rule) => flatSlots(flat, layout, rule, passes),
    dispose: () => {
      for (const array of [weights, gradients, statistics]) array.dispose();
    },
  };
}

function flatSlots(flat: Flat, layout: FlatLayout, rule: Rule, passes: () => FlatPasses): Slots {
  const device = gpu();
  const arrays = rule.slots.map(() => new FlatArray(layout, device));
  return {
    of: (parameter) => {
      const at = flat.trained.indexOf(parameter);
      return arrays.map(({ views }) => views[at]!);
    },
    update: (given, constants, limit) => {
      for (const { spec, gradient } of flat.trained) {
        const one = given.get(spec.name)!;
        if (one.dataId !== gradient!.dataId) device.assign(gradient!, one);
        one.dispose();
      }
      const { clip: shorten, update } = passes();
      if (limit !== null) shorten(flat, limit);
      update(rule)(flat, arrays, constants);
    },
    dispose: () => {
      for (const array of arrays) array.dispose();
    },
  };
}
