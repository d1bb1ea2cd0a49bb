/**
 * Adam over a whole range of flat memory in one dispatch, in place. The same formula as
 * kernels/shared/adam.ts.
 */
import type { AdamStep } from '../shared/adam';
import { flat, flatIndex, reads, writes, type Gpu, type Operand } from './gpu';
import { Kernel } from './registry';
import { divides4, lane } from './wgsl';

export interface AdamOperands {
  readonly w: Operand;
  readonly g: Operand;
  readonly m: Operand;
  readonly v: Operand;
  readonly step: AdamStep;
}

export const adamKernel = new Kernel<{ readonly count: number }, AdamOperands>('adam', () => 'any', [
  {
    name: 'flat',
    supports: () => true,
    run(gpu: Gpu, { count }, { w, g, m, v, step: { learningRate, beta1, beta2, epsilon, iteration } }) {
      const type = lane(divides4(count));
      const elements = divides4(count) ? count / 4 : count;
      gpu.run({
        label: `adam ${type}`,
        bindings: [
          writes('w', type, w),
          reads('g', type, g),
          writes('m', type, m),
          writes('second', type, v),
        ],
        sizes: { count: elements },
        values: {
          beta1,
          rest1: 1 - beta1,
          beta2,
          rest2: 1 - beta2,
          epsilon,
          rate: learningRate / (1 - beta1 ** iteration),
          correction: 1 / Math.sqrt(1 - beta2 ** iteration),
        },
        workgroups: flat(elements),
        code: () => `${flatIndex}
  if (index >= u.count) { return; }
  let gradient = g[index];
  let first = v.beta1 * m[index] + v.rest1 * gradient;
  let square = v.beta2 * second[index] + v.rest2 * gradient * gradient;
  m[index] = first;
  second[index] = square;
  w[index] -= (v.rate * first) / (sqrt(square) * v.correction + v.epsilon);
}`,
      });
    },
  },
]);
