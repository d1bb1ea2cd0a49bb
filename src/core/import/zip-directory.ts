/**
 * The directory of a zip file: what is in it, where, how big. It is read from the file's end, so that
 * gigabytes in between are never touched. Not here: inflating. Encryption and split archives are refused;
 * zip64 is read where a corpus may need it.
 */
import { tableText } from '../corpus/tables/table-text';
import { ConfigError } from '../errors/errors';

export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8;
  readonly compressed: number;
  /** Bytes when it is inflated. */
  readonly size: number;
  readonly crc32: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** A file's bytes by position. */
export interface ByteReader {
  readonly size: number;
  readonly bytes: (from: number, to: number) => Promise<Uint8Array>;
}

const [END, CENTRAL, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_SIZE, CENTRAL_SIZE, LOCAL_SIZE] = [22, 46, 30];
const COMMENT_LIMIT = 0xffff;

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of the directory. */
  readonly directory: number;
  readonly zip64: boolean;
}
/** An exported run has some twenty files. */
const RUN: ZipLimits = { entries: 256, directory: 1024 * 1024, zip64: false };
/** Dusha's recordings are 200,000 files of 28 GB. */
export const CORPUS_ZIP: ZipLimits = { entries: 1_000_000, directory: 256 * 1024 * 1024, zip64: true };
/** Deflate makes 1032 bytes of one at most. */
const MOST_INFLATED = 1032;

/** @throws ConfigError `zip-damaged` saying what does not fit */
export async function zipDirectory(file: ByteReader, limits = RUN): Promise<readonly ZipEntry[]> {
  const tailFrom = Math.max(0, file.size - END_SIZE - COMMENT_LIMIT);
  const tail = viewOf(await file.bytes(tailFrom, file.size));
  let end = tail.byteLength - END_SIZE;
  while (end >= 0 && tail.getUint32(end, true) !== END) end--;
  if (end < 0) throw damaged('no-directory');
  let [count, length, from] = [
    tail.getUint16(end + 10, true),
    tail.getUint32(end + 12, true),
    tail.getUint32(end + 16, true),
  ];
  if (tail.getUint16(end + 4, true) !== 0) throw damaged('other-kind');
  if (count === 0xffff || from === 0xffffffff || length === 0xffffffff) {
    if (!limits.zip64) throw damaged('other-kind');
    [count, length, from] = await zip64End(file, tail, end);
  }
  if (count > limits.entries || length > limits.directory) throw damaged('large-directory');
  if (from + length > tailFrom + end) throw damaged('directory-outside');
  const directory = viewOf(await file.bytes(from, from + length));
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > length || directory.getUint32(at, true) !== CENTRAL)
      throw damaged('directory-cut');
    const [flags, method, nameLength] = [
      directory.getUint16(at + 8, true),
      directory.getUint16(at + 10, true),
      directory.getUint16(at + 28, true),
    ];
    const next =
      at +
      CENTRAL_SIZE +
      nameLength +
      directory.getUint16(at + 30, true) +
      directory.getUint16(at + 32, true);
    if (next > length) throw damaged('directory-cut');
    if (flags & 1 || (method !== 0 && method !== 8)) throw damaged('unknown-packing');
    const name = nameOf(directory, at + CENTRAL_SIZE, nameLength);
    if (names.has(name)) throw damaged('name-twice', name);
    names.add(name);
    const sizes = {
      size: directory.getUint32(at + 24, true),
      compressed: directory.getUint32(at + 20, true),
      offset: directory.getUint32(at + 42, true),
    };
    const extra = at + CENTRAL_SIZE + nameLength;
    entries.push({
      name,
      method,
      crc32: directory.getUint32(at + 16, true),
      ...(limits.zip64 ? zip64Sizes(directory, extra, directory.getUint16(at + 30, true), sizes) : sizes),
    });
    at = next;
  }
  return entries;
}

/**
 * Refuses a zip whose entries lie over each other or claim to unpack to more than deflate can make: a small file
 * that would fill any disk.
 * @throws ConfigError `zip-damaged`
 */
export function assertNoBomb(entries: readonly ZipEntry[]): void {
  let end = 0;
  for (const { name, offset, compressed, size, method } of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (offset < end) throw damaged('entries-overlap', name);
    end = offset + LOCAL_SIZE + compressed;
    if (size > (method === 0 ? compressed : compressed * MOST_INFLATED)) throw damaged('entry-bomb', name);
  }
}

const [END64_LOCATOR, END64] = [0x07064b50, 0x06064b50];
const [END64_LOCATOR_SIZE, END64_SIZE] = [20, 56];

/** Entries, length and place of the directory, as zip64 says them. */
async function zip64End(
  file: ByteReader,
  tail: DataView,
  end: number,
): Promise<readonly [count: number, length: number, from: number]> {
  const locator = end - END64_LOCATOR_SIZE;
  if (locator < 0 || tail.getUint32(locator, true) !== END64_LOCATOR) throw damaged('other-kind');
  const at = wide(tail, locator + 8);
  if (at + END64_SIZE > file.size) throw damaged('directory-outside');
  const record = viewOf(await file.bytes(at, at + END64_SIZE));
  if (record.getUint32(0, true) !== END64) throw damaged('other-kind');
  return [wide(record, 32), wide(record, 40), wide(record, 48)];
}

/** What does not fit into 32 bits stands in a field of its own, in this order. */
function zip64Sizes(
  directory: DataView,
  from: number,
  length: number,
  sizes: Pick<ZipEntry, 'size' | 'compressed' | 'offset'>,
): Pick<ZipEntry, 'size' | 'compressed' | 'offset'> {
  const found = { ...sizes };
  for (let at = from; at + 4 <= from + length; at += 4 + directory.getUint16(at + 2, true)) {
    if (directory.getUint16(at, true) !== 1) continue;
    const stop = Math.min(from + length, at + 4 + directory.getUint16(at + 2, true));
    let next = at + 4;
    for (const key of ['size', 'compressed', 'offset'] as const) {
      if (sizes[key] !== 0xffffffff) continue;
      if (next + 8 > stop) throw damaged('directory-cut');
      found[key] = wide(directory, next);
      next += 8;
    }
  }
  return found;
}

/** A number of 64 bits, as far as it is one here. */
function wide(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw damaged('directory-outside');
  return value;
}

/** The bytes of an entry as they lie in the file. @throws ConfigError `zip-damaged` */
export async function packedBytes(file: ByteReader, entry: ZipEntry): Promise<Uint8Array> {
  const header = viewOf(await file.bytes(entry.offset, Math.min(file.size, entry.offset + LOCAL_SIZE)));
  if (header.byteLength < LOCAL_SIZE || header.getUint32(0, true) !== LOCAL)
    throw damaged('entry-misplaced', entry.name);
  const from = entry.offset + LOCAL_SIZE + header.getUint16(26, true) + header.getUint16(28, true);
  if (from + entry.compressed > file.size) throw damaged('entry-cut', entry.name);
  return file.bytes(from, from + entry.compressed);
}

/** CRC-32 as zip has it (polynomial 0xEDB88320), piece by piece. */
export class Crc32 {
  private crc = 0xffffffff;

  update(bytes: Uint8Array): void {
    let { crc } = this;
    for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
    this.crc = crc;
  }

  digest(): number {
    return (this.crc ^ 0xffffffff) >>> 0;
  }
}

export function crc32(bytes: Uint8Array): number {
  const sum = new Crc32();
  sum.update(bytes);
  return sum.digest();
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** UTF-8; else as Windows wrote names before. What is no text at all only has to be told apart. */
function nameOf(view: DataView, from: number, length: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + from, length);
  return tableText(bytes)?.text ?? String.fromCodePoint(...bytes);
}

/** What is wrong, by its name in the catalogue of reasons. */
type Damage =
  | 'no-directory'
  | 'other-kind'
  | 'large-directory'
  | 'directory-outside'
  | 'directory-cut'
  | 'unknown-packing'
  | 'name-twice'
  | 'entry-misplaced'
  | 'entry-cut'
  | 'entries-overlap'
  | 'entry-bomb'
  | 'entry-longer'
  | 'entry-broken'
  | 'checksum';

export const damaged = (why: Damage, entry = ''): ConfigError => {
  return new ConfigError('zip-damaged', {
    why,
    ...(entry === '' ? {} : { entry: entry.slice(0, 60) }),
  });
};
