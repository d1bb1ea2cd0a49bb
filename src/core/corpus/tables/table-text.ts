/**
 * The bytes of a table as text, whatever program saved it: UTF-8 and UTF-16 with and without a mark, else one
 * of the two single-byte encodings that spreadsheets still write. Not here: cells (csv.ts), label files whose
 * data are ASCII (label-text.ts).
 */

export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'windows-1252';

export interface TableText {
  /** Without a byte order mark. */
  readonly text: string;
  /** The last two are a guess: nothing in the file says which. */
  readonly encoding: TableEncoding;
}

/** So much of the start tells UTF-16 without a mark: every other byte of ASCII is then 0. */
const PROBED = 64;

/** @returns null for what is not text: a zero byte in anything but UTF-16 */
export function tableText(bytes: Uint8Array): TableText | null {
  const wide = utf16Of(bytes);
  if (wide !== null) {
    const text = fromCodes(
      bytes.length >> 1,
      (i) => bytes[2 * i + wide]! | (bytes[2 * i + 1 - wide]! << 8),
    ).replace(/^\uFEFF/, '');
    return { text, encoding: wide === 0 ? 'utf-16le' : 'utf-16be' };
  }
  if (bytes.includes(0)) return null;
  const text = utf8(bytes);
  if (text !== null) return { text, encoding: 'utf-8' };
  const cyrillic = isCyrillic(bytes);
  return {
    text: fromCodes(bytes.length, (i) => (cyrillic ? windows1251(bytes[i]!) : bytes[i]!)),
    encoding: cyrillic ? 'windows-1251' : 'windows-1252',
  };
}

/** Which byte of a pair is the low one; null when it is not UTF-16. */
function utf16Of(bytes: Uint8Array): 0 | 1 | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 0;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 1;
  const start = bytes.subarray(0, PROBED);
  const zeros = (offset: number): boolean =>
    start.length >= 8 && start.every((byte, i) => (i % 2 === offset) === (byte === 0));
  return zeros(1) ? 0 : zeros(0) ? 1 : null;
}

/** In pieces, since a call takes only so many arguments. */
function fromCodes(count: number, codeAt: (index: number) => number): string {
  let text = '';
  const codes: number[] = [];
  for (let i = 0; i < count; i++) {
    codes.push(codeAt(i));
    if (codes.length === 8192 || i === count - 1) text += String.fromCodePoint(...codes.splice(0));
  }
  return text;
}

/** First and last code point that is written with one, two, three and four bytes. */
const RANGES = [
  [0, 0x7f],
  [0x80, 0x7ff],
  [0x800, 0xffff],
  [0x10000, 0x10ffff],
] as const;

/** @returns null for what is not well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates) */
function utf8(bytes: Uint8Array): string | null {
  const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let text = '';
  const points: number[] = [];
  for (let at = from; at < bytes.length;) {
    const lead = bytes[at++]!;
    const more = lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : 3;
    if (more === 3 && (lead < 0xf0 || lead > 0xf4)) return null;
    let point = more === 0 ? lead : lead & (0x3f >> more);
    for (let i = 0; i < more; i++) {
      const byte = bytes[at++] ?? 0;
      if ((byte & 0xc0) !== 0x80) return null;
      point = (point << 6) | (byte & 0x3f);
    }
    const [first, last] = RANGES[more];
    if (point < first || point > last || (point >= 0xd800 && point < 0xe000)) return null;
    points.push(point);
    if (points.length === 8192) text += String.fromCodePoint(...points.splice(0));
  }
  return text + String.fromCodePoint(...points);
}

/** Cyrillic words are runs of bytes beyond ASCII; Western letters with accents mostly stand alone. */
function isCyrillic(bytes: Uint8Array): boolean {
  let beyond = 0;
  let beside = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue;
    beyond++;
    if ((bytes[i - 1] ?? 0) >= 0x80 || (bytes[i + 1] ?? 0) >= 0x80) beside++;
  }
  return 2 * beside > beyond;
}

/** Letters of windows-1251; its other signs are read as Latin-1. */
const windows1251 = (byte: number): number =>
  byte >= 0xc0 ? 0x410 + byte - 0xc0 : byte === 0xa8 ? 0x401 : byte === 0xb8 ? 0x451 : byte;
