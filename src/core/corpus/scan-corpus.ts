/** A folder in, a manifest out: the adapter that fits, or the one that the user chose, reads it. */
import type { CorpusAdapter, ScanOptions } from './adapter';
import { adapterOf, ADAPTERS } from './adapters/registry';
import { detectCorpus } from './detect';
import type { CorpusDirectory, CorpusManifest, Detection } from './types';
import { CorpusError } from '../errors/errors';

/**
 * @param chosen id of the adapter that the user chose, whatever is detected; null: the one with the highest
 * score
 * @throws what {@link detectCorpus} and the adapter's scan throw
 */
export async function scanCorpus(
  root: CorpusDirectory,
  { chosen = null, ...options }: ScanOptions & { readonly chosen?: string | null | undefined } = {},
  adapters: readonly CorpusAdapter[] = ADAPTERS,
): Promise<CorpusManifest> {
  const detected = await detections(root, options, chosen, adapters);
  const adapter =
    chosen === null
      ? adapters.find(({ id }) => id === detected[0]!.adapter)!
      : adapterOf({ adapter: chosen });
  const { fingerprint, sizesFingerprint, utterances, problems, found, described, table } = await adapter.scan(
    root,
    options,
  );
  return {
    version: 2,
    adapter: adapter.id,
    detected,
    ...(chosen === null ? {} : { byHand: true }),
    ...(described ? { described } : {}),
    ...(table ? { table } : {}),
    fingerprint,
    sizesFingerprint,
    utterances,
    problems,
    found,
  };
}

/** A folder that no adapter knows is still read by the one that was chosen. */
async function detections(
  root: CorpusDirectory,
  { signal }: ScanOptions,
  chosen: string | null,
  adapters: readonly CorpusAdapter[],
): Promise<readonly Detection[]> {
  try {
    return await detectCorpus(root, signal, adapters);
  } catch (error) {
    if (chosen !== null && error instanceof CorpusError && error.code === 'no-known-corpus') return [];
    throw error;
  }
}
