/** Average pooling without padding; what no whole window covers is left out, as in PyTorch. */
import { outputSize } from '../graph';
import { bytesOf, defineOp, requireAxes, requirePositions } from './op';

export const averagePool = defineOp({
  id: 'average-pool',
  inputs: 1,
  fields: {
    kernel: { kind: 'whole', min: 1 },
    stride: { kind: 'whole', min: 1 },
  },
  output: ([x], { kernel, stride }) => {
    requireAxes('average-pool', x!, 3);
    const [h, w, c] = x!.shape as readonly [number, number, number];
    const shape = [outputSize(h, kernel, stride), outputSize(w, kernel, stride), c];
    requirePositions('average-pool', shape);
    return { shape };
  },
  memory: ({ examples, inputs: [x], attributes: { kernel } }) => ({
    keeps: [],
    forward: ['output'],
    backward: [{ work: (kernel ** 2 + 1) * bytesOf(examples, x!) }, { inputs: 'new' }],
  }),
});
