/** Writing graphs of operations and planning them: shapes, parameters, where the trunk ends, and what is refused. */
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/core/errors/errors';
import { GraphBuilder } from '../../src/core/model/builder';
import { CONV_NORM_RELU_POOL, fuse, HOST_FUSIONS } from '../../src/core/model/fusion';
import { add } from '../../src/core/model/ops/add';
import { batchNorm } from '../../src/core/model/ops/batch-norm';
import { conv } from '../../src/core/model/ops/conv';
import { linear } from '../../src/core/model/ops/linear';
import { opOf } from '../../src/core/model/ops/registry';
import { relu } from '../../src/core/model/ops/relu';
import { planModel } from '../../src/core/model/plan';

/** A residual block over 6 x 6 pixels and two heads; the shortcut is a convolution of 1 x 1. */
function residual() {
  const g = new GraphBuilder('vgg11-single', 6);
  const stem = g.apply(conv, [g.input], { channels: 4, kernel: 3, padding: 1, bias: false }, 'conv1');
  const before = g.apply(relu, [g.apply(batchNorm, [stem], {}, 'bn1')], {});
  const branch = g.apply(conv, [before], { channels: 8, kernel: 3, stride: 2, padding: 1 }, 'a');
  const short = g.apply(conv, [before], { channels: 8, kernel: 1, stride: 2 }, 'b');
  const sum = g.apply(relu, [g.apply(add, [branch, short], {})], {});
  const shared = g.flatten(sum);
  const heads = ['x', 'y'].map((task) => ({
    task,
    classes: 3,
    output: g.sequential(`heads.${task}`, shared).linear(3).output,
  }));
  return { g, shared, sum, before, heads };
}

const codeOf = (fn: () => unknown): string => {
  try {
    fn();
  } catch (error) {
    if (error instanceof ModelError) return error.code;
    throw error;
  }
  return 'none';
};

describe('a plan', () => {
  it('has shapes, parameters and PyTorch’s layout of a graph whose branches meet', () => {
    const { g, shared, heads } = residual();
    expect(g.shape(shared)).toEqual([3 * 3 * 8]);
    const plan = planModel(g.done(shared, heads));
    expect(plan.parameters.map(({ name, shape }) => `${name} ${shape.join('x')}`)).toEqual([
      'conv1.weight 3x3x1x4',
      'bn1.weight 4',
      'bn1.bias 4',
      'bn1.running_mean 4',
      'bn1.running_var 4',
      'a.weight 3x3x4x8',
      'a.bias 8',
      'b.weight 1x1x4x8',
      'b.bias 8',
      'heads.x.0.weight 72x3',
      'heads.x.0.bias 3',
      'heads.y.0.weight 72x3',
      'heads.y.0.bias 3',
    ]);
    expect(plan.parameters.map(({ torch }) => torch.shape.join('x')).slice(5, 10)).toEqual([
      '8x4x3x3',
      '8',
      '8x4x1x1',
      '8',
      '3x72',
    ]);
    expect(plan.trunk.parameters).toHaveLength(9);
    expect(plan.trunk.output).toBe(shared);
    expect(plan.heads.map(({ input, task }) => [input, task])).toEqual([
      [shared, 'x'],
      [shared, 'y'],
    ]);
  });

  it('counts operations by hand: nothing that is trained lies before the first convolution', () => {
    const { g, shared, heads } = residual();
    const { trunk, heads: planned } = planModel(g.done(shared, heads));
    const stem = 2 * 36 * 9 * 4;
    const rest = 2 * 9 * (9 * 4 * 8 + 4 * 8);
    expect(trunk.flops).toEqual({ forward: stem + rest, backward: stem + 2 * rest });
    expect(planned[0]!.flops).toEqual({ forward: 2 * 72 * 3, backward: 2 * 2 * 72 * 3 });
  });

  it('fuses what follows each other, and not what something else reads as well', () => {
    const { g, shared, heads, before } = residual();
    const { trunk } = planModel(g.done(shared, heads));
    const steps = fuse(trunk, HOST_FUSIONS);
    expect(steps.map(({ op }) => op)).toEqual([
      'conv+batch-norm+relu',
      'conv',
      'conv',
      'add',
      'relu',
      'flatten',
    ]);
    expect(steps[0]!.output).toBe(before);
    expect(steps[3]!.inputs).toHaveLength(2);

    const poolings = (stride: number): readonly string[] => {
      const small = new GraphBuilder('vgg11-single', 6);
      const features = small.sequential('f', small.input).conv({ channels: 2, kernel: 3 }).batchNorm().relu();
      const end = features.maxPool(2, stride).output;
      const section = planModel(small.done(end, [])).trunk;
      return fuse(section, [...HOST_FUSIONS, CONV_NORM_RELU_POOL]).map(({ op }) => op);
    };
    expect(poolings(2)).toEqual(['conv+batch-norm+relu+max-pool']);
    expect(poolings(1)).toEqual(['conv+batch-norm+relu', 'max-pool']);
  });

  it.each([
    [
      'a value of other axes',
      'graph-shape',
      ({ g, sum }: ReturnType<typeof residual>) => g.apply(linear, [sum], { features: 3 }, 'l'),
    ],
    [
      'branches of different shapes',
      'graph-shape',
      ({ g, sum, before }: ReturnType<typeof residual>) => g.apply(add, [sum, before], {}),
    ],
    [
      'an input that is too small',
      'graph-too-small',
      ({ g, sum }: ReturnType<typeof residual>) => g.apply(conv, [sum], { channels: 1, kernel: 4 }, 'c'),
    ],
    [
      'one value where two meet',
      'graph-inputs',
      ({ g, sum }: ReturnType<typeof residual>) => g.apply(add, [sum], {}),
    ],
    [
      'a node that is not there',
      'graph-inputs',
      ({ g }: ReturnType<typeof residual>) => g.apply(relu, [99], {}),
    ],
    [
      'a name twice',
      'graph-name',
      ({ g, sum }: ReturnType<typeof residual>) => g.apply(conv, [sum], { channels: 1, kernel: 1 }, 'a'),
    ],
    [
      'no name for weights',
      'graph-name',
      ({ g, sum }: ReturnType<typeof residual>) => g.apply(batchNorm, [sum], {}),
    ],
    [
      'an attribute out of range',
      'graph-attribute',
      ({ g, sum }: ReturnType<typeof residual>) => g.apply(conv, [sum], { channels: 0, kernel: 1 }, 'c'),
    ],
    [
      'a head that reads what lies before the shared representation',
      'graph-trunk',
      ({ g, shared, sum }: ReturnType<typeof residual>) =>
        planModel(
          g.done(shared, [
            { task: 'x', classes: 2, output: g.sequential('h', g.flatten(sum)).linear(2).output },
          ]),
        ),
    ],
    [
      'a head of another size',
      'graph-head',
      ({ g, shared, heads }: ReturnType<typeof residual>) =>
        planModel(g.done(shared, [{ ...heads[0]!, classes: 5 }, heads[1]!])),
    ],
    [
      'a node that nothing reads',
      'graph-unused',
      ({ g, shared, heads }: ReturnType<typeof residual>) => planModel(g.done(shared, heads.slice(1))),
    ],
    ['an operation that is not there', 'graph-op', () => opOf('convolve')],
  ])('refuses %s', (_what, code, write) => {
    expect(codeOf(() => write(residual()))).toBe(code);
  });
});
