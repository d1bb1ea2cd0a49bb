/**
 * The bytes of a label file as text. The release is ASCII; copies come in UTF-8 and UTF-16 with and without a
 * mark, and in Latin-1. Only the ASCII of it is ever read as data, so no full decoder is needed. Not here:
 * the grammar (iemocap/labels.ts).
 */

/** Characters that editors put in place of a space or a hyphen, as UTF-8 looks when it is read as Latin-1. */
const BLANKS = /\xc2\xa0|\xe2\x80[\x80-\x8a\xaf]|\xe3\x80\x80|[\xa0\u2000-\u200a\u202f\u3000]/g;
const DASHES = /\xe2\x80[\x90-\x94]|\xe2\x88\x92|[\u2010-\u2014\u2212]/g;
/** So much of the start tells UTF-16 without a mark: every other byte of ASCII is then 0. */
const PROBED = 64;

/** @returns null for what is not text */
export function labelText(bytes: Uint8Array): string | null {
  const utf16 = utf16Of(bytes);
  if (utf16 === null && bytes.includes(0)) return null;
  const text = utf16 === null ? latin1(bytes) : fromUtf16(bytes, utf16);
  return text
    .replace(/^(\uFEFF|\xef\xbb\xbf)/, '')
    .replace(BLANKS, ' ')
    .replace(DASHES, '-');
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
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

function fromUtf16(bytes: Uint8Array, low: 0 | 1): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2)
    text += String.fromCharCode(bytes[at + low]! | (bytes[at + 1 - low]! << 8));
  return text;
}
