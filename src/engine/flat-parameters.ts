/**
 * A model's parameters, their gradients and Adam's moments in flat memory, for the webgpu backend: gradients
 * are computed where the optimiser reads them, and the optimiser is one dispatch. Other backends keep a
 * tensor for each.
 */
import type { ParameterSpec } from '../core/model/types';
import type { Gradients, Parameter } from './blocks/block';
import { adam } from './kernels/adam';
import type { AdamStep } from './kernels/shared/adam';
import { adamKernel } from './kernels/webgpu/adam';
import { isOurs } from './kernels/webgpu/backend';
import { FlatArray, FlatLayout } from './kernels/webgpu/flat-memory';
import { gpu } from './kernels/webgpu/gpu';
import * as tf from './tf';

export interface FlatMoments {
  readonly m: FlatArray;
  readonly v: FlatArray;
  /** One update of every parameter; frees the gradients. */
  update(gradients: Gradients, step: AdamStep): void;
  dispose(): void;
}

export interface FlatParameters {
  /** In the order of the specifications. */
  readonly parameters: readonly Parameter[];
  moments(): FlatMoments;
  dispose(): void;
}

/** @returns null on backends that have no flat memory */
export function flatParameters(
  specs: readonly ParameterSpec[],
  values: (index: number) => Float32Array,
): FlatParameters | null {
  if (tf.getBackend() !== 'webgpu' || !isOurs(tf.backend())) return null;
  const device = gpu();
  const [trained, fixed] = [
    specs.filter(({ trainable }) => trainable),
    specs.filter(({ trainable }) => !trainable),
  ];
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
  const trainedParameters = parameters.filter(({ spec }) => spec.trainable);

  const moments = (): FlatMoments => {
    const [m, v] = [new FlatArray(layout, device), new FlatArray(layout, device)];
    /** In one dispatch a buffer; every gradient is in its place. */
    const together = (step: AdamStep): void =>
      weights.buffers.forEach((w, i) => {
        adamKernel.run(
          device,
          { count: w.size / 4 },
          { w, g: gradients.buffers[i]!, m: m.buffers[i]!, v: v.buffers[i]!, step },
        );
      });
    const apart = (step: AdamStep): void =>
      trainedParameters.forEach(({ value, gradient }, i) => {
        const held = [value, m.views[i]!, v.views[i]!] as const;
        const updated = adam(held[0].clone(), gradient!, held[1].clone(), held[2].clone(), step);
        [updated.w, updated.m, updated.v].forEach((now, k) => device.assign(held[k]!, now));
        tf.dispose([updated.w, updated.m, updated.v]);
      });
    return {
      m,
      v,
      update: (given, step) => {
        for (const { spec, gradient } of trainedParameters) {
          const one = given.get(spec.name)!;
          if (one.dataId !== gradient!.dataId) device.assign(gradient!, one);
          one.dispose();
        }
        if (adamKernel.on) together(step);
        else apart(step);
      },
      dispose: () => {
        m.dispose();
        v.dispose();
      },
    };
  };

  return {
    parameters,
    moments,
    dispose: () => {
      for (const array of [weights, gradients, statistics]) array.dispose();
    },
  };
}
