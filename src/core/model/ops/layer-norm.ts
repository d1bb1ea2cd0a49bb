/** Layer normalisation over the last axis, as PyTorch's `LayerNorm` (epsilon 1e-5). */
import { bytesOf, defineOp } from './op';

export const layerNorm = defineOp({
  id: 'layer-norm',
  inputs: 1,
  fields: {},
  output: ([x]) => x!,
  parameters: ([x]) => {
    const shape = [x!.shape.at(-1)!];
    return [
      { suffix: 'weight', shape, role: 'scale', initial: { kind: 'constant', value: 1 } },
      { suffix: 'bias', shape, role: 'offset', initial: { kind: 'constant', value: 0 } },
    ];
  },
  memory: ({ examples, output }) => ({
    keeps: [],
    forward: ['output', { keep: bytesOf(examples, output) }, { work: 2 * bytesOf(examples, output) }],
    backward: [
      { work: 4 * bytesOf(examples, output) },
      { gradient: 'weight' },
      { gradient: 'bias' },
      { inputs: 'new' },
    ],
  }),
});
