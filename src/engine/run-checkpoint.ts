/**
 * A run's arrays to and from a checkpoint: parameters, running statistics and Adam's moments, under one naming scheme
 * (`parameter/…`, `adam.m/…`, `adam.v/…`). Storing them is storage/checkpoints.ts.
 */
import { StorageError } from '../core/errors/errors';
import type { NamedTensor } from '../storage/checkpoints';
import type { Adam } from './adam';
import type { Network } from './network';

/** Reads array after array, so that a model of any size passes through one chunk of memory. */
export async function* readRun(network: Network, adam: Adam): AsyncGenerator<NamedTensor> {
  for await (const { name, shape, data } of network.read()) yield { name: `parameter/${name}`, shape, data };
  for await (const { name, shape, data } of adam.read()) yield { name: `adam.${name}`, shape, data };
}

/** The inverse, bit for bit. @throws StorageError `checkpoint-mismatch` when names or sizes are another model's */
export async function writeRun(network: Network, adam: Adam, tensors: AsyncIterable<NamedTensor>, iterations: number): Promise<void> {
  let seen = 0;
  for await (const { name, data } of tensors) {
    seen++;
    const known = name.startsWith('parameter/') ? network.write(name.slice('parameter/'.length), data) : adam.write(name.slice('adam.'.length), data);
    if (!known) throw mismatch(name);
  }
  const expected = network.parameters.length + adam.size;
  if (seen !== expected) throw mismatch(`${seen} of ${expected} arrays`);
  adam.iterations = iterations;
}

function mismatch(what: string): StorageError {
  return new StorageError('checkpoint-mismatch', `The checkpoint does not fit this model (${what}).`,
    'Start the run again: the same seed gives the same run.', { what });
}
