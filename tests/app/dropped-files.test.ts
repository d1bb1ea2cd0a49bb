/**
 * A dropped folder's files by way of entries: all of them with their paths, in batches, and what cannot be
 * read is named.
 */
import { describe, expect, it } from 'vitest';
import { filesOf } from '../../src/app/dropped-files';

type Tree = { readonly [name: string]: Tree | string | null };

/** The browser's entries of a tree; null is a file, and a folder with `!` one, that cannot be read. */
function entry(name: string, tree: Tree, path = `/${name}`): FileSystemDirectoryEntry {
  const children = Object.entries(tree)
    .filter(([key]) => key !== '!')
    .map(([key, value]) =>
      value !== null && typeof value === 'object'
        ? entry(key, value, `${path}/${key}`)
        : {
            isDirectory: false,
            name: key,
            fullPath: `${path}/${key}`,
            file: (done: (file: File) => void, failed: (error: Error) => void) =>
              value === null ? failed(new Error('io')) : done(new File([value], key)),
          },
    );
  return {
    isDirectory: true,
    name,
    fullPath: path,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (done: (batch: unknown[]) => void, failed: (error: Error) => void) =>
          '!' in tree ? failed(new Error('io')) : done(children.slice(at, (at += 2))),
      };
    },
  } as unknown as FileSystemDirectoryEntry;
}

describe('a dropped folder', () => {
  it('gives all files with their paths, and names what it could not read', async () => {
    const { files, lost } = await filesOf(
      entry('corpus', {
        a: 'x',
        b: { c: 'y', d: null, e: 'z', f: { g: 'u' } },
        h: 'v',
        i: 'w',
        closed: { '!': null },
      }),
    );
    expect(files.map(({ webkitRelativePath }) => webkitRelativePath).sort()).toEqual([
      'corpus/a',
      'corpus/b/c',
      'corpus/b/e',
      'corpus/b/f/g',
      'corpus/h',
      'corpus/i',
    ]);
    expect([...lost].sort()).toEqual(['/corpus/b/d', '/corpus/closed']);
  });

  it('may have more files than a call takes arguments', async () => {
    const { files } = await filesOf(
      entry('corpus', { b: Object.fromEntries(Array.from({ length: 150_000 }, (_, i) => [`${i}`, 'x'])) }),
    );
    expect(files).toHaveLength(150_000);
  });
});
