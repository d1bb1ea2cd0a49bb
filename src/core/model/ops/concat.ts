/** Values side by side along the last axis (channels or features); the other axes must agree. */
import { ModelError } from '../../errors/errors';
import { defineOp } from './op';

export const concat = defineOp({
  id: 'concat',
  inputs: 'several',
  fields: {},
  output: (inputs) => {
    const around = inputs.map(({ shape }) => shape.slice(0, -1).join('×'));
    const fits = inputs.every(
      ({ shape, merged }, i) =>
        around[i] === around[0] && shape.length === inputs[0]!.shape.length && !merged,
    );
    if (!fits)
      throw new ModelError('graph-shape', {
        op: 'concat',
        why: 'last',
        shape: inputs.map(({ shape }) => shape.join('×')).join(', '),
      });
    const channels = inputs.reduce((sum, { shape }) => sum + shape.at(-1)!, 0);
    return { shape: [...inputs[0]!.shape.slice(0, -1), channels] };
  },
  memory: () => ({ keeps: [], forward: ['output'], backward: [{ inputs: 'new' }] }),
});
