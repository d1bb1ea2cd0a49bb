/**
 * How the processor's cores are shared out between the workers that make images and the threads that train.
 */

/** One sampler leaves the other core to the trainer; more only where there are cores to spare. */
export const samplerCount = (): number =>
  Math.max(1, Math.min(4, Math.floor((navigator.hardwareConcurrency - 1) / 2)));

export const coresBesideSamplers = (): number => navigator.hardwareConcurrency - samplerCount();
