/**
 * Writes graphs of operations: each call adds a node and returns its place, which later calls read.
 *
 *     const y = g.apply(conv, [x], { channels: 64, kernel: 3, padding: 1 }, 'conv1');
 *     const z = g.apply(add, [y, x], {});
 *
 * Shapes are known at once (`g.shape(y)`), so that what does not fit is refused where it is written.
 */
import { ModelError } from '../errors/errors';
import type { GraphNode, ModelGraph, Shape, Value } from './graph';
import { completeAttributes, type AttributeFields, type GivenAttributes } from './ops/attributes';
import { batchNorm } from './ops/batch-norm';
import { conv } from './ops/conv';
import { dropout } from './ops/dropout';
import { flatten } from './ops/flatten';
import { input } from './ops/input';
import { linear } from './ops/linear';
import { maxPool } from './ops/max-pool';
import { relu } from './ops/relu';
import type { OpDefinition } from './ops/op';

/** A node of the graph that is being written. */
export type Ref = number;

export class GraphBuilder {
  private readonly nodes: GraphNode[] = [];
  private readonly values: Value[] = [];
  private readonly names = new Set<string>();
  /** The images. */
  readonly input: Ref;

  constructor(
    private readonly architecture: string,
    private readonly inputSize: number,
  ) {
    this.input = this.apply(input, [], { size: inputSize });
  }

  /**
   * Adds a node. @param name of its PyTorch module, for operations that have parameters or draw random numbers
   * @throws ModelError `graph-attribute`, `graph-inputs`, `graph-name`, and those of the operation
   */
  apply<F extends AttributeFields>(
    op: OpDefinition<F>,
    inputs: readonly Ref[],
    attributes: GivenAttributes<F>,
    name = '',
  ): Ref {
    const where = `${this.nodes.length} (${name || op.id})`;
    const complete = completeAttributes(op.fields, attributes, where);
    const read = inputs.map((ref) => this.values[ref]);
    if (
      (op.inputs === 'several' ? inputs.length < 2 : inputs.length !== op.inputs) ||
      read.some((value) => value === undefined)
    )
      throw new ModelError('graph-inputs', {
        node: where,
        inputs: inputs.join(', ') || '–',
        ...(op.inputs === 'several' ? { why: op.inputs } : { count: op.inputs }),
      });
    const values = read as Value[];
    if ((op.draws || op.parameters) && (name === '' || this.names.has(name)))
      throw new ModelError('graph-name', { node: where });
    this.names.add(name);
    this.values.push(op.output(values, complete));
    this.nodes.push({ op: op.id, inputs, attributes: complete, name });
    return this.nodes.length - 1;
  }

  shape(ref: Ref): Shape {
    return this.values[ref]!.shape;
  }

  flatten(x: Ref): Ref {
    return this.apply(flatten, [x], {});
  }

  /** A chain of operations from `x` on, numbered as in PyTorch's `nn.Sequential` of that name. */
  sequential(name: string, x: Ref): Sequential {
    return new Sequential(this, name, x);
  }

  /** The graph, once its heads are written. @param heads with the node that computes each one's outputs */
  done(shared: Ref, heads: ModelGraph['heads']): ModelGraph {
    const { architecture, inputSize, nodes } = this;
    return { architecture, inputSize, nodes, shared, heads };
  }
}

/** Operations one after the other. */
export class Sequential {
  private count = 0;
  constructor(
    private readonly g: GraphBuilder,
    private readonly name: string,
    private at: Ref,
  ) {}

  /** The last node so far. */
  get output(): Ref {
    return this.at;
  }

  append<F extends AttributeFields>(op: OpDefinition<F>, attributes: GivenAttributes<F>): this {
    this.at = this.g.apply(op, [this.at], attributes, `${this.name}.${this.count++}`);
    return this;
  }

  conv(attributes: GivenAttributes<typeof conv.fields>): this {
    return this.append(conv, attributes);
  }
  batchNorm(): this {
    return this.append(batchNorm, {});
  }
  relu(): this {
    return this.append(relu, {});
  }
  /** @param stride the same as `kernel` unless given */
  maxPool(kernel: number, stride = kernel): this {
    return this.append(maxPool, { kernel, stride });
  }
  /** @param start how its values start (ops/linear.ts) */
  linear(features: number, start: 'vgg' | 'fan-in' = 'vgg'): this {
    return this.append(linear, { features, start });
  }
  dropout(rate: number): this {
    return this.append(dropout, { rate });
  }
}
