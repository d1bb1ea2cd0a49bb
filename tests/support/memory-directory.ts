/** A folder made of a list of paths, for tests: text, bytes, or an error that reading throws. */
import type { CorpusDirectory, CorpusEntry } from '../../src/core/corpus/types';

export type Content = string | Uint8Array | Error;

/**
 * @param files content by `/`-separated path; a path that ends in `/` is an empty folder, or with an error
 * one that cannot be listed
 */
export function memoryDirectory(
  files: Readonly<Record<string, Content>>,
  name = 'root',
  prefix = '',
): CorpusDirectory {
  return {
    kind: 'directory',
    name,
    entries: async () => {
      const own = files[prefix];
      if (own instanceof Error) throw own;
      const children = new Map<string, CorpusEntry>();
      for (const [path, content] of Object.entries(files)) {
        if (!path.startsWith(prefix) || path === prefix) continue;
        const [child = '', ...rest] = path.slice(prefix.length).split('/');
        if (rest.length > 0) children.set(child, memoryDirectory(files, child, `${prefix}${child}/`));
        else children.set(child, memoryFile(child, content));
      }
      return [...children.values()];
    },
  };
}

function memoryFile(name: string, content: Content): CorpusEntry {
  const read = async (): Promise<Uint8Array> => {
    if (content instanceof Error) throw content;
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  return {
    kind: 'file',
    name,
    size: async () => (await read()).length,
    bytes: async (start, end) => (await read()).slice(start, end),
  };
}
