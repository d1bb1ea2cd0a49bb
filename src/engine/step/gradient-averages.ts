/**
 * A moving average of each task's gradient of everything shared, kept on the device from step to step for
 * strategies that ask for it: a copy of the shared parameters for every task. Checkpoints hold them
 * (run-checkpoint.ts). Not here: how they move on (core/weighting) and the gradients that go in
 * (task-gradients.ts).
 */
import type { Averaging } from '../../core/weighting/types';
import { kernelTable } from '../backends/kernels/current';
import { gramMatrixOf, weightedSum } from '../kernels/combine';
import type { Network } from '../network/network';
import type { Cell } from '../tensors/pieces';
import * as tf from '../tf';

export class GradientAverages {
  private readonly shared: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** One task each; empty before `begin`. */
  private sets: readonly Map<string, tf.Tensor>[] = [];

  constructor(private readonly network: Network) {
    this.shared = network.spec.trunk.parameters.filter(({ trainable }) => trainable);
  }

  /** Whether there are any. */
  get live(): boolean {
    return this.sets.length > 0;
  }

  /** All at zero. */
  begin(): void {
    this.end();
    this.sets = this.network.spec.heads.map(
      () => new Map(this.shared.map(({ name, shape }) => [name, tf.zeros([...shape])])),
    );
  }

  /** Frees them; harmless when there are none. */
  end(): void {
    for (const set of this.sets) tf.dispose([...set.values()]);
    this.sets = [];
  }

  /** Moves a task's averages on. @param gradients by parameter name; taken over */
  move(task: number, gradients: Iterable<readonly [string, tf.Tensor]>, { keep, add }: Averaging): void {
    const { accumulate, scaled } = kernelTable();
    const set = this.sets[task]!;
    for (const [name, gradient] of gradients)
      set.set(name, accumulate(scaled(set.get(name)!, keep), scaled(gradient, add[task]!)));
  }

  /** Their inner products. */
  gram(): Promise<number[][]> {
    return gramMatrixOf(this.sets.map((set) => [...set.values()]));
  }

  /** The sum of all tasks' with these factors, parameter by parameter; each tensor is the caller's. */
  *sums(factors: readonly number[]): Generator<readonly [string, tf.Tensor]> {
    for (const { name } of this.shared)
      yield [
        name,
        weightedSum(
          this.sets.map((set) => set.get(name)!),
          factors,
        ),
      ];
  }

  /** Each to be read or replaced: `<task>/<parameter>`. */
  *cells(): Generator<Cell> {
    for (const [i, set] of this.sets.entries())
      for (const { name, shape } of this.shared)
        yield {
          name: `${this.network.spec.heads[i]!.task}/${name}`,
          shape,
          get tensor() {
            return set.get(name)!;
          },
          set tensor(value) {
            set.set(name, value);
          },
        };
  }
}
