/** The mean over all positions of a picture, or over time: [h, w, c] or [t, c] becomes [c]. */
import { ModelError } from '../../errors/errors';
import { defineOp } from './op';

export const globalAveragePool = defineOp({
  id: 'global-average-pool',
  inputs: 1,
  fields: {},
  output: ([x]) => {
    if (x!.shape.length < 2)
      throw new ModelError('graph-shape', {
        op: 'global-average-pool',
        why: 'positions',
        shape: x!.shape.join('×'),
      });
    const { shape, merged } = x!;
    return { shape: [shape.at(-1)!], ...(merged ? { merged } : {}) };
  },
  memory: () => ({ keeps: [], forward: ['output'], backward: [{ inputs: 'new' }] }),
});
