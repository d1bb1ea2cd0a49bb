/** Max pooling without padding; of equal maxima the first gets the gradient, as in PyTorch. */
import { outputSize } from '../graph';
import { bytesOf, defineOp, requireAxes, requirePositions } from './op';

export const maxPool = defineOp({
  id: 'max-pool',
  inputs: 1,
  fields: {
    kernel: { kind: 'whole', min: 1 },
    stride: { kind: 'whole', min: 1 },
  },
  output: ([x], { kernel, stride }) => {
    requireAxes('max-pool', x!, 3);
    const [h, w, c] = x!.shape as readonly [number, number, number];
    const shape = [outputSize(h, kernel, stride), outputSize(w, kernel, stride), c];
    requirePositions('max-pool', shape);
    return { shape };
  },
  // The places of the maxima are kept.
  memory: ({ examples, output }) => ({
    keeps: [],
    forward: ['output', { keep: bytesOf(examples, output) }],
    backward: [{ inputs: 'new' }],
  }),
});
