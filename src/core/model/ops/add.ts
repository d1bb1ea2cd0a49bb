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
      throw new ModelError(
        'graph-shape',
        `add takes values of one shape, not ${first} and ${other}.`,
        'Bring the branches to one shape first, such as with a convolution of 1×1.',
        { op: 'add', shape: `${first}, ${other}` },
      );
    return inputs[0]!;
  },
  memory: () => ({ keeps: [], forward: ['output'], backward: [{ inputs: 'shared' }] }),
});
