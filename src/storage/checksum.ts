/** A checksum of what lies in a feature pack, fast enough to be made of every spectrogram that is read. */

/**
 * FNV-1a over 32-bit words. Each step is invertible, so that a change within one word is always noticed; of
 * others one in 2^32 is not.
 */
export function checksumOf(values: Float32Array<ArrayBuffer>): number {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let sum = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ words[i]!, 0x01000193);
  return sum >>> 0;
}
