/**
 * Builds WAV files byte by byte for the tests, sound and broken ones alike; written from the format's
 * description and independent of the reader and the writer under test.
 */

export interface FormatOptions {
  readonly tag?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  readonly block?: number;
  /** EXTENSIBLE with this sub-format. */
  readonly extensible?: number;
  readonly bigEndian?: boolean;
}

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function uint(value: number, bytes: number, bigEndian = false): Uint8Array {
  const out = Uint8Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);
  return bigEndian ? out.reverse() : out;
}

/**
 * One chunk. @param size what its header claims; its true length unless given @param pad the pad byte of an
 * odd chunk, or none
 */
export function chunk(
  id: string,
  body: Uint8Array,
  { size = body.length, pad = true, bigEndian = false } = {},
): Uint8Array {
  return join(ascii(id), uint(size, 4, bigEndian), body, new Uint8Array(pad && body.length % 2 ? 1 : 0));
}

export function fmt({
  tag = 1,
  channels = 1,
  rate = 16000,
  bits = 16,
  block,
  extensible,
  bigEndian = false,
}: FormatOptions = {}): Uint8Array {
  const align = block ?? Math.ceil(bits / 8) * channels;
  const u = (value: number, bytes: number): Uint8Array => uint(value, bytes, bigEndian);
  const base = join(
    u(extensible === undefined ? tag : 0xfffe, 2),
    u(channels, 2),
    u(rate, 4),
    u(rate * align, 4),
    u(align, 2),
    u(bits, 2),
  );
  const tail =
    extensible === undefined
      ? new Uint8Array(0)
      : join(
          u(22, 2),
          u(bits, 2),
          u(0, 4),
          u(extensible, 2),
          Uint8Array.from([0, 0, 0, 0, 16, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]),
        );
  return chunk('fmt ', join(base, tail), { bigEndian });
}

export function riff(...chunks: readonly Uint8Array[]): Uint8Array {
  const body = join(...chunks);
  return join(ascii('RIFF'), uint(body.length + 4, 4), ascii('WAVE'), body);
}

/** Little- or big-endian bytes of 16-bit samples. */
export const int16 = (values: readonly number[], bigEndian = false): Uint8Array =>
  join(...values.map((value) => uint(value < 0 ? value + 65536 : value, 2, bigEndian)));
