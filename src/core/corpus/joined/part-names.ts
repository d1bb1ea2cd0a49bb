/** Short names of the parts of a joined corpus: what kind of corpus each is, and a number where that is not enough. */
import { hashName } from '../../random/streams';
import type { CorpusManifest } from '../types';
import type { PartOrigin } from './joined';

interface Named {
  readonly origin: PartOrigin;
  readonly manifest: CorpusManifest;
}

/** Letters of a name that stand in ids and links as they are. */
const LENGTH = 20;

/** A demo corpus by its seed, one that names describe by its adapter, one that a table describes by its folder. */
function nameOf({ origin, manifest: { adapter, table } }: Named): string {
  if (origin.kind === 'demo') return `${adapter}${origin.seed}`;
  if (!table) return adapter;
  const text = origin.name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, LENGTH);
  return text === '' ? hashName(origin.name).slice(0, 8) : text;
}

/** @returns each with a name that no other has; which of two gets the number depends on their contents alone */
export function partNames<T extends Named>(parts: readonly T[]): readonly (T & { readonly name: string })[] {
  const inOrder = parts.toSorted((a, b) => (a.manifest.fingerprint < b.manifest.fingerprint ? -1 : 1));
  const taken = new Set<string>();
  return inOrder.map((part) => {
    const name = nameOf(part);
    let free = name;
    for (let i = 2; taken.has(free); i++) free = `${name}-${i}`;
    taken.add(free);
    return { ...part, name: free };
  });
}
