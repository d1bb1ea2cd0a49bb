/**
 * Attention pooling over time: each frame is scored by one product, and the softmax of the scores over time
 * weights the sum of the frames. [t, d] becomes [d]. PyTorch: the weight of `nn.Linear(d, 1, bias=False)`.
 */
import { bytesOf, defineOp, requireAxes } from './op';

export const attentionPool = defineOp({
  id: 'attention-pool',
  inputs: 1,
  fields: {},
  output: ([x]) => {
    requireAxes('attention-pool', x!, 2);
    return { shape: [x!.shape[1]!] };
  },
  parameters: ([x]) => {
    const features = x!.shape[1]!;
    return [
      {
        suffix: 'weight',
        shape: [features, 1],
        role: 'weight',
        // As PyTorch's linear layer starts.
        initial: { kind: 'uniform', bound: 1 / Math.sqrt(features) },
        torch: { shape: [1, features], view: [features, 1], axes: [1, 0] },
        // One row at any width.
        rows: Infinity,
      },
    ];
  },
  flops: ([x]) => 4 * x!.shape[0]! * x!.shape[1]!,
  memory: ({ examples, inputs: [x] }) => ({
    keeps: ['inputs'],
    forward: ['output', { work: bytesOf(examples, x!) }],
    backward: [{ work: 3 * bytesOf(examples, x!) }, { gradient: 'weight' }, { inputs: 'new' }],
  }),
});
