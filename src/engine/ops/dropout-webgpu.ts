/** Dropout whose mask our own WGSL draws from the run's stream: the mask that the host would draw. */
import { dropoutOf } from '../kernels/webgpu/ops';
import { only, type Operation } from './operation';
import { dropout } from './simple';

type Stream = Parameters<typeof dropoutOf>[2];

export const dropoutOnGpu: Operation = {
  forward: (step, [x], mode) => {
    const { name, attributes } = only(step);
    const stream = mode.training ? mode.stream?.(name, x!.size) : undefined;
    // A mask that the caller draws.
    if (!stream) return dropout.forward(step, [x!], mode);
    return { y: dropoutOf(x!, attributes['rate'] as number, stream), kept: [], state: stream };
  },
  backward: (step, done, dy, how) =>
    done.state
      ? [dropoutOf(dy, only(step).attributes['rate'] as number, done.state as Stream)]
      : dropout.backward(step, done, dy, how),
};
