/**
 * Each task's own gradient in the layers that all share, from one forward pass: the heads' backward passes,
 * and from where they meet as far down as asked for. Dropout masks and batch statistics are the pass's, so
 * they are the same for every task. Of a batch in parts the inner products (at the representation) or the
 * gradients (below it) add up. Not here: what is made of the Gram matrix (core/weighting).
 */
import type { Averaging, Gram, GradientLevel } from '../../core/weighting/types';
import type { GradientAverages } from './gradient-averages';
import { kernelTable } from '../backends/kernels/current';
import { combined, gramMatrixOf } from '../kernels/combine';
import type { ForwardPass, Network } from '../network/network';
import { Gradients, LooseGradients } from '../ops/gradients';
import * as tf from '../tf';

export class TaskGradients {
  /** One task each; empty at the representation. */
  private readonly sets: readonly Gradients[];
  private inner: readonly number[][] | null = null;
  private products: number[][] | null = null;
  /** What took the gradients over. */
  private averages: GradientAverages | null = null;
  /** Milliseconds so far beyond what any step takes. On webgpu it is mostly waiting for the device. */
  ms = 0;

  constructor(
    readonly level: GradientLevel,
    private readonly network: Network,
  ) {
    this.sets = level === 'representation' ? [] : network.spec.heads.map(() => new LooseGradients());
  }

  /**
   * Adds a part of the batch.
   * @param atLogits d(mean loss)/d(logits) per head, unweighted; taken over
   * @param inHeads receives the unweighted gradients of the heads' own parameters; null throws them away
   * @param ends whether the pass is not needed any more (level `full` only)
   */
  async look(
    pass: ForwardPass,
    atLogits: readonly tf.Tensor[],
    inHeads: Gradients | null = null,
    ends = false,
  ): Promise<void> {
    const started = performance.now();
    const heads = inHeads ?? new LooseGradients();
    const atShared = pass.heads.map((head, i) => head.backward(atLogits[i]!, true, heads, !ends)!);
    if (!inHeads) heads.dispose();
    this.inner = null;
    if (this.level === 'representation') {
      const more = await gramMatrixOf(atShared.map((one) => [one]));
      tf.dispose(atShared);
      this.products = this.products
        ? this.products.map((row, i) => row.map((value, j) => value + more[i]![j]!))
        : more;
    } else if (this.level === 'last-layer')
      atShared.forEach((dy, i) => pass.trunk.lastLayer(dy, this.sets[i]!));
    else
      atShared.forEach((dy, i) => {
        const last = ends && i === atShared.length - 1;
        // the one backward pass of the trunk that every step has
        if (last) this.ms += performance.now() - started;
        pass.trunk.backward(dy, false, this.sets[i]!, !last);
      });
    if (ends) pass.dispose();
    else this.ms += performance.now() - started;
  }

  /** Inner products over everything that was added. */
  async gram(): Promise<Gram> {
    const started = performance.now();
    this.inner ??=
      this.products ??
      (await (this.averages ? this.averages.gram() : gramMatrixOf(this.sets.map((set) => this.arrays(set)))));
    this.ms += performance.now() - started;
    return this.inner;
  }

  /** The inner products; the gradients themselves are freed, and no part may follow. */
  async close(): Promise<Gram> {
    const gram = await this.gram();
    this.dispose();
    return gram;
  }

  /** The last layer's length is that of its weights; everything else is everything. */
  private arrays(set: Gradients): tf.Tensor[] {
    const weights = new Set(
      this.network.parameters.filter(({ spec }) => spec.role === 'weight').map(({ spec }) => spec.name),
    );
    return [...set]
      .filter(([name]) => this.level === 'full' || weights.has(name))
      .map(([, gradient]) => gradient);
  }

  /**
   * Moves averages on by everything that was added (level `full`), which is theirs from now on: inner
   * products and the sum are of the averages.
   * @param present tasks with a label in the batch; the averages of the others stay
   */
  average(averages: GradientAverages, how: Averaging, present: readonly boolean[]): void {
    const started = performance.now();
    this.sets.forEach((set, i) => {
      if (present[i]) {
        averages.move(i, set, how);
        set.clear();
      } else set.dispose();
    });
    this.averages = averages;
    this.inner = null;
    this.ms += performance.now() - started;
  }

  /**
   * Puts the weighted sum of the tasks' gradients (level `full`) to those of the heads, which are weighted as
   * well.
   * @param weights of the gradients, or of their averages  @param into the heads' own, unweighted
   */
  combine(weights: readonly number[], heads: readonly number[], into: Gradients): void {
    const started = performance.now();
    for (const [i, head] of this.network.spec.heads.entries())
      for (const { name, trainable } of head.parameters)
        if (trainable) into.set(name, kernelTable().scaled(into.get(name)!, heads[i]!));
    if (this.averages) for (const [name, gradient] of this.averages.sums(weights)) into.add(name, gradient);
    else
      for (const name of this.sets[0]!.keys())
        into.add(
          name,
          combined(
            this.sets.map((set) => set.get(name)!),
            weights,
          ),
        );
    for (const set of this.sets) set.clear();
    this.ms += performance.now() - started;
  }

  /** Frees what is left; harmless when called twice. */
  dispose(): void {
    for (const set of this.sets) set.dispose();
  }
}
