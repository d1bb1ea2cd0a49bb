/** What a FLAC stream says of itself in its STREAMINFO block (RFC 9639, section 8.2). */

/** `fLaC` and the block's own header. */
const BEFORE = 8;

export interface FlacStream {
  /** Bytes of a sample as a WAV file would have it: bits rounded up to whole bytes. */
  readonly bytes: number;
  /** Samples per channel; null where the encoder did not know. */
  readonly frames: number | null;
}

/**
 * @param head `fLaC`, then metadata blocks of which STREAMINFO is the first
 * @throws RangeError for fewer bytes than that block has
 */
export function flacStream(head: ArrayBufferView | ArrayBufferLike | undefined): FlacStream {
  const view = ArrayBuffer.isView(head)
    ? new DataView(head.buffer, head.byteOffset, head.byteLength)
    : new DataView(head ?? new ArrayBuffer(0));
  // 20 bits of rate, 3 of channels, 5 of bits less one, 36 of length.
  const bits = ((view.getUint16(BEFORE + 12) >> 4) & 0x1f) + 1;
  const frames = (view.getUint8(BEFORE + 13) & 0x0f) * 2 ** 32 + view.getUint32(BEFORE + 14);
  return { bytes: Math.ceil(bits / 8), frames: frames === 0 ? null : frames };
}
