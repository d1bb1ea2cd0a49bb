/** The smooth activations as operations. */
import {
  gelu as g,
  sigmoid as s,
  silu as si,
  tanh as t,
  type Activation,
} from '../kernels/composed/activation';
import type { Operation } from './operation';

const operation = ({ forward, gradient }: Activation): Operation => ({
  forward: (_step, [x], mode) => {
    const y = forward(x!);
    return { y, kept: mode.training ? [x!, y.clone()] : [] };
  },
  backward: (_step, { kept: [x, y] }, dy) => [gradient(dy, x!, y!)],
});

export const sigmoid = operation(s);
export const tanh = operation(t);
export const silu = operation(si);
export const gelu = operation(g);
