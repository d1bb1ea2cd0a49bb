/** A folder on disk as the corpus adapters see it; reads only the bytes asked for. */
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CorpusDirectory, CorpusFile } from '../../src/core/corpus/types';

export const nodeDirectory = (path: string): CorpusDirectory => ({
  kind: 'directory',
  name: basename(path),
  entries: async () =>
    (await readdir(path, { withFileTypes: true })).map((entry) =>
      entry.isDirectory() ? nodeDirectory(join(path, entry.name)) : nodeFile(join(path, entry.name)),
    ),
});

const nodeFile = (path: string): CorpusFile => ({
  kind: 'file',
  name: basename(path),
  size: async () => (await stat(path)).size,
  bytes: async (start, end) => {
    const file = await open(path);
    try {
      const buffer = new Uint8Array(end - start);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  },
});
