/** Dropout masks from the run's own random streams: the same on every backend, in one piece and in parts. */
import { RandomStream } from '../../core/random/streams';

/** @param step 1-based */
export const dropoutStream = (seed: number, layer: string, step: number): RandomStream =>
  new RandomStream(seed, 'dropout', layer, step);

/** Keep-mask of a dropout layer (1 keep, 0 drop). @param rate what share is dropped  @param step 1-based */
export function dropoutMask(
  seed: number,
  layer: string,
  step: number,
  length: number,
  rate: number,
): Uint8Array {
  const stream = dropoutStream(seed, layer, step);
  const threshold = rate * 0x100000000;
  const mask = new Uint8Array(length);
  for (let i = 0; i < length; i++) mask[i] = stream.uint32() >= threshold ? 1 : 0;
  return mask;
}

/** A step's masks of the whole batch, drawn once a layer: parts take their rows of them. */
export function wholeMasks(
  seed: number,
  step: number,
  count: number,
): (layer: string, each: number, rate: number) => Uint8Array {
  const drawn = new Map<string, Uint8Array>();
  return (layer, each, rate) => {
    const mask = drawn.get(layer) ?? dropoutMask(seed, layer, step, each * count, rate);
    drawn.set(layer, mask);
    return mask;
  };
}
