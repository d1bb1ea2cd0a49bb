/**
 * A corpus in a zip file, read as a folder: its directory at once, its files when they are asked for, one at a
 * time. Nothing is unpacked to disk. Not here: the directory's format (core/import/zip-directory.ts).
 */
import type { CorpusDirectory } from '../core/corpus/types';
import { ConfigError, StorageError } from '../core/errors/errors';
import {
  assertNoBomb,
  CORPUS_ZIP,
  Crc32,
  damaged,
  packedBytes,
  zipDirectory,
  type ByteReader,
  type ZipEntry,
} from '../core/import/zip-directory';
import { fileTree } from './file-tree';

/** Bytes of one file when it is unpacked: two hours of 48 kHz, 24 bits, stereo. */
const LARGEST = 2 ** 31;
/** Unpacked files that are kept, since header, samples and check are read one after the other. */
const KEPT_BYTES = 64 * 2 ** 20;

interface ZipFolder {
  readonly root: CorpusDirectory;
  /** @throws StorageError `file-missing`; ConfigError `zip-damaged`, `file-too-large` */
  readonly file: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
}

/** @throws ConfigError `zip-damaged`; StorageError `file-unreadable` */
export async function openZip(zip: File): Promise<ZipFolder> {
  const reader = readerOf(zip);
  const all = await zipDirectory(reader, CORPUS_ZIP);
  assertNoBomb(all);
  const entries = all.filter(({ name }) => !name.endsWith('/'));
  const byPath = new Map(entries.map((entry) => [pathOf(entry.name), entry]));
  const unpacked = new Unpacked(reader);
  const file = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const entry = byPath.get(path);
    if (!entry) throw new StorageError('file-missing', { where: path });
    return unpacked.get(entry);
  };
  const root = fileTree(
    zip.name.replace(/\.zip$/i, ''),
    Array.from(byPath, ([path, { size }]) => [
      path,
      {
        size: () => Promise.resolve(size),
        bytes: async (start: number, end: number) => (await file(path)).slice(start, end),
      },
    ]),
  );
  return { root, file };
}

const readerOf = (blob: Blob): ByteReader => ({
  size: blob.size,
  bytes: async (from, to) => {
    try {
      return new Uint8Array(await blob.slice(from, to).arrayBuffer());
    } catch (error) {
      throw new StorageError('file-unreadable', {}, error);
    }
  },
});

/** `./a//b\c` as `a/b/c`; nothing is written, so `..` is a name like others. */
const pathOf = (name: string): string =>
  name
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.')
    .join('/');

class Unpacked {
  private readonly kept = new Map<ZipEntry, Promise<Uint8Array<ArrayBuffer>>>();
  private bytes = 0;
  constructor(private readonly reader: ByteReader) {}

  get(entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.kept.get(entry);
    if (known) return known;
    const made = inflate(this.reader, entry);
    this.kept.set(entry, made);
    this.bytes += entry.size;
    made.catch(() => this.forget(entry));
    for (const other of this.kept.keys()) {
      if (this.bytes <= KEPT_BYTES || other === entry) break;
      this.forget(other);
    }
    return made;
  }

  private forget(entry: ZipEntry): void {
    if (this.kept.delete(entry)) this.bytes -= entry.size;
  }
}

/** Inflates no further than the directory says. @throws ConfigError `zip-damaged`, `file-too-large` */
async function inflate(reader: ByteReader, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.size > LARGEST)
    throw new ConfigError('file-too-large', { why: 'unpacked', bytes: entry.size, limit: LARGEST });
  const packed = (await packedBytes(reader, entry)) as Uint8Array<ArrayBuffer>;
  const bytes = entry.method === 0 ? packed : await inflated(packed, entry);
  const checksum = new Crc32();
  checksum.update(bytes);
  if (bytes.length !== entry.size || checksum.digest() !== entry.crc32) throw damaged('checksum', entry.name);
  return bytes;
}

async function inflated(packed: Uint8Array<ArrayBuffer>, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const chunks = stream.getReader();
  const bytes = new Uint8Array(entry.size);
  let filled = 0;
  try {
    for (;;) {
      const { done, value } = await chunks.read().catch(() => {
        throw damaged('entry-broken', entry.name);
      });
      if (done) break;
      if (filled + value.length > entry.size) throw damaged('entry-longer', entry.name);
      bytes.set(value, filled);
      filled += value.length;
    }
  } finally {
    void chunks.cancel().catch(() => undefined); // what is left of it is not wanted
  }
  if (filled !== entry.size) throw damaged('checksum', entry.name);
  return bytes;
}
