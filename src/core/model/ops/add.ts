/** The sum of values of one shape: where a residual block's branches meet. */
import { ModelError } from '../../errors/errors';
import { defineOp } from './op';

export const add = defineOp({
  id: 'add',
  inputs: 'several',
  fields: {},
  output: (inputs) => {
    const [first, ...rest] = inputs.map(({ shape }) => shape.join('×'));
    const other = rest.find((shape) => shape !== first);
    if (other !== undefined)
      throw new ModelError('graph-shape', { op: 'add', why: 'same', shape: `${first}, ${other}` });
    return inputs[0]!;
  },
  memory: () => ({ keeps: [], forward: ['output'], backward: [{ inputs: 'shared' }] }),
});
