/**
 * The Adam optimiser over a network's trainable parameters, as PyTorch computes it. Moments belong to names,
 * not positions. New tensors every step; the old ones are freed. Not here: the update formula (kernels/shared/adam.ts).
 */
import type { AdamOptions } from '../core/training/run-config';
import { replace } from './blocks/conv';
import type { Gradients, Parameter } from './blocks/block';
import { adam } from './kernels/adam';
import type { NamedArray, Network } from './network';
import * as tf from './tf';

interface Slot {
  readonly parameter: Parameter;
  m: tf.Tensor;
  v: tf.Tensor;
}

export class Adam {
  readonly options: AdamOptions;
  private readonly slots: readonly Slot[];
  /** Updates done; a checkpoint sets it. */
  iterations = 0;

  constructor(options: AdamOptions, network: Network) {
    this.options = options;
    this.slots = network.parameters.filter((p) => p.spec.trainable)
      .map((parameter) => ({ parameter, m: tf.zerosLike(parameter.value), v: tf.zerosLike(parameter.value) }));
  }

  /** How many moment arrays there are. */
  get size(): number {
    return 2 * this.slots.length;
  }

  /** One update of every trainable parameter; frees the gradients. @throws where a gradient is missing */
  step(gradients: Gradients): void {
    const missing = this.slots.find(({ parameter }) => !gradients.has(parameter.spec.name));
    if (missing) throw new Error(`No gradient for ${missing.parameter.spec.name}.`);
    this.iterations++;
    const step = { ...this.options, iteration: this.iterations };
    for (const slot of this.slots) {
      const gradient = gradients.get(slot.parameter.spec.name)!;
      const { w, m, v } = adam(slot.parameter.value, gradient, slot.m, slot.v, step);
      for (const old of [gradient, slot.m, slot.v]) old.dispose();
      replace(slot.parameter, w);
      slot.m = m;
      slot.v = v;
    }
  }

  /** The moments, bit-exact: `m/<parameter>` and `v/<parameter>` of every trainable parameter. */
  async *read(): AsyncGenerator<NamedArray> {
    for (const { parameter: { spec: { name, shape } }, m, v } of this.slots) {
      yield { name: `m/${name}`, shape, data: (await m.data()) as Float32Array };
      yield { name: `v/${name}`, shape, data: (await v.data()) as Float32Array };
    }
  }

  /** Replaces one moment. @returns false where there is none of that name and size */
  write(name: string, data: Float32Array): boolean {
    const slot = this.slots.find(({ parameter }) => name.slice(2) === parameter.spec.name);
    const which = name.slice(0, 2);
    if (!slot || (which !== 'm/' && which !== 'v/') || data.length !== slot.parameter.value.size) return false;
    const key = which === 'm/' ? 'm' : 'v';
    slot[key].dispose();
    slot[key] = tf.tensor(data, slot.parameter.value.shape);
    return true;
  }

  dispose(): void {
    for (const { m, v } of this.slots) {
      m.dispose();
      v.dispose();
    }
  }
}
