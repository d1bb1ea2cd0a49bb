/**
 * Which examples meet in which batch: a fresh shuffle every epoch out of the run's own stream, so that batch
 * b of epoch e can be named without having run the epochs before it. The last batch of an epoch may be
 * smaller.
 */
import { RandomStream } from '../random/streams';
import type { Example } from './dataset';

/** @param epoch 1-based; null keeps the order (validation) */
export function batchesOf(
  examples: readonly Example[],
  batchSize: number,
  seed: number,
  epoch: number | null,
): readonly (readonly Example[])[] {
  const order = epoch === null ? examples : new RandomStream(seed, 'shuffle', epoch).shuffled(examples);
  return Array.from({ length: Math.ceil(order.length / batchSize) }, (_, i) =>
    order.slice(i * batchSize, (i + 1) * batchSize),
  );
}
