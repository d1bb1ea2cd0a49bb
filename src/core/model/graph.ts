/**
 * A model as data: a graph of operations. Nodes stand in an order in which each one reads only earlier ones
 * and are known by their place in it. What an operation is stands in ops/, what follows from a graph (shapes,
 * parameters, cost) in plan.ts, graphs are written with builder.ts.
 */

/** Sizes along each axis of one example, channels (or features) last: [h, w, c], [t, f] or [f]. */
export type Shape = readonly number[];

/** What flows from node to node. */
export interface Value {
  readonly shape: Shape;
  /**
   * Where the last axis was merged from several: their sizes in the engine's order, channels last. PyTorch
   * merges the same axes with channels first, so that the weights that read them are ordered otherwise.
   */
  readonly merged?: Shape;
}

export type Attributes = Readonly<Record<string, number | boolean | string>>;

export interface GraphNode {
  /** Id in ops/registry.ts. */
  readonly op: string;
  /** Places of the nodes that it reads. */
  readonly inputs: readonly number[];
  readonly attributes: Attributes;
  /**
   * Name of its PyTorch module, such as `features.0`: begins the names of its parameters and names its random
   * stream. Empty for operations that have neither.
   */
  readonly name: string;
}

export interface ModelGraph {
  readonly architecture: string;
  /** Side of the square, one-channel input in pixels. */
  readonly inputSize: number;
  /** The first one is the input. */
  readonly nodes: readonly GraphNode[];
  /** Place of the shared representation: all that the heads read of what lies before them. */
  readonly shared: number;
  /** One per task, in the order of RunConfig.tasks. */
  readonly heads: readonly {
    readonly task: string;
    /** Numbers that come out: as many as there are classes. */
    readonly classes: number;
    /** Place of the node whose value they are. */
    readonly output: number;
  }[];
}

/** Number of elements of a shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/**
 * Output size of a convolution or pooling along one side, as PyTorch rounds it (down); below 1 it does not
 * fit.
 */
export const outputSize = (input: number, kernel: number, stride: number, padding = 0): number =>
  Math.floor((input + 2 * padding - kernel) / stride) + 1;
