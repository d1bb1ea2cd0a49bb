/**
 * Which corpus is which. A corpus is known by what its recordings sound like; 0.1.0 knew it by the sizes of
 * its files, and its runs, configurations and folders name it so. Sizes find a corpus again, but they do not
 * vouch for it.
 */
import type { CorpusManifest } from './types';

/**
 * Whether the manifest says what its recordings sound like. Those of 0.1.0 do not: such a folder is read
 * again before anything is made of it.
 */
export const knowsContents = ({ sizesFingerprint }: Pick<CorpusManifest, 'sizesFingerprint'>): boolean =>
  sizesFingerprint !== undefined;

/**
 * Whether `id` means this corpus.
 * @returns `content`: it does; `sizes`: its files are of the right names, labels and sizes, and whether they
 * sound as they did then cannot be known; null: another corpus
 */
export function identify(
  manifest: Pick<CorpusManifest, 'fingerprint' | 'sizesFingerprint'>,
  id: string,
): 'content' | 'sizes' | null {
  if (manifest.fingerprint === id) return knowsContents(manifest) ? 'content' : 'sizes';
  return manifest.sizesFingerprint === id ? 'sizes' : null;
}
