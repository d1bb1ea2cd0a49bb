/** Corpora for benchmarks: the demo in memory, or a folder on disk, as the adapter's directory tree. */
import { promises as fs } from 'node:fs';
import { basename, join } from 'node:path';
import { demoCorpus, type DemoOptions } from '../../src/core/synth/demo-corpus';
import type { CorpusDirectory, CorpusEntry, CorpusFile } from '../../src/core/corpus/types';

export interface BenchCorpus {
  readonly root: CorpusDirectory;
  readonly read: (path: string) => Promise<Uint8Array>;
}

const fileOf = (name: string, load: () => Promise<Uint8Array>): CorpusFile => ({
  kind: 'file',
  name,
  size: async () => (await load()).length,
  bytes: async (start, end) => (await load()).subarray(start, end),
});

/** The demo corpus without a file system. */
export function demoInMemory(options: DemoOptions): BenchCorpus {
  const files = new Map<string, Uint8Array>();
  for (const { path, bytes } of demoCorpus(options)) files.set(path, bytes);
  const directory = (prefix: string, name: string): CorpusDirectory => ({
    kind: 'directory',
    name,
    entries: async () => {
      const children = new Map<string, CorpusEntry>();
      for (const [path, bytes] of files) {
        if (!path.startsWith(prefix)) continue;
        const [child = '', ...rest] = path.slice(prefix.length).split('/');
        if (!children.has(child))
          children.set(
            child,
            rest.length > 0 ? directory(`${prefix}${child}/`, child) : fileOf(child, async () => bytes),
          );
      }
      return [...children.values()];
    },
  });
  return { root: directory('', 'demo'), read: async (path) => files.get(path)! };
}

/** A folder on disk. */
export function folderOnDisk(path: string): BenchCorpus {
  const directory = (at: string): CorpusDirectory => ({
    kind: 'directory',
    name: basename(at),
    entries: async () =>
      (await fs.readdir(at, { withFileTypes: true })).map((entry) =>
        entry.isDirectory()
          ? directory(join(at, entry.name))
          : fileOf(entry.name, () => fs.readFile(join(at, entry.name))),
      ),
  });
  return { root: directory(path), read: (file) => fs.readFile(join(path, file)) };
}
