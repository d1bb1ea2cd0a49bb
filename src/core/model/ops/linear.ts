/**
 * A fully connected layer over the last axis. It starts as in torchvision's VGG (N(0, 0.01), biases 0) or, with
 * `start: 'fan-in'`, as PyTorch's `Linear` (weights and biases uniform within 1 / sqrt(inputs)): several small
 * layers one after the other, started as VGG's wide ones, pass next to nothing on.
 */
import { bytesOf, defineOp, requireAxes, type TorchLayout } from './op';
import { sizeOf, type Value } from '../graph';

/** [out, in], where PyTorch counts merged inputs with channels first. */
export function linearLayout({ shape, merged }: Value, features: number): TorchLayout {
  const inputs = shape.at(-1)!;
  const torch = [features, inputs];
  if (!merged || merged.length < 2) return { shape: torch, view: [inputs, features], axes: [1, 0] };
  const last = merged.length - 1;
  // [..., c, out] -> [out, c, ...]
  return {
    shape: torch,
    view: [...merged, features],
    axes: [last + 1, last, ...merged.keys()].slice(0, last + 2),
  };
}

export const linear = defineOp({
  id: 'linear',
  inputs: 1,
  fields: {
    features: { kind: 'whole', min: 1 },
    start: { kind: 'choice', of: ['vgg', 'fan-in'], default: 'vgg' },
  },
  output: ([x], { features }) => {
    // One vector, or one for each frame.
    if (x!.shape.length !== 2) requireAxes('linear', x!, 1);
    return { shape: [...x!.shape.slice(0, -1), features] };
  },
  parameters: ([x], { features, start }) => {
    const inputs = x!.shape.at(-1)!;
    const uniform = { kind: 'uniform', bound: 1 / Math.sqrt(inputs) } as const;
    return [
      {
        suffix: 'weight',
        shape: [inputs, features],
        role: 'weight',
        initial: start === 'fan-in' ? uniform : { kind: 'normal', deviation: 0.01 },
        torch: linearLayout(x!, features),
      },
      {
        suffix: 'bias',
        shape: [features],
        role: 'bias',
        initial: start === 'fan-in' ? uniform : { kind: 'constant', value: 0 },
      },
    ];
  },
  flops: ([x], _output, { features }) => 2 * sizeOf(x!.shape) * features,
  memory: ({ examples, inputs: [x], output }) => ({
    keeps: ['inputs'],
    forward: ['output'],
    backward: [
      { gradient: 'weight', work: bytesOf(examples, x!) + bytesOf(examples, output) },
      { gradient: 'bias' },
      { inputs: 'new' },
    ],
  }),
});
