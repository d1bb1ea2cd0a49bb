/**
 * What a backend computes in one go: runs of nodes that follow each other, found by pattern. Each fusion is an
 * operation of its own, with an entry in the backends' tables.
 */
import type { Value } from './graph';
import { bytesOf, type BackwardEvent, type OpMemory } from './ops/op';
import { convGradients, convReluMemory, convWork, type ConvAttributes } from './ops/conv';
import { opOf } from './ops/registry';
import type { PlannedNode, Section } from './plan';

export interface Fusion {
  readonly id: string;
  /** Ids of the operations, each of which is all that reads the one before. */
  readonly pattern: readonly string[];
  /** Whether these nodes of the pattern may be fused; unless given, all may. */
  readonly accepts?: (nodes: readonly PlannedNode[]) => boolean;
  /** As {@link OpMemory}; gradients are named `<place in the pattern>.<suffix>`. */
  memory(nodes: readonly PlannedNode[], examples: number): OpMemory;
}

const atWork = ({ values, output, attributes }: PlannedNode, examples: number) => ({
  examples,
  inputs: values,
  output,
  attributes: attributes as ConvAttributes,
});

/** Of the first node of a pattern. */
const ofFirst = (events: readonly BackwardEvent[]): readonly BackwardEvent[] =>
  events.map((event) => ('gradient' in event ? { ...event, gradient: `0.${event.gradient}` } : event));

export const CONV_RELU: Fusion = {
  id: 'conv+relu',
  pattern: ['conv', 'relu'],
  memory: ([first], examples) => {
    const memory = convReluMemory(atWork(first!, examples));
    return { ...memory, backward: ofFirst(memory.backward) };
  },
};

/** The convolution's output is kept, the normalised one is not. */
export const CONV_NORM_RELU: Fusion = {
  id: 'conv+batch-norm+relu',
  pattern: ['conv', 'batch-norm', 'relu'],
  memory: ([first], examples) => {
    const use = atWork(first!, examples);
    const z = bytesOf(examples, first!.output);
    return {
      keeps: ['inputs'],
      forward: [{ keep: z }, { work: convWork(use) }, 'output'],
      backward: [
        { hold: z },
        { gradient: '1.weight' },
        { gradient: '1.bias' },
        ...ofFirst(convGradients(use)),
      ],
    };
  },
};

/** Poolings without overlap and border only. */
export const CONV_NORM_RELU_POOL: Fusion = {
  id: 'conv+batch-norm+relu+max-pool',
  pattern: ['conv', 'batch-norm', 'relu', 'max-pool'],
  accepts: ([, , , pool]) =>
    pool!.attributes['kernel'] === pool!.attributes['stride'] && pool!.attributes['padding'] === 0,
  memory: ([first], examples) => CONV_NORM_RELU.memory([first!], examples),
};

/** What the backends on the processor fuse, after which the memory plan goes. */
export const HOST_FUSIONS: readonly Fusion[] = [CONV_NORM_RELU, CONV_RELU];

/** One or several nodes that are computed as one. */
export interface PlannedStep {
  /** An operation's id, or a fusion's. */
  readonly op: string;
  readonly nodes: readonly PlannedNode[];
  /** Places of the nodes whose values go in, and of the one whose value comes out. */
  readonly inputs: readonly number[];
  readonly output: number;
  readonly values: readonly Value[];
  readonly memory: (examples: number) => OpMemory;
}

const single = (node: PlannedNode): PlannedStep => ({
  op: node.op,
  nodes: [node],
  inputs: node.inputs,
  output: node.id,
  values: node.values,
  memory: (examples) => {
    const memory = opOf(node.op).memory?.({
      examples,
      inputs: node.values,
      output: node.output,
      attributes: node.attributes,
    }) ?? {
      keeps: ['inputs', 'output'],
      forward: ['output'],
      backward: [
        ...node.parameters
          .filter(({ trainable }) => trainable)
          .map(({ name }) => ({ gradient: name.slice(node.name.length + 1) })),
        { inputs: 'new' as const },
      ],
    };
    return { ...memory, backward: ofFirst(memory.backward) };
  },
});

/** The steps of a section for a backend that fuses so; the longest pattern that matches is taken. */
export function fuse({ nodes, output }: Section, fusions: readonly Fusion[]): readonly PlannedStep[] {
  const readers = (id: number): readonly PlannedNode[] => nodes.filter(({ inputs }) => inputs.includes(id));
  const steps: PlannedStep[] = [];
  const taken = new Set<number>();
  const longestFirst = [...fusions].sort((a, b) => b.pattern.length - a.pattern.length);
  for (const node of nodes) {
    if (taken.has(node.id)) continue;
    const chain = [node];
    for (let last = node; last.id !== output;) {
      const [next, ...others] = readers(last.id);
      if (!next || others.length > 0 || next.inputs.length > 1) break;
      chain.push((last = next));
    }
    const fusion = longestFirst.find(
      ({ pattern, accepts }) =>
        pattern.every((op, i) => chain[i]?.op === op) && (accepts?.(chain.slice(0, pattern.length)) ?? true),
    );
    if (!fusion) {
      steps.push(single(node));
      continue;
    }
    const run = chain.slice(0, fusion.pattern.length);
    for (const { id } of run) taken.add(id);
    steps.push({
      op: fusion.id,
      nodes: run,
      inputs: node.inputs,
      output: run.at(-1)!.id,
      values: node.values,
      memory: (examples) => fusion.memory(run, examples),
    });
  }
  return steps;
}
