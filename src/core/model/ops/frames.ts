/**
 * A picture as a sequence: a frame for each column, which is time, with all rows and channels of it as its
 * features. [h, w, c] becomes [w, h c].
 */
import { bytesOf, defineOp, requireAxes } from './op';

export const frames = defineOp({
  id: 'frames',
  inputs: 1,
  fields: {},
  output: ([x]) => {
    requireAxes('frames', x!, 3);
    const [h, w, c] = x!.shape as readonly [number, number, number];
    return { shape: [w, h * c], merged: [h, c] };
  },
  memory: ({ examples, output }) => ({
    keeps: [],
    forward: ['output', { work: bytesOf(examples, output) }],
    backward: [{ inputs: 'new', work: bytesOf(examples, output) }],
  }),
});
