/** Smooth activations, element by element: sigmoid, tanh, SiLU and GELU (the exact one, PyTorch's default). */
import { bytesOf, defineOp } from './op';

const smooth = (id: string) =>
  defineOp({
    id,
    inputs: 1,
    fields: {},
    output: ([x]) => x!,
    memory: ({ examples, output }) => ({
      keeps: ['inputs', 'output'],
      forward: ['output', { work: 3 * bytesOf(examples, output) }],
      backward: [{ work: 4 * bytesOf(examples, output) }, { inputs: 'new' }],
    }),
  });

export const sigmoid = smooth('sigmoid');
export const tanh = smooth('tanh');
export const silu = smooth('silu');
export const gelu = smooth('gelu');
