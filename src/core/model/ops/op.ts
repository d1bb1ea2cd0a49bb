/**
 * What an operation declares about itself: everything that is known without computing it. One file each in
 * this folder and a line in registry.ts; how it is computed stands in src/engine/backends.
 */
import { ModelError } from '../../errors/errors';
import type { Shape, Value } from '../graph';
import type { AttributeFields, AttributesOf } from './attributes';

export type ParameterRole = 'weight' | 'bias' | 'scale' | 'offset' | 'runningMean' | 'runningVariance';

/** Drawn from the parameter's own random stream, or the same number everywhere. */
export type Initial =
  | { readonly kind: 'constant'; readonly value: number }
  /** N(0, deviation²). */
  | { readonly kind: 'normal'; readonly deviation: number }
  /** U(-bound, bound). */
  | { readonly kind: 'uniform'; readonly bound: number };

/**
 * How PyTorch lays an array out: the engine's array, seen with the axes `view`, has its axes reordered by
 * `axes` and is then given the shape `shape`.
 */
export interface TorchLayout {
  readonly shape: Shape;
  readonly view: Shape;
  readonly axes: readonly number[];
}

export interface ParameterDeclaration {
  /** Behind the node's name and a dot, as in PyTorch: `weight`, `running_mean`. */
  readonly suffix: string;
  /** In the engine's layout. */
  readonly shape: Shape;
  /** Running statistics are not trained. */
  readonly role: ParameterRole;
  readonly initial: Initial;
  /** As it is unless given. */
  readonly torch?: TorchLayout;
  /** How many times a layer's scaled width PyTorch's first axis is, such as 4 for an LSTM's gates. */
  readonly rows?: number;
}

/** What happens in memory, in order; sizes in bytes. */
export type ForwardEvent =
  /** The output is allocated. */
  | 'output'
  /** The output is the first input under another shape. */
  | 'output-is-input'
  /** An array is allocated and kept for backward, beside inputs and output. */
  | { readonly keep: number }
  /** Workspace that is freed again. */
  | { readonly work: number };

export type BackwardEvent =
  /** Held until this backward is done. */
  | { readonly hold: number }
  | { readonly work: number }
  /** A parameter's gradient, with the workspace it takes. */
  | { readonly gradient: string; readonly work?: number }
  /** The wanted gradients of the inputs; `work` after that, `shared` where they are dy itself. */
  | { readonly inputs: 'new' | 'shared'; readonly work?: number };

export interface OpMemory {
  /** What backward reads of what went in and came out. */
  readonly keeps: readonly ('inputs' | 'output')[];
  readonly forward: readonly ForwardEvent[];
  readonly backward: readonly BackwardEvent[];
}

/** A node at work on `examples` examples. */
export interface OpUse<F extends AttributeFields = AttributeFields> {
  readonly examples: number;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly attributes: AttributesOf<F>;
}

export interface OpDefinition<F extends AttributeFields = AttributeFields> {
  /** Unique; also the key in every backend's table. */
  readonly id: string;
  /** How many values it reads; `several`: two or more. */
  readonly inputs: number | 'several';
  /** Its attributes' kinds and ranges. */
  readonly fields: F;
  /** @throws ModelError where the inputs do not fit */
  output(inputs: readonly Value[], attributes: AttributesOf<F>): Value;
  /** In PyTorch's order. None unless given. */
  parameters?(inputs: readonly Value[], attributes: AttributesOf<F>): readonly ParameterDeclaration[];
  /** Multiplications and additions of one example, forward; 0 unless given (a hundredth of the work). */
  flops?(inputs: readonly Value[], output: Value, attributes: AttributesOf<F>): number;
  /**
   * As the engine takes memory on the wasm backend (a test compares both); unless given: inputs and output
   * are kept, each gradient is an array of its own.
   */
  memory?(use: OpUse<F>): OpMemory;
  /** Whether it draws random numbers in training, from the stream of its name. */
  readonly draws?: boolean;
}

/** An operation of any attributes, as the registry holds it. */
export type AnyOp = OpDefinition;

/** Types a definition by its fields and forgets them again. */
export const defineOp = <const F extends AttributeFields>(op: OpDefinition<F>): OpDefinition<F> => op;

/** Bytes of a value of so many examples. */
export const bytesOf = (examples: number, { shape }: Value): number =>
  4 * examples * shape.reduce((product, n) => product * n, 1);

/** @throws ModelError `graph-shape` unless the value has so many axes */
export function requireAxes(op: string, { shape }: Value, axes: number): void {
  if (shape.length === axes) return;
  throw new ModelError('graph-shape', { op, why: 'axes', axes, shape: shape.join('×') });
}

/** @throws ModelError `graph-too-small` where an output would have no position */
export function requirePositions(op: string, shape: Shape): void {
  if (shape.every((n) => n >= 1)) return;
  throw new ModelError('graph-too-small', { op });
}
