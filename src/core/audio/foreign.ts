/**
 * What a file is that is named .wav and is none: told from its first bytes, so that the report can say what
 * to do. Placeholders of download tools, pages that a server sent instead, other formats under the wrong
 * name. Not here: WAV files that are damaged (riff.ts).
 */
import { AudioError } from '../errors/errors';

/**
 * Where a format's signature stands, and its forms; the first that fits decides. The names are those of the
 * formats.
 */
const SIGNATURES: readonly (readonly [name: string, at: number, ...forms: string[]])[] = [
  ['QuickTime', 4, 'ftypqt', 'moov', 'mdat', 'wide', 'free'],
  ['MP4 (M4A)', 4, 'ftypM4A', 'ftypM4B'],
  ['3GP', 4, 'ftyp3g'],
  ['MP4', 4, 'ftyp'],
  ['MP3', 0, 'ID3', '\xff\xf2', '\xff\xf3', '\xff\xfa', '\xff\xfb', '\xff\xe2', '\xff\xe3'],
  ['AAC', 0, '\xff\xf0', '\xff\xf1', '\xff\xf8', '\xff\xf9'],
  ['FLAC', 0, 'fLaC'],
  ['Ogg', 0, 'OggS'],
  ['NIST SPHERE', 0, 'NIST_1A'],
  ['AIFF', 0, 'FORM'],
  ['Sun audio (AU)', 0, '.snd', 'dns.'],
  ['Matroska or WebM', 0, '\x1aE\xdf\xa3'],
  ['Core Audio (CAF)', 0, 'caff'],
  ['Sony Wave64', 0, 'riff'],
  ['Windows Media', 0, '0&\xb2u'],
  ['AMR', 0, '#!AMR'],
  ['WavPack', 0, 'wvpk'],
  ['Monkey’s Audio', 0, 'MAC '],
  ['Shorten', 0, 'ajkg'],
  ['ZIP', 0, 'PK\x03\x04', 'PK\x05\x06'],
  ['gzip', 0, '\x1f\x8b'],
  ['RAR', 0, 'Rar!'],
  ['7-Zip', 0, '7z\xbc\xaf'],
  ['bzip2', 0, 'BZh'],
  ['xz', 0, '\xfd7zXZ'],
  ['PDF', 0, '%PDF'],
  ['PNG', 0, '\x89PNG'],
  ['JPEG', 0, '\xff\xd8\xff'],
];
const LFS = /^version https?:\/\/(git-lfs|hawser)\.github\.com\/spec\//;
const ANNEX = /^[^\n]*\bannex\/objects\//;
const WEB = /^\s*<(!doctype\s+html|html|head|body|script|\?xml|!--)/i;
/** What of the start of a text is looked at. */
const TEXT_BYTES = 512;

/**
 * The error for a file that does not start as RIFF.
 * @param head its first bytes, one at least; the first few hundred are enough
 * @returns AudioError `apple-double`, `zero-bytes`, `lfs-pointer`, `annex-pointer`, `web-page`, `text-file`,
 * or `not-riff` with
 *   `details.found`, the format where it is known, else the first four bytes
 */
export function foreignFile(head: Uint8Array): AudioError {
  const start = String.fromCharCode(...head.subarray(0, TEXT_BYTES));
  if (start.startsWith('\x00\x05\x16\x07')) return new AudioError('apple-double');
  if (head.subarray(0, TEXT_BYTES).every((byte) => byte === 0)) return new AudioError('zero-bytes');
  const format = SIGNATURES.find(([, at, ...forms]) => forms.some((form) => start.startsWith(form, at)))?.[0];
  if (format) return new AudioError('not-riff', { found: format });
  const text = asText(head);
  if (text !== null) {
    if (LFS.test(text)) return new AudioError('lfs-pointer');
    if (ANNEX.test(text)) return new AudioError('annex-pointer');
    if (WEB.test(text)) return new AudioError('web-page');
    const plain = text
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/[^ -~]/g, '?');
    if (text.length >= 4 && plain.replaceAll('?', '').length * 2 >= plain.length)
      return new AudioError('text-file', { text: plain.slice(0, 40) });
  }
  const found = [...head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return new AudioError('not-riff', { found });
}

/** The start of a file as text, whatever its encoding; null when it is none. */
function asText(head: Uint8Array): string | null {
  const bytes = head.subarray(0, TEXT_BYTES);
  const [a, b, c] = bytes;
  const utf16 = a === 0xff && b === 0xfe ? 0 : a === 0xfe && b === 0xff ? 1 : null;
  const from = utf16 !== null ? 2 : a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  let text = '';
  for (let at = from; at < bytes.length; at += utf16 === null ? 1 : 2) {
    const code = bytes[at + (utf16 ?? 0)];
    if (code === undefined) break;
    const control = code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d;
    if (control || code === 0x7f) return null;
    text += String.fromCharCode(code);
  }
  return text;
}
