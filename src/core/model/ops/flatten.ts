/** All axes of an example as one: rows, columns, channels in this order, where PyTorch has channels first. */
import { sizeOf } from '../graph';
import { defineOp } from './op';

export const flatten = defineOp({
  id: 'flatten',
  inputs: 1,
  fields: {},
  output: ([x]) => ({ shape: [sizeOf(x!.shape)], merged: x!.shape }),
  memory: () => ({ keeps: [], forward: ['output-is-input'], backward: [{ inputs: 'shared' }] }),
});
