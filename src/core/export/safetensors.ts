/**
 * safetensors, the file format: eight bytes of header length (little endian), a JSON header, the arrays.
 * Source: the format description of huggingface/safetensors. Float32 only, which is all a run has. Not here: reading.
 */
export interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The head of a file whose arrays follow in the same order, row-major little-endian float32. Padded to 8 bytes with spaces. */
export function safetensorsHeader(entries: readonly TensorEntry[], metadata: Readonly<Record<string, string>>): Uint8Array {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const { name, shape } of entries) {
    const bytes = shape.reduce((product, n) => product * n, 1) * 4;
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + bytes] };
    offset += bytes;
  }
  // JSON of ASCII names and metadata: one byte a character, so no text encoder is needed.
  const text = JSON.stringify(header).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8, ' ');
  const out = new Uint8Array(8 + padded.length);
  new DataView(out.buffer).setBigUint64(0, BigInt(padded.length), true);
  for (let i = 0; i < padded.length; i++) out[8 + i] = padded.charCodeAt(i);
  return out;
}
