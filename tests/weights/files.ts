/** safetensors files made by hand, apart from the writer under test: any header text, any bytes behind it. */
import type { ByteSource } from '../../src/core/weights/safetensors';

export const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  bytes: async (start, end) => bytes.slice(start, end),
});

/** @param length what the first eight bytes say, if not the truth */
export function rawFile(
  header: string | Uint8Array,
  data: Uint8Array | number = 0,
  length?: bigint,
): Uint8Array<ArrayBuffer> {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const body = typeof data === 'number' ? new Uint8Array(data) : data;
  const out = new Uint8Array(8 + text.length + body.length);
  new DataView(out.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  out.set(text, 8);
  out.set(body, 8 + text.length);
  return out;
}

export interface Part {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A well-formed file of these arrays, as PyTorch would write it. */
export function fileOf(
  parts: readonly Part[],
  metadata: Readonly<Record<string, string>> = { format: 'pt' },
): Uint8Array<ArrayBuffer> {
  let at = 0;
  const header: [string, unknown][] = [['__metadata__', metadata]];
  for (const { name, dtype, shape, data } of parts)
    header.push([name, { dtype, shape, data_offsets: [at, (at += data.length)] }]);
  // Written member by member: an object literal would lose a member called __proto__.
  const text = `{${header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  const body = new Uint8Array(at);
  let end = 0;
  for (const { data } of parts) {
    body.set(data, end);
    end += data.length;
  }
  return rawFile(text, body);
}

/** What a file says, read with JSON.parse and nothing of ours. */
export function partsOf(file: Uint8Array): {
  readonly parts: readonly Part[];
  readonly metadata: Readonly<Record<string, string>>;
} {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const { __metadata__: metadata = {}, ...tensors } = JSON.parse(
    new TextDecoder().decode(file.subarray(8, 8 + length)),
  ) as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> & {
    __metadata__?: Record<string, string>;
  };
  const parts = Object.entries(tensors).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [begin, end],
      },
    ]) => ({ name, dtype, shape, data: file.slice(8 + length + begin, 8 + length + end) }),
  );
  return { parts, metadata };
}
