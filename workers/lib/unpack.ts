/**
 * The text files of an exported run out of its zip, one after the other. A zip of a hundred kilobytes may
 * unpack to gigabytes: sizes are looked at before anything is inflated, and lines are counted while it is, so
 * that what no run has is given up at once. Nothing is written, whatever names the zip holds.
 */
import { ConfigError } from '../../src/core/errors/errors';
import { ROW_LIMITS, CONFIG_BYTES } from '../../src/core/import/limits';
import { ARCHIVE_FILES, DERIVED_FILES } from '../../src/core/import/run-archive';
import { tooManyRows } from '../../src/core/import/csv-reader';
import {
  Crc32,
  damaged,
  packedBytes,
  zipDirectory,
  type ByteReader,
  type ZipEntry,
} from '../../src/core/import/zip-directory';

/**
 * Bytes of one text file when it is unpacked, and of all of them. The longest run so far has four million.
 */
const FILE_LIMIT = 96 * 1024 * 1024;
const TOTAL_LIMIT = 192 * 1024 * 1024;
/** The header, and empty lines at the end. */
const MORE_LINES = 8;

export interface Unpacked {
  readonly files: Map<string, string>;
  /** Names of what was not read. */
  readonly left: readonly string[];
}

/** @throws ConfigError `zip-damaged`, `file-too-large`, `archive-too-many-rows`, `archive-encoding` */
export async function unpackRun(file: ByteReader): Promise<Unpacked> {
  const all = await zipDirectory(file);
  const folder = folderOf(all);
  // Folders, and what macOS and Windows put beside files, are nothing that could be missed.
  const entries = all.filter(
    ({ name }) =>
      !name.endsWith('/') && !/(^|\/)(__MACOSX\/.*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name),
  );
  const wanted = entries.flatMap((entry) => {
    const name = entry.name.startsWith(folder) ? entry.name.slice(folder.length) : '';
    return (ARCHIVE_FILES as readonly string[]).includes(name) ? [{ entry, name }] : [];
  });
  let total = 0;
  for (const { entry, name } of wanted) {
    const limit = name === 'config.json' ? CONFIG_BYTES : FILE_LIMIT;
    if (entry.size > limit) throw tooLarge(entry.size, limit);
    // Deflate makes nothing much longer than it is.
    if (entry.compressed > entry.size + entry.size / 1000 + 1024) throw damaged('entry-longer', entry.name);
    total += entry.size;
  }
  if (total > TOTAL_LIMIT) throw tooLarge(total, TOTAL_LIMIT);
  const files = new Map<string, string>();
  for (const { entry, name } of wanted) files.set(name, await unpack(file, entry, name));
  const read = new Set(wanted.map(({ entry }) => entry));
  const derived = (name: string): boolean =>
    (DERIVED_FILES as readonly string[]).includes(name.slice(folder.length));
  return {
    files,
    left: entries.filter((entry) => !read.has(entry) && !derived(entry.name)).map(({ name }) => name),
  };
}

/** A run that was unpacked and packed again lies in a folder of the zip. */
function folderOf(entries: readonly ZipEntry[]): string {
  const heads = entries
    .map(({ name }) => name)
    .filter((name) => /(^|\/)config\.json$/.test(name) && !name.startsWith('__MACOSX/'));
  return heads.length === 1 ? heads[0]!.slice(0, -'config.json'.length) : '';
}

const tooLarge = (bytes: number, limit: number): ConfigError =>
  new ConfigError('file-too-large', { why: 'unpacked', bytes, limit });

/**
 * Inflates no further than the directory says. @throws ConfigError `zip-damaged`, `archive-too-many-rows`,
 * `archive-encoding`
 */
async function unpack(file: ByteReader, entry: ZipEntry, name: string): Promise<string> {
  const packed = new Blob([(await packedBytes(file, entry)) as Uint8Array<ArrayBuffer>]);
  const stream =
    entry.method === 0
      ? packed.stream()
      : packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const checksum = new Crc32();
  const most = ROW_LIMITS[name] ?? Number.POSITIVE_INFINITY;
  const decoder = new FileDecoder(name);
  const parts: string[] = [];
  let [filled, lines, after] = [0, 0, 0];
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw damaged('entry-broken', entry.name);
      });
      if (done) break;
      filled += value.length;
      if (filled > entry.size) throw damaged('entry-longer', entry.name);
      checksum.update(value);
      // In the text, not in the bytes: UTF-16 has a zero between CR and LF, and either of them inside other
      // letters.
      const text = decoder.text(value);
      for (let at = 0; at < text.length; at++) {
        const letter = text.charCodeAt(at);
        if (letter === LF ? after !== CR : letter === CR) lines++;
        after = letter;
      }
      if (lines > most + MORE_LINES) throw tooManyRows(name, most);
      parts.push(text);
    }
  } finally {
    void reader.cancel().catch(() => undefined); // what is left of it is not wanted, whatever it says
  }
  if (filled !== entry.size || checksum.digest() !== entry.crc32) throw damaged('checksum', entry.name);
  return parts.join('') + decoder.end();
}

const [LF, CR] = [0x0a, 0x0d];

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** UTF-8, or the UTF-16 that Excel calls “Unicode text”: the first two bytes tell. */
class FileDecoder {
  private decoder: TextDecoder | null = null;
  /** The first byte, where it came alone. */
  private held = new Uint8Array();
  constructor(private readonly name: string) {}

  text(part: Uint8Array): string {
    if (this.decoder) return this.decode(this.decoder, part, true);
    const bytes = this.held.length === 0 ? part : joined(this.held, part);
    this.held = Uint8Array.from(bytes.length < 2 ? bytes : []);
    if (bytes.length < 2) return '';
    const [a, b] = bytes;
    this.decoder = new TextDecoder(
      a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8',
      { fatal: true },
    );
    return this.decode(this.decoder, bytes, true);
  }

  end(): string {
    return this.decode(this.decoder ?? new TextDecoder('utf-8', { fatal: true }), this.held, false);
  }

  private decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
    try {
      return decoder.decode(bytes, { stream });
    } catch (error) {
      throw new ConfigError('archive-encoding', { file: this.name }, error);
    }
  }
}
