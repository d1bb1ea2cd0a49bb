/** Batch normalisation of each channel, with running statistics as in PyTorch (momentum 0.1, epsilon 1e-5). */
import { bytesOf, defineOp } from './op';

export const batchNorm = defineOp({
  id: 'batch-norm',
  inputs: 1,
  fields: {},
  output: ([x]) => x!,
  parameters: ([x]) => {
    const shape = [x!.shape.at(-1)!];
    const constant = (value: number) => ({ kind: 'constant' as const, value });
    return [
      { suffix: 'weight', shape, role: 'scale', initial: constant(1) },
      { suffix: 'bias', shape, role: 'offset', initial: constant(0) },
      { suffix: 'running_mean', shape, role: 'runningMean', initial: constant(0) },
      { suffix: 'running_var', shape, role: 'runningVariance', initial: constant(1) },
    ];
  },
  memory: ({ examples, output }) => ({
    keeps: ['inputs'],
    forward: ['output', { work: 2 * bytesOf(examples, output) }],
    backward: [
      { work: 3 * bytesOf(examples, output) },
      { gradient: 'weight' },
      { gradient: 'bias' },
      { inputs: 'new' },
    ],
  }),
});
