/**
 * A picture of one channel with its deltas and their deltas along time (columns) as second and third channel,
 * as Chen et al. 2018 feed them to their network: a regression over two columns on either side, edges
 * repeated. Computed from the picture, so that what moves or masks the picture moves its deltas.
 */
import { ModelError } from '../../errors/errors';
import { bytesOf, defineOp, requireAxes } from './op';

export const deltas = defineOp({
  id: 'deltas',
  inputs: 1,
  fields: {},
  output: ([x]) => {
    requireAxes('deltas', x!, 3);
    const [h, w, c] = x!.shape as readonly [number, number, number];
    if (c !== 1)
      throw new ModelError('graph-shape', { op: 'deltas', why: 'one-channel', shape: x!.shape.join('×') });
    return { shape: [h, w, 3] };
  },
  memory: ({ examples, output }) => ({
    keeps: [],
    forward: ['output', { work: 2 * bytesOf(examples, output) }],
    backward: [{ inputs: 'new', work: 2 * bytesOf(examples, output) }],
  }),
});
