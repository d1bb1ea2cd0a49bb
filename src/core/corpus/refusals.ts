/** Errors for folders that hold no corpus. */
import { CorpusError } from '../errors/errors';
import type { CorpusEntry } from './types';

export const emptyFolder = (folder: string): CorpusError =>
  new CorpusError(
    'empty-folder',
    `The folder “${folder}” is empty.`,
    'Open the folder that holds the corpus. Symbolic links are not shown to a page: open the folder they lead to.',
    { folder },
  );

/** @param corpora names of what was looked for  @param entries of the folder; the first few are named */
export function notThisCorpus(
  folder: string,
  corpora: readonly string[],
  entries: readonly CorpusEntry[],
): CorpusError {
  const names = entries
    .filter(({ name }) => !name.startsWith('.'))
    .map(({ name, kind }) => (kind === 'directory' ? `${name}/` : name))
    .sort();
  const shown = names.slice(0, 5).join(', ');
  const looked = corpora.join(' / ');
  return new CorpusError(
    'not-a-corpus',
    `No ${looked} corpus was found in the folder “${folder}”.`,
    `Found ${shown}${names.length > 5 ? ` and ${names.length - 5} more` : ''}. ` +
      'Open the release folder, a part of it, or the folder around it.',
    { folder, corpora: looked, found: names.length > 5 ? `${shown}, …` : shown },
  );
}
