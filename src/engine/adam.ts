/**
 * The Adam optimiser over a network's trainable parameters, as PyTorch computes it. Moments belong to names,
 * not positions. Not here: the update formula (kernels/shared/adam.ts).
 */
import type { AdamOptions } from '../core/training/run-config';
import type { Gradients, Parameter } from './blocks/block';
import { adam } from './kernels/adam';
import type { FlatMoments } from './flat-parameters';
import { unshared } from './kernels/host';
import { gpu } from './kernels/webgpu/gpu';
import type { NamedArray, Network } from './network';
import type { Cell } from './pieces';
import * as tf from './tf';

interface Slot {
  readonly parameter: Parameter;
  m: tf.Tensor;
  v: tf.Tensor;
}

export class Adam {
  readonly options: AdamOptions;
  private readonly slots: readonly Slot[];
  private readonly flat: FlatMoments | null;
  /** Updates done; a checkpoint sets it. */
  iterations = 0;

  constructor(options: AdamOptions, network: Network) {
    this.options = options;
    this.flat = network.flat?.moments() ?? null;
    this.slots = network.parameters
      .filter((p) => p.spec.trainable)
      .map((parameter, i) => ({
        parameter,
        m: this.flat?.m.views[i] ?? tf.zerosLike(parameter.value),
        v: this.flat?.v.views[i] ?? tf.zerosLike(parameter.value),
      }));
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
    if (this.flat) {
      this.flat.update(gradients, step);
      return;
    }
    for (const slot of this.slots) {
      const gradient = gradients.get(slot.parameter.spec.name)!;
      const { w, m, v } = adam(slot.parameter.value, gradient, slot.m, slot.v, step);
      gradient.dispose();
      slot.parameter.value = w;
      slot.m = m;
      slot.v = v;
    }
  }

  /** The moments, bit-exact: `m/<parameter>` and `v/<parameter>` of every trainable parameter. */
  async *read(): AsyncGenerator<NamedArray> {
    for (const {
      parameter: {
        spec: { name, shape },
      },
      m,
      v,
    } of this.slots) {
      yield { name: `m/${name}`, shape, data: unshared((await m.data()) as Float32Array) };
      yield { name: `v/${name}`, shape, data: unshared((await v.data()) as Float32Array) };
    }
  }

  /** Replaces one moment. @returns false where there is none of that name and size */
  write(name: string, data: Float32Array): boolean {
    const slot = this.slots.find(({ parameter }) => name.slice(2) === parameter.spec.name);
    const which = name.slice(0, 2);
    if (!slot || (which !== 'm/' && which !== 'v/') || data.length !== slot.parameter.value.size)
      return false;
    const key = which === 'm/' ? 'm' : 'v';
    if (this.flat) {
      gpu().fill(slot[key], data);
      return true;
    }
    slot[key].dispose();
    slot[key] = tf.tensor(unshared(data), slot.parameter.value.shape);
    return true;
  }

  /** The moments, each to be read or replaced: `m/<parameter>` and `v/<parameter>`. */
  *moments(): Generator<Cell> {
    for (const slot of this.slots)
      for (const key of ['m', 'v'] as const) {
        const { name, shape } = slot.parameter.spec;
        yield {
          name: `${key}/${name}`,
          shape,
          get tensor() {
            return slot[key];
          },
          set tensor(value) {
            slot[key] = value;
          },
        };
      }
  }

  dispose(): void {
    if (this.flat) this.flat.dispose();
    else
      for (const { m, v } of this.slots) {
        m.dispose();
        v.dispose();
      }
  }
}
