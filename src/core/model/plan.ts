/**
 * A graph planned: shapes, parameters and their PyTorch layout, operations, where the trunk ends, and what
 * depends on something that is trained. Engine, memory plan, autotuner, parameter table and weight files read
 * this and derive nothing of it again. Not here: which nodes a backend computes together (fusion.ts) and what
 * it takes of memory (core/training/memory/footprint.ts).
 */
import { ModelError } from '../errors/errors';
import type { Attributes, ModelGraph, Shape, Value } from './graph';
import { opOf } from './ops/registry';
import type { Initial, ParameterRole, TorchLayout } from './ops/op';

/** A named trainable array or running statistic. */
export interface ParameterSpec {
  readonly name: string;
  /** In the engine's layout: conv [kh, kw, in, out], linear [in, out], vectors [n]. */
  readonly shape: Shape;
  readonly role: ParameterRole;
  /** Id of the operation that has it. */
  readonly op: string;
  readonly trainable: boolean;
  readonly initial: Initial;
  readonly torch: TorchLayout;
  /** How many times a scaled width PyTorch's first axis is. */
  readonly rows: number;
}

export interface PlannedNode {
  /** Its place in the graph. */
  readonly id: number;
  readonly op: string;
  readonly name: string;
  readonly attributes: Attributes;
  readonly inputs: readonly number[];
  /** What its inputs are. */
  readonly values: readonly Value[];
  readonly output: Value;
  readonly parameters: readonly ParameterSpec[];
  /** Of one example, forward. */
  readonly flops: number;
  /** Whether its value depends on anything that is trained. */
  readonly trained: boolean;
}

/** A part of the graph between two values, that is run as one: the trunk, or a head. */
export interface Section {
  /** The node whose value goes in, which is not part of it. */
  readonly input: number;
  readonly output: number;
  /** In an order in which each one reads only earlier ones. */
  readonly nodes: readonly PlannedNode[];
  readonly parameters: readonly ParameterSpec[];
  /** Of one example. Backward: the gradients of the parameters, and of values that depend on such. */
  readonly flops: { readonly forward: number; readonly backward: number };
}

export interface Head extends Section {
  readonly task: string;
  readonly classes: number;
}

export interface ModelPlan {
  readonly architecture: string;
  readonly inputSize: number;
  readonly nodes: readonly PlannedNode[];
  /** Everything that the tasks share, up to the shared representation. */
  readonly trunk: Section;
  /** One per task. */
  readonly heads: readonly Head[];
  /** Trunk first, then head by head. */
  readonly parameters: readonly ParameterSpec[];
}

const identity = (shape: Shape): TorchLayout => ({ shape, view: shape, axes: [...shape.keys()] });

function planNodes({ nodes }: ModelGraph): PlannedNode[] {
  const planned: PlannedNode[] = [];
  for (const [id, { op: opId, name, inputs, attributes }] of nodes.entries()) {
    const op = opOf(opId);
    const values = inputs.map((input) => planned[input]!.output);
    const output = op.output(values, attributes);
    const parameters = (op.parameters?.(values, attributes) ?? []).map(
      ({ suffix, shape, role, initial, torch, rows = 1 }): ParameterSpec => ({
        name: `${name}.${suffix}`,
        shape,
        role,
        op: opId,
        trainable: !role.startsWith('running'),
        initial,
        torch: torch ?? identity(shape),
        rows,
      }),
    );
    planned.push({
      id,
      op: opId,
      name,
      attributes,
      inputs,
      values,
      output,
      parameters,
      flops: op.flops?.(values, output, attributes) ?? 0,
      trained: parameters.some(({ trainable }) => trainable) || inputs.some((i) => planned[i]!.trained),
    });
  }
  return planned;
}

/** All that `output` depends on behind `input`, in order. @throws ModelError `graph-trunk` */
function sectionOf(
  all: readonly PlannedNode[],
  input: number,
  output: number,
  outside: ReadonlySet<number>,
): Section {
  const wanted = new Set<number>();
  const visit = (id: number): void => {
    if (id === input || wanted.has(id)) return;
    if (outside.has(id) || all[id]!.inputs.length === 0)
      throw new ModelError('graph-trunk', { node: output, reads: id });
    wanted.add(id);
    for (const from of all[id]!.inputs) visit(from);
  };
  visit(output);
  const nodes = all.filter(({ id }) => wanted.has(id));
  const forward = nodes.reduce((sum, { flops }) => sum + flops, 0);
  const backward = nodes.reduce(
    (sum, { flops, inputs }) =>
      sum + flops * (1 + (input !== 0 || inputs.some((id) => all[id]!.trained) ? 1 : 0)),
    0,
  );
  return {
    input,
    output,
    nodes,
    parameters: nodes.flatMap(({ parameters }) => parameters),
    flops: { forward, backward },
  };
}

/**
 * @throws ModelError those of the operations; `graph-trunk` where a head reads something of the trunk beside
 * the shared representation, `graph-unused` where nothing reads a node, `graph-head` where a head does not
 * end in as many numbers as it has classes
 */
export function planModel(graph: ModelGraph): ModelPlan {
  const nodes = planNodes(graph);
  const { architecture, inputSize, shared } = graph;
  const trunk = sectionOf(nodes, 0, shared, new Set());
  const before = new Set([0, ...trunk.nodes.map(({ id }) => id)]);
  const heads = graph.heads.map(({ task, classes, output }): Head => {
    const found = nodes[output]!.output.shape;
    if (found.length !== 1 || found[0] !== classes)
      throw new ModelError('graph-head', { task, classes, shape: found.join('×') });
    return { task, classes, ...sectionOf(nodes, shared, output, before) };
  });
  const used = [before, ...heads.map((head) => new Set(head.nodes.map(({ id }) => id)))];
  const unused = nodes.find(({ id }) => !used.some((set) => set.has(id)));
  if (unused) throw new ModelError('graph-unused', { node: unused.id, name: unused.name || unused.op });
  return {
    architecture,
    inputSize,
    nodes,
    trunk,
    heads,
    parameters: [trunk, ...heads].flatMap(({ parameters }) => parameters),
  };
}
