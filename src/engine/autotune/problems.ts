/**
 * The problems that a model's training step puts to the kernels that have variants: one for each shape class,
 * at the number of examples that are in memory at once. Follows blocks/compile.ts and blocks/conv-webgpu.ts.
 */
import { outputSize } from '../../core/model/architectures';
import type { Layer, ModelSpec } from '../../core/model/types';
import type { NormShape } from '../kernels/webgpu/batch-norm-shape';
import { pooledSide } from '../kernels/webgpu/batch-norm-shape';
import { convShape, linearShape } from '../kernels/webgpu/conv-shape';
import { normBackwardTrial, statisticsTrial } from '../kernels/webgpu/trials/batch-norm';
import {
  filterGradientTrial,
  forwardTrial,
  inputGradientTrial,
  type ConvProblem,
} from '../kernels/webgpu/trials/convolution';
import { caseOf, type Case, type Tunable } from '../kernels/webgpu/trials/trial';

/** One shape class of one kernel: the problem to be timed, and one to be compared. */
export interface Problem {
  readonly timed: Case;
  readonly compared: Case;
  readonly flops: number;
  /** Of the operands. */
  readonly bytes: number;
}

const problemOf = <P, O>(trial: Tunable<P, O>, problem: P): Problem => ({
  timed: caseOf(trial, problem),
  compared: caseOf(trial, trial.smaller(problem)),
  flops: trial.flops(problem),
  bytes: trial.bytes(problem),
});

/** Where a list of layers has got to: [n, side, side, channels], or [n, channels] with side 1. */
interface Place {
  readonly side: number;
  readonly channels: number;
}

function conv(shape: ConvProblem, wantInput: boolean): Problem[] {
  return [
    problemOf(forwardTrial, shape),
    problemOf(filterGradientTrial, shape),
    ...(wantInput ? [problemOf(inputGradientTrial, shape)] : []),
  ];
}

function walk(layers: readonly Layer[], n: number, from: Place, isFirst: boolean, found: Problem[]): Place {
  let { side, channels } = from;
  layers.forEach((layer, i) => {
    switch (layer.kind) {
      case 'conv': {
        const norm = layers[i + 1]?.kind === 'batchNorm';
        const shape = convShape(
          [n, side, side, layer.inChannels],
          [layer.kernel, layer.kernel, layer.inChannels, layer.outChannels],
          layer,
        );
        found.push(...conv({ ...shape, bias: !norm }, !(isFirst && i === 0)));
        side = shape.ho;
        channels = layer.outChannels;
        if (!norm) break;
        const pool = layers[i + 3];
        const z: NormShape = {
          n,
          h: side,
          w: side,
          c: channels,
          pool: pool?.kind === 'maxPool' && pool.kernel === pool.stride ? pool.kernel : 1,
        };
        found.push(problemOf(statisticsTrial, z), problemOf(normBackwardTrial, z));
        break;
      }
      case 'maxPool':
        side =
          layer.kernel === layer.stride
            ? pooledSide(side, layer.kernel)
            : outputSize(side, layer.kernel, layer.stride);
        break;
      case 'linear':
        found.push(
          ...conv(
            { ...linearShape(n, layer.inFeatures, layer.outFeatures), bias: true },
            !(isFirst && i === 0),
          ),
        );
        [side, channels] = [1, layer.outFeatures];
        break;
      case 'batchNorm':
      case 'relu':
      case 'flatten':
      case 'dropout':
        break;
    }
  });
  return { side, channels };
}

/** @param examples in memory at once  @returns the most work first */
export function problemsOf(spec: ModelSpec, examples: number): readonly Problem[] {
  const found: Problem[] = [];
  const shared = walk(spec.trunk, examples, { side: spec.inputSize, channels: 1 }, true, found);
  for (const { layers } of spec.heads) walk(layers, examples, shared, false, found);
  const classes = new Map(
    found.map((problem) => [`${problem.timed.kernel} ${problem.timed.shape}`, problem]),
  );
  return [...classes.values()].sort((a, b) => b.flops - a.flops);
}
