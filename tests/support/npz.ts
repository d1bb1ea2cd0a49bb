/**
 * Reads NumPy's .npz (a zip of .npy arrays), which is what golden fixtures are stored in. Only what they
 * contain: little-endian, C order, numbers. Source: the format description in numpy.lib.format.
 */
import { unzipSync } from 'fflate';

type Data = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array | BigInt64Array;

export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Data;
}

const TYPES: Readonly<Record<string, (bytes: ArrayBuffer) => Data>> = {
  '<f4': (b) => new Float32Array(b),
  '<f8': (b) => new Float64Array(b),
  '<i4': (b) => new Int32Array(b),
  '<u4': (b) => new Uint32Array(b),
  '|u1': (b) => new Uint8Array(b),
  '<i8': (b) => new BigInt64Array(b),
};

function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = bytes[6]! >= 2;
  const start = long ? 12 : 10;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const type = /'descr': '([^']+)'/.exec(header)?.[1] ?? '';
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1];
  const make = TYPES[type];
  if (!make || shape === undefined || header.includes("'fortran_order': True"))
    throw new Error(`${name}: unexpected array header ${header}`);
  return {
    shape: shape
      .split(',')
      .filter((part) => part.trim() !== '')
      .map(Number),
    data: make(bytes.slice(start + length).buffer),
  };
}

/** The arrays of an archive by name. */
export function readNpz(bytes: Uint8Array): ReadonlyMap<string, NpyArray> {
  return new Map(
    Object.entries(unzipSync(bytes)).map(([file, content]) => {
      const name = file.replace(/\.npy$/, '');
      return [name, readNpy(content, name)];
    }),
  );
}
