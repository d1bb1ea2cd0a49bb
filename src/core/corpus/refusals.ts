/** Errors for folders that hold no corpus. */
import { CorpusError } from '../errors/errors';
import type { CorpusAdapter } from './adapter';
import type { CorpusEntry } from './types';

export const emptyFolder = (folder: string): CorpusError => new CorpusError('empty-folder', { folder });

/** @param corpora what was looked for  @param entries of the folder; the first few are named */
export function notThisCorpus(
  folder: string,
  corpora: readonly Pick<CorpusAdapter, 'name' | 'lookedFor'>[],
  entries: readonly CorpusEntry[],
): CorpusError {
  const names = entries
    .filter(({ name }) => !name.startsWith('.'))
    .map(({ name, kind }) => (kind === 'directory' ? `${name}/` : name))
    .sort();
  const shown = names.slice(0, 5).join(', ');
  const lookedFor = corpora.map((corpus) => `${corpus.name}: ${corpus.lookedFor}`).join('; ');
  const found = names.length > 5 ? `${shown}, …` : shown;
  return corpora.length === 1
    ? new CorpusError('not-a-corpus', { folder, corpora: corpora[0]!.name, lookedFor, found })
    : new CorpusError('no-known-corpus', { folder, lookedFor, found });
}
