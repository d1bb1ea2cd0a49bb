/** A folder in, a manifest out: the adapter that fits, or the one that the user chose, reads it. */
import type { CorpusAdapter, ScanOptions } from './adapter';
import { adapterOf, ADAPTERS } from './adapters/registry';
import { detectCorpus } from './detect';
import { cancellable, isDirectory } from './listing';
import type { CorpusDirectory, CorpusEntry, CorpusManifest, Detection } from './types';
import { CorpusError } from '../errors/errors';
import type { Progress } from '../progress';

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
  let listed = 0;
  const onProgress = (state: Progress): void =>
    options.onProgress?.(state.total === 0 ? { ...state, done: listed } : state);
  const { folder, scanning } = listedOnce(cancellable(root, options.signal), (more, current) => {
    listed += more;
    onProgress({ done: listed, total: 0, current });
  });
  const detected = await detections(folder, options, chosen, adapters);
  scanning();
  const adapter =
    chosen === null
      ? adapters.find(({ id }) => id === detected[0]!.adapter)!
      : adapterOf({ adapter: chosen });
  const { fingerprint, sizesFingerprint, utterances, problems, sample, found, described, table } =
    await adapter.scan(folder, { ...options, onProgress });
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
    ...(sample === undefined ? {} : { sample }),
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

/**
 * The folder, listed once for both: what detection listed is what the scan is given at its first look. At a
 * second look a folder is listed anew.
 * @param seen is called with the number of entries since the last time and the path of the last one
 */
function listedOnce(
  root: CorpusDirectory,
  seen: (more: number, current: string) => void,
): { readonly folder: CorpusDirectory; readonly scanning: () => void } {
  let detecting = true;
  const once = (directory: CorpusDirectory, prefix: string): CorpusDirectory => {
    let known: Promise<readonly CorpusEntry[]> | null = null;
    const list = async (): Promise<readonly CorpusEntry[]> => {
      let told = 0;
      const tell = (count: number, name: string): void => {
        seen(count - told, prefix + name);
        told = count;
      };
      const entries = await directory.entries(tell);
      if (entries.length > told) tell(entries.length, entries.at(-1)!.name);
      return entries.map((entry) => (isDirectory(entry) ? once(entry, `${prefix}${entry.name}/`) : entry));
    };
    return {
      kind: 'directory',
      name: directory.name,
      entries: () => {
        const before = known;
        known = before === null && detecting ? list() : null;
        return before ?? known ?? list();
      },
    };
  };
  return { folder: once(root, ''), scanning: () => (detecting = false) };
}
