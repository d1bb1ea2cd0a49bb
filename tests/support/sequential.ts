/** Small models for tests, written as lists of layers: a trunk, and a head for each task. */
import { GraphBuilder, type Ref } from '../../src/core/model/builder';
import { batchNorm } from '../../src/core/model/ops/batch-norm';
import { conv } from '../../src/core/model/ops/conv';
import { dropout } from '../../src/core/model/ops/dropout';
import { linear } from '../../src/core/model/ops/linear';
import { maxPool } from '../../src/core/model/ops/max-pool';
import { relu } from '../../src/core/model/ops/relu';
import { planModel, type ModelPlan, type PlannedNode } from '../../src/core/model/plan';

export type Layer =
  | {
      readonly kind: 'conv';
      readonly name: string;
      readonly outChannels: number;
      readonly kernel: number;
      readonly stride: number;
      readonly padding: number;
    }
  | { readonly kind: 'batchNorm'; readonly name: string }
  | { readonly kind: 'relu' }
  | { readonly kind: 'maxPool'; readonly kernel: number; readonly stride: number }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'linear'; readonly name: string; readonly outFeatures: number }
  | { readonly kind: 'dropout'; readonly name: string; readonly rate: number };

export interface Layers {
  readonly inputSize: number;
  readonly trunk: readonly Layer[];
  readonly heads: readonly {
    readonly task: string;
    readonly classes: number;
    readonly layers: readonly Layer[];
  }[];
}

function append(g: GraphBuilder, x: Ref, layer: Layer): Ref {
  switch (layer.kind) {
    case 'conv': {
      const { outChannels: channels, kernel, stride, padding, name } = layer;
      return g.apply(conv, [x], { channels, kernel, stride, padding }, name);
    }
    case 'batchNorm':
      return g.apply(batchNorm, [x], {}, layer.name);
    case 'relu':
      return g.apply(relu, [x], {});
    case 'maxPool':
      return g.apply(maxPool, [x], { kernel: layer.kernel, stride: layer.stride });
    case 'flatten':
      return g.flatten(x);
    case 'linear':
      return g.apply(linear, [x], { features: layer.outFeatures }, layer.name);
    case 'dropout':
      return g.apply(dropout, [x], { rate: layer.rate }, layer.name);
  }
}

export function planOf({ inputSize, trunk, heads }: Layers): ModelPlan {
  const g = new GraphBuilder('vgg11-bn-multitask', inputSize);
  const through = (layers: readonly Layer[], x: Ref): Ref =>
    layers.reduce((at, layer) => append(g, at, layer), x);
  const shared = through(trunk, g.input);
  return planModel(
    g.done(
      shared,
      heads.map(({ task, classes, layers }) => ({ task, classes, output: through(layers, shared) })),
    ),
  );
}

/** The same model with other attributes of some nodes. */
export function replanned(
  plan: ModelPlan,
  change: (node: PlannedNode) => PlannedNode['attributes'],
): ModelPlan {
  const { architecture, inputSize, nodes, trunk, heads } = plan;
  return planModel({
    architecture,
    inputSize,
    nodes: nodes.map((node) => ({
      op: node.op,
      inputs: node.inputs,
      name: node.name,
      attributes: change(node),
    })),
    shared: trunk.output,
    heads: heads.map(({ task, classes, output }) => ({ task, classes, output })),
  });
}

/** The same trunk with other heads, of one fully connected layer each. */
export function withHeads(
  { architecture, inputSize, nodes, trunk }: ModelPlan,
  heads: readonly { readonly task: string; readonly classes: number }[],
): ModelPlan {
  const shared = trunk.output;
  const kept = nodes.slice(0, shared + 1);
  return planModel({
    architecture,
    inputSize,
    nodes: [
      ...kept,
      ...heads.map(({ task, classes }) => ({
        op: 'linear',
        name: `heads.${task}`,
        inputs: [shared],
        attributes: { features: classes },
      })),
    ],
    shared,
    heads: heads.map((head, i) => ({ ...head, output: kept.length + i })),
  });
}
