/**
 * An optimiser over a network's trainable parameters: the rule and slots of its description (core/optim), run by
 * the backend's kernels. Slots belong to names, not positions. Not here: which learning rate a step has
 * (schedules, core/optim).
 */
import { BackendError } from '../../core/errors/errors';
import { optimizer, type OptimizerChoice } from '../../core/optim/registry';
import type { Rule } from '../../core/optim/rule';
import type { Gradients, Parameter } from '../ops/gradients';
import { kernelTable } from '../backends/kernels/current';
import type { ConstantsByGroup, Slots } from '../kernels/kernels';
import type { NamedArray, Network } from '../network/network';
import type { Cell } from '../tensors/pieces';
import type * as tf from '../tf';

interface Held {
  readonly parameter: Parameter;
  /** In the rule's order. */
  readonly slots: tf.Tensor[];
}

export class Optimizer {
  readonly choice: OptimizerChoice;
  /** Of the next updates; the schedule changes it. */
  learningRate: number;
  /** Updates done; a checkpoint sets it. */
  updates = 0;
  private readonly clipNorm: number | null;
  private readonly rule: Rule;
  private readonly held: readonly Held[];
  private readonly slots: Slots;

  /** @param clipNorm the largest norm of all gradients together; null: they are not clipped */
  constructor(choice: OptimizerChoice, { store }: Pick<Network, 'store'>, clipNorm: number | null = null) {
    this.choice = choice;
    this.clipNorm = clipNorm;
    this.learningRate = choice.learningRate;
    this.rule = optimizer(choice.id).rule(choice);
    this.slots = store.slots(this.rule);
    this.held = store.parameters
      .filter(({ spec }) => spec.trainable)
      .map((parameter) => ({ parameter, slots: this.slots.of(parameter) }));
  }

  /** One update of every trainable parameter; frees the gradients. @throws where a gradient is missing */
  step(gradients: Gradients): void {
    const missing = this.held.find(({ parameter }) => !gradients.has(parameter.spec.name));
    if (missing)
      throw new BackendError('program-fault', { why: 'no-gradient', name: missing.parameter.spec.name });
    this.updates++;
    this.slots.update(gradients, this.constants(), this.clipNorm);
  }

  private constants(): ConstantsByGroup {
    const of = (options: OptimizerChoice) =>
      optimizer(options.id).constants(options, this.learningRate, this.updates);
    const weights = of(this.choice);
    const apart = this.choice.decayScope === 'weights' && this.choice.weightDecay > 0;
    return { weights, others: apart ? of({ ...this.choice, weightDecay: 0 }) : weights };
  }

  /** The slots, each to be read or replaced: `<optimiser>.<slot>/<parameter>`. */
  *cells(): Generator<Cell> {
    for (const { parameter, slots } of this.held)
      for (const [i, key] of this.rule.slots.entries())
        yield {
          name: `${this.choice.id}.${key}/${parameter.spec.name}`,
          shape: parameter.spec.shape,
          get tensor() {
            return slots[i]!;
          },
          set tensor(value) {
            slots[i] = value;
          },
        };
  }

  /** The slots, bit-exact. */
  async *read(): AsyncGenerator<NamedArray> {
    const { unshared } = kernelTable().memory;
    for (const { name, shape, tensor } of this.cells())
      yield { name, shape, data: unshared((await tensor.data()) as Float32Array) };
  }

  dispose(): void {
    this.slots.dispose();
  }
}
