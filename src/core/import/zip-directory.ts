/**
 * The directory of a zip file: what is in it, where, how big. It is read from the file's end, so that
 * gigabytes of weights in between are never touched. Not here: inflating. Zip64, encryption and split
 * archives are refused; this workbench writes none.
 */
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
const MOST_ENTRIES = 256;
const DIRECTORY_LIMIT = 1024 * 1024;
const COMMENT_LIMIT = 0xffff;

/** @throws ConfigError `zip-damaged` saying what does not fit */
export async function zipDirectory(file: ByteReader): Promise<readonly ZipEntry[]> {
  const tailFrom = Math.max(0, file.size - END_SIZE - COMMENT_LIMIT);
  const tail = viewOf(await file.bytes(tailFrom, file.size));
  let end = tail.byteLength - END_SIZE;
  while (end >= 0 && tail.getUint32(end, true) !== END) end--;
  if (end < 0) throw damaged('no-directory');
  const [count, length, from] = [
    tail.getUint16(end + 10, true),
    tail.getUint32(end + 12, true),
    tail.getUint32(end + 16, true),
  ];
  if (tail.getUint16(end + 4, true) !== 0 || count === 0xffff || from === 0xffffffff)
    throw damaged('other-kind');
  if (count > MOST_ENTRIES || length > DIRECTORY_LIMIT) throw damaged('large-directory');
  if (from + length > tailFrom + end) throw damaged('directory-outside');
  const directory = viewOf(await file.bytes(from, from + length));
  const entries: ZipEntry[] = [];
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
    if (entries.some((entry) => entry.name === name)) throw damaged('name-twice', name);
    entries.push({
      name,
      method,
      compressed: directory.getUint32(at + 20, true),
      size: directory.getUint32(at + 24, true),
      crc32: directory.getUint32(at + 16, true),
      offset: directory.getUint32(at + 42, true),
    });
    at = next;
  }
  return entries;
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

/** Our own names are ASCII; others only have to be told apart. */
const nameOf = (view: DataView, from: number, length: number): string =>
  String.fromCodePoint(...Array.from({ length }, (_, i) => view.getUint8(from + i)));

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
  | 'entry-longer'
  | 'entry-broken'
  | 'checksum';

export const damaged = (why: Damage, entry = ''): ConfigError => {
  return new ConfigError('zip-damaged', {
    why,
    ...(entry === '' ? {} : { entry: entry.slice(0, 60) }),
  });
};
