/**
 * The problems that a model's training step puts to the kernels that have variants: one for each shape class,
 * at the number of examples that are in memory at once.
 */
import { batchNorm } from '../../core/model/ops/batch-norm';
import { CONV_NORM_RELU_POOL, fuse, HOST_FUSIONS, type PlannedStep } from '../../core/model/fusion';
import type { ConvAttributes } from '../../core/model/ops/conv';
import type { ModelPlan } from '../../core/model/plan';
import type { NormShape } from '../kernels/webgpu/batch-norm-shape';
import { convShape, linearShape } from '../kernels/shared/conv-shape';
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

function conv(shape: ConvProblem, wantInput: boolean): Problem[] {
  return [
    problemOf(forwardTrial, shape),
    problemOf(filterGradientTrial, shape),
    ...(wantInput ? [problemOf(inputGradientTrial, shape)] : []),
  ];
}

/** What each kind of node asks of a step that begins with it. */
const OF: Readonly<Record<string, (step: PlannedStep, n: number, wantInput: boolean) => Problem[]>> = {
  conv: ({ nodes: [first, norm, , pool] }, n, wantInput) => {
    const { kernel, channels, stride, padding } = first!.attributes as ConvAttributes;
    const x = first!.values[0]!.shape;
    const shape = convShape([n, ...x], [kernel, kernel, x[2]!, channels], { stride, padding });
    const normed = norm?.op === batchNorm.id;
    const bias = !normed && first!.attributes['bias'] === true;
    const found = conv({ ...shape, bias }, wantInput);
    if (!normed) return found;
    const side = pool ? (pool.attributes['kernel'] as number) : 1;
    const z: NormShape = { n, h: shape.ho, w: shape.wo, c: channels, pool: side };
    return [...found, problemOf(statisticsTrial, z), problemOf(normBackwardTrial, z)];
  },
  linear: ({ nodes: [first] }, n, wantInput) => {
    const [inputs, features] = [first!.values[0]!.shape[0]!, first!.output.shape[0]!];
    return conv({ ...linearShape(n, inputs, features), bias: true }, wantInput);
  },
};

/** @param examples in memory at once  @returns the most work first */
export function problemsOf({ trunk, heads, nodes }: ModelPlan, examples: number): readonly Problem[] {
  const found = [trunk, ...heads].flatMap((section) =>
    fuse(section, [CONV_NORM_RELU_POOL, ...HOST_FUSIONS]).flatMap(
      (step) =>
        OF[step.nodes[0]!.op]?.(
          step,
          examples,
          section !== trunk || step.inputs.some((id) => nodes[id]!.trained),
        ) ?? [],
    ),
  );
  const classes = new Map(
    found.map((problem) => [`${problem.timed.kernel} ${problem.timed.shape}`, problem]),
  );
  return [...classes.values()].sort((a, b) => b.flops - a.flops);
}
