/** Inverted dropout: what is kept is divided by 1 - rate, so that inference changes nothing. */
import { bytesOf, defineOp } from './op';

export const dropout = defineOp({
  id: 'dropout',
  inputs: 1,
  fields: { rate: { kind: 'number', min: 0, below: 1 } },
  output: ([x]) => x!,
  memory: ({ examples, output }) => ({
    keeps: [],
    forward: [{ keep: bytesOf(examples, output) }, 'output'],
    backward: [{ inputs: 'new' }],
  }),
  draws: true,
});
