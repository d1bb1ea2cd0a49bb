/** Max pooling; of equal maxima the first gets the gradient, as in PyTorch. */
import { outputSize } from '../graph';
import { bytesOf, defineOp, requireAxes, requirePositions } from './op';

export const maxPool = defineOp({
  id: 'max-pool',
  inputs: 1,
  fields: {
    kernel: { kind: 'whole', min: 1 },
    stride: { kind: 'whole', min: 1 },
    padding: { kind: 'whole', min: 0, default: 0 },
  },
  output: ([x], { kernel, stride, padding }) => {
    requireAxes('max-pool', x!, 3);
    const [h, w, c] = x!.shape as readonly [number, number, number];
    const shape = [outputSize(h, kernel, stride, padding), outputSize(w, kernel, stride, padding), c];
    requirePositions('max-pool', shape);
    return { shape };
  },
  // The places of the maxima are kept.
  memory: ({ examples, inputs: [x], output, attributes: { padding } }) => {
    // With a border, the picture is copied into a larger one, and the gradient out of it.
    const [h, w, c] = x!.shape as readonly [number, number, number];
    const work = padding > 0 ? bytesOf(examples, { shape: [h + 2 * padding, w + 2 * padding, c] }) : 0;
    return {
      keeps: [],
      forward: ['output', { keep: bytesOf(examples, output) }, { work }],
      backward: [{ inputs: 'new', work }],
    };
  },
});
