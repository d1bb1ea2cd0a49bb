/**
 * Runs a section of the model - the trunk, or a head - forward and backward. Where several steps read one
 * value, each has a handle of its own, and their gradients are summed; what a step kept is freed as soon as
 * its backward is done. Not here: what a step computes (ops/).
 */
import { fuse } from '../../core/model/fusion';
import type { PlannedNode, Section } from '../../core/model/plan';
import { alias } from '../tensors/alias';
import { operations } from '../backends/current';
import { sumOf } from '../kernels/sum';
import type { Gradients, Parameter } from '../ops/gradients';
import type { BoundStep, Forward, Mode, Operation } from '../ops/operation';
import * as tf from '../tf';

interface Step extends BoundStep {
  readonly inputs: readonly number[];
  readonly output: number;
  /** Whether each input depends on something that is trained. */
  readonly trained: readonly boolean[];
  /** Weights of its own, and not only the scale and offset of a normalisation. */
  readonly hasWeights: boolean;
}

interface Done {
  readonly step: Step;
  /** The one that ran forward goes backward, too. */
  readonly operation: Operation;
  readonly forward: Forward;
}

/** A section that was run forward: what a backward pass needs. Ends with `dispose`. */
export class SectionPass {
  constructor(
    private readonly input: number,
    private readonly output: number,
    private readonly done: readonly Done[],
    /** The caller's. */
    readonly y: tf.Tensor,
  ) {}

  /**
   * Takes dy over, and frees what each step kept as soon as that step is done.
   * @param keep another backward pass will follow: nothing is freed
   * @returns the input's gradient where it is wanted, the caller's
   */
  backward(dy: tf.Tensor, wantInput: boolean, gradients: Gradients, keep = false): tf.Tensor | null {
    const pending = new Pending(this.output, dy);
    for (const one of this.done.toReversed()) {
      if (!pending.has(one.step.output)) {
        // Nothing that is trained lies in front of it: nobody wants its gradient.
        if (!keep) for (const tensor of one.forward.kept) tensor.dispose();
        continue;
      }
      const d = pending.take(one.step.output);
      const wanted = one.step.trained.map((trained) => wantInput || trained);
      const dxs = one.operation.backward(one.step, one.forward, d, { gradients, wanted, keep });
      d.dispose();
      if (!keep) for (const tensor of one.forward.kept) tensor.dispose();
      pending.put(one.step.inputs, dxs);
    }
    return wantInput ? pending.take(this.input) : pending.end();
  }

  /**
   * Back to the last step that has weights; its gradients and those of what lies behind it are added. Takes dy
   * over; another backward pass will follow.
   */
  lastLayer(dy: tf.Tensor, gradients: Gradients): void {
    const pending = new Pending(this.output, dy);
    for (const { step, operation, forward } of this.done.toReversed()) {
      const d = pending.take(step.output);
      const dxs = operation.backward(step, forward, d, {
        gradients,
        wanted: step.inputs.map(() => !step.hasWeights),
        keep: true,
      });
      d.dispose();
      pending.put(step.inputs, dxs);
      if (step.hasWeights) break;
    }
    pending.end();
  }

  dispose(): void {
    for (const { forward } of this.done)
      for (const tensor of forward.kept) if (!tensor.isDisposed) tensor.dispose();
  }
}

/** Gradients of values whose steps have not gone backward yet. */
class Pending {
  private readonly parts = new Map<number, tf.Tensor[]>();

  constructor(output: number, dy: tf.Tensor) {
    this.parts.set(output, [dy]);
  }

  put(inputs: readonly number[], dxs: readonly (tf.Tensor | null)[]): void {
    // From the last reader to the first: the sum has them in the order of the graph.
    for (const [i, dx] of [...dxs.entries()].toReversed())
      if (dx) this.parts.set(inputs[i]!, [dx, ...(this.parts.get(inputs[i]!) ?? [])]);
  }

  has(value: number): boolean {
    return this.parts.has(value);
  }

  /** The sum of what its readers gave. */
  take(value: number): tf.Tensor {
    const parts = this.parts.get(value)!;
    this.parts.delete(value);
    return summed(parts);
  }

  /** Frees what nobody took. */
  end(): null {
    tf.dispose([...this.parts.values()].flat());
    return null;
  }
}

/** Takes the terms over. */
export function summed(terms: readonly tf.Tensor[]): tf.Tensor {
  if (terms.length === 1) return terms[0]!;
  const sum = sumOf(terms);
  tf.dispose([...terms]);
  return sum;
}

export class SectionRunner {
  private readonly steps: readonly Step[];
  private readonly readers: ReadonlyMap<number, number>;

  /** For the current backend. @param find the parameter of that name */
  constructor(
    private readonly section: Section,
    all: readonly PlannedNode[],
    find: (name: string) => Parameter,
  ) {
    this.steps = fuse(section, operations().fusions).map(({ op, nodes, inputs, output }) => ({
      op,
      inputs,
      output,
      nodes: nodes.map((node) => ({
        ...node,
        parameters: Object.fromEntries(
          node.parameters.map(({ name }) => [name.slice(node.name.length + 1), find(name)]),
        ),
      })),
      trained: inputs.map((id) => all[id]!.trained),
      hasWeights: nodes.some(({ parameters }) => parameters.some(({ role }) => role === 'weight')),
    }));
    const readers = new Map<number, number>([[section.output, 1]]);
    for (const id of this.steps.flatMap(({ inputs }) => inputs)) readers.set(id, (readers.get(id) ?? 0) + 1);
    this.readers = readers;
  }

  /** Takes the input over. */
  forward(input: tf.Tensor, mode: Mode): SectionPass {
    const { ops } = operations();
    const values = new Map<number, { readonly tensor: tf.Tensor; left: number }>();
    const put = (id: number, tensor: tf.Tensor): void => {
      values.set(id, { tensor, left: this.readers.get(id) ?? 0 });
    };
    /** The last reader gets the value's own handle. */
    const take = (id: number): tf.Tensor => {
      const value = values.get(id)!;
      return --value.left === 0 ? value.tensor : alias(value.tensor);
    };
    put(this.section.input, input);
    const done: Done[] = [];
    for (const step of this.steps) {
      const operation = ops[step.op]!;
      const xs = step.inputs.map(take);
      const forward = operation.forward(step, xs, mode);
      for (const x of xs) if (forward.y !== x && !forward.kept.includes(x)) x.dispose();
      put(step.output, forward.y);
      done.push({ step, operation, forward });
    }
    return new SectionPass(this.section.input, this.section.output, done, take(this.section.output));
  }
}
