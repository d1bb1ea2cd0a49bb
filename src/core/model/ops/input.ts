/** The images that a model is given; the first node of every graph. */
import { defineOp } from './op';

export const input = defineOp({
  id: 'input',
  inputs: 0,
  fields: {
    size: { kind: 'whole', min: 1 },
    channels: { kind: 'whole', min: 1, default: 1 },
  },
  output: (_inputs, { size, channels }) => ({ shape: [size, size, channels] }),
});
