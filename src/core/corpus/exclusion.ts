/**
 * Utterances that a run leaves out by choice: by their ids, before anything is divided. What a label scheme leaves
 * out is another thing (label-schemes.ts), and so is what has no features (training/run-data.ts).
 */
import type { CorpusManifest } from './types';

/** What a run uses of a corpus; a configuration says it. */
export interface Selection {
  readonly labelScheme: string;
  /** Ids of utterances that are left out; absent: none. */
  readonly exclude?: readonly string[] | undefined;
}

/** As many utterances as a configuration may leave out one by one. */
export const MOST_EXCLUDED = 10_000;

export interface Exclusion {
  /** That the corpus has, in its order. */
  readonly found: readonly string[];
  /** That it does not have: of another corpus, or of another copy. */
  readonly unknown: readonly string[];
}

/** @param exclude ids, in any order */
export function exclusionOf(
  { utterances }: Pick<CorpusManifest, 'utterances'>,
  exclude: readonly string[] = [],
): Exclusion {
  const left = new Set(exclude);
  if (left.size === 0) return { found: [], unknown: [] };
  const found = utterances.filter(({ id }) => left.delete(id)).map(({ id }) => id);
  return { found, unknown: [...left].sort() };
}

/** As a configuration keeps it: each id once, in order. */
export const excludedIds = (ids: Iterable<string>): string[] => [...new Set(ids)].sort();
