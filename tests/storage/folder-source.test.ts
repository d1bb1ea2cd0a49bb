/**
 * A directory handle and a webkitdirectory file list of the same folder give the same tree, paths and bytes.
 */
import { describe, expect, it } from 'vitest';
import type { CorpusDirectory } from '../../src/core/corpus/types';
import { PermissionLostError, StorageError } from '../../src/core/errors/errors';
import { fileAt, openFolder } from '../../src/storage/folder-source';
import { directoryHandle, fileList, type Tree } from './fake-files';

const tree: Tree = {
  Session1: { sentences: { wav: { a: { 'a_F000.wav': 'one', '._a.wav': 'x' }, b: { 'b.wav': 'two' } } } },
  'readme.txt': 'hello',
};

async function walk(directory: CorpusDirectory, path = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await directory.entries()) {
    const where = path + entry.name;
    if (entry.kind === 'directory') Object.assign(found, await walk(entry, `${where}/`));
    else found[where] = `${await entry.size()}:${new TextDecoder().decode(await entry.bytes(0, 1 << 16))}`;
  }
  return found;
}

const everything = {
  'Session1/sentences/wav/a/a_F000.wav': '3:one',
  'Session1/sentences/wav/a/._a.wav': '1:x',
  'Session1/sentences/wav/b/b.wav': '3:two',
  'readme.txt': '5:hello',
};

describe.each([
  ['handle', () => ({ kind: 'handle', handle: directoryHandle('IEMOCAP', tree) }) as const],
  ['files', () => ({ kind: 'files', files: fileList('IEMOCAP', tree) }) as const],
])('%s', (_, source) => {
  it('lists everything, hidden files included, by paths without the folder name', async () => {
    const folder = await openFolder(source());
    expect(folder.name).toBe('IEMOCAP');
    expect(await walk(folder)).toEqual(everything);
  });

  it('finds a file by its path', async () => {
    const file = await fileAt(source(), 'Session1/sentences/wav/b/b.wav');
    expect(await file.text()).toBe('two');
  });

  it.each(['Session1/sentences/wav/b/c.wav', 'Session2/x.wav', ''])(
    'names what is missing: “%s”',
    async (path) => {
      await expect(fileAt(source(), path)).rejects.toMatchObject({
        name: 'StorageError',
        code: 'file-missing',
        details: { where: path },
      });
      await expect(fileAt(source(), path)).rejects.toBeInstanceOf(StorageError);
    },
  );

  it('reads a part of a file, and no more than there is', async () => {
    const entry = (await (await openFolder(source())).entries()).find(({ name }) => name === 'readme.txt');
    if (entry?.kind !== 'file') throw new Error('readme.txt is not listed');
    expect(new TextDecoder().decode(await entry.bytes(1, 3))).toBe('el');
    expect((await entry.bytes(4, 100)).length).toBe(1);
  });
});

describe('a handle', () => {
  it('resolves each directory once, however many files are looked up', async () => {
    const lookups = { count: 0 };
    const source = { kind: 'handle', handle: directoryHandle('root', tree, lookups) } as const;
    await Promise.all(
      Array.from({ length: 50 }, () => fileAt(source, 'Session1/sentences/wav/a/a_F000.wav')),
    );
    await fileAt(source, 'Session1/sentences/wav/b/b.wav');
    expect(lookups.count).toBe(5);
  });

  it('says when the permission is gone', async () => {
    const handle = {
      kind: 'directory',
      name: 'root',
      values: () => {
        throw new DOMException('no', 'NotAllowedError');
      },
      getFileHandle: () => Promise.reject(new DOMException('no', 'NotAllowedError')),
    };
    const source = { kind: 'handle', handle } as const;
    await expect((await openFolder(source)).entries()).rejects.toBeInstanceOf(PermissionLostError);
    await expect(fileAt(source, 'a.wav')).rejects.toMatchObject({ code: 'permission' });
  });

  it('tells a file that cannot be read from one that is missing', async () => {
    const handle = {
      getFileHandle: () =>
        Promise.resolve({ getFile: () => Promise.reject(new DOMException('io', 'NotReadableError')) }),
    };
    await expect(fileAt({ kind: 'handle', handle }, 'a.wav')).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });
});
