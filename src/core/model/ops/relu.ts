/** max(0, x). */
import { bytesOf, defineOp } from './op';

export const relu = defineOp({
  id: 'relu',
  inputs: 1,
  fields: {},
  output: ([x]) => x!,
  memory: ({ examples, output }) => ({
    keeps: ['output'],
    forward: ['output'],
    backward: [{ work: 2 * bytesOf(examples, output) }, { inputs: 'new' }],
  }),
});
