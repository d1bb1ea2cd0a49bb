/**
 * The number formats of safetensors that are read here, and their way to float32. Others (8-bit floats,
 * complex) are refused by name.
 */
export const BYTES_OF = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  U64: 8,
  I32: 4,
  U32: 4,
  I16: 2,
  U16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;

export type Dtype = keyof typeof BYTES_OF;

export const isDtype = (name: string): name is Dtype => Object.hasOwn(BYTES_OF, name);

/** Of those, what weights can be. */
export const isFloat = (dtype: Dtype): boolean =>
  dtype === 'F64' || dtype === 'F32' || dtype === 'F16' || dtype === 'BF16';

/** IEEE 754 binary16; exact, subnormals and infinities included. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const magnitude =
    exponent === 31
      ? fraction === 0
        ? Infinity
        : Number.NaN
      : exponent === 0
        ? fraction * 2 ** -24
        : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -magnitude : magnitude;
}

/**
 * Little-endian numbers as float32: F32 as it is, bit for bit; F16 and BF16 exactly; F64 rounded to the
 * nearest.
 * @param bytes begins its own buffer and holds whole numbers
 */
export function toFloat32(bytes: Uint8Array<ArrayBuffer>, dtype: Dtype): Float32Array<ArrayBuffer> {
  const count = bytes.length / BYTES_OF[dtype];
  if (dtype === 'F32') return new Float32Array(bytes.buffer, 0, count);
  if (dtype === 'F64') return Float32Array.from(new Float64Array(bytes.buffer, 0, count));
  const bits = new Uint16Array(bytes.buffer, 0, count);
  // A bfloat16 is the upper half of a float32.
  if (dtype === 'BF16') return new Float32Array(Uint32Array.from(bits, (value) => value * 65536).buffer);
  return Float32Array.from(bits, half);
}
