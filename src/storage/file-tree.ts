/** A folder made of a list of paths: what a file list, a zip file and a packed folder have in common. */
import type { CorpusDirectory, CorpusEntry, CorpusFile } from '../core/corpus/types';

/**
 * @param name of the folder itself
 * @param files by their `/`-separated paths below it; folders are made as they are named
 */
export function fileTree(
  name: string,
  files: Iterable<readonly [path: string, file: Omit<CorpusFile, 'kind' | 'name'>]>,
): CorpusDirectory {
  const root: CorpusEntry[] = [];
  const children = new Map<string, CorpusEntry[]>([['', root]]);
  const childrenOf = (path: string): CorpusEntry[] => {
    const known = children.get(path);
    if (known) return known;
    const list: CorpusEntry[] = [];
    children.set(path, list);
    const [parent, own] = splitPath(path);
    childrenOf(parent).push(directory(own, list));
    return list;
  };
  for (const [path, file] of files) {
    const [parent, own] = splitPath(path);
    childrenOf(parent).push({ kind: 'file', name: own, ...file });
  }
  return directory(name, root);
}

const directory = (name: string, entries: readonly CorpusEntry[]): CorpusDirectory => ({
  kind: 'directory',
  name,
  entries: () => Promise.resolve(entries),
});

/** `a/b/c` into `a/b` and `c`. */
export function splitPath(path: string): readonly [parent: string, name: string] {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? ['', path] : [path.slice(0, slash), path.slice(slash + 1)];
}
