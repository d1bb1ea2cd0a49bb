/**
 * safetensors, the file format: eight bytes of header length (little endian), a JSON header, the arrays
 * without a gap. Writing is for our own models; reading takes a file from anywhere and believes nothing.
 * Source: the format description of huggingface/safetensors and the limits of its reference implementation.
 * Not here: what the arrays are (state-dict.ts).
 */
import { WeightsError } from '../errors/errors';
import { BYTES_OF, isDtype, type Dtype } from './dtypes';
import { parseHeader, readable, type RawTensor } from './header-parser';

/** Something to read pieces of: a Blob on the page, bytes in a test. */
export interface ByteSource {
  readonly size: number;
  /** Bytes `start` (included) to `end` (excluded), at the start of a buffer of their own. */
  readonly bytes: (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;
}

export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Byte positions in the file. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsFile {
  /** Where the header ends and the arrays begin. */
  readonly dataStart: number;
  /** In the order in which they lie in the file. */
  readonly tensors: readonly TensorEntry[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** Twice the largest model in float64; nothing above it is a state dict of ours. */
export const MAX_FILE_BYTES = 2 ** 30;
/** As in the reference implementation. */
const MAX_HEADER_BYTES = 100_000_000;
/**
 * The head of a file whose arrays follow in the same order, row-major little-endian. Padded to 8 bytes with
 * spaces.
 */
export function safetensorsHeader(
  entries: readonly Pick<TensorEntry, 'name' | 'dtype' | 'shape'>[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const { name, dtype, shape } of entries) {
    const bytes = shape.reduce((product, n) => product * n, 1) * BYTES_OF[dtype];
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes] };
    offset += bytes;
  }
  // JSON of ASCII names and metadata: one byte a character, so no text encoder is needed.
  const text = JSON.stringify(header).replace(
    /[\u0080-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8, ' ');
  const out = new Uint8Array(8 + padded.length);
  new DataView(out.buffer).setBigUint64(0, BigInt(padded.length), true);
  for (let i = 0; i < padded.length; i++) out[8 + i] = padded.charCodeAt(i);
  return out;
}

/**
 * Reads and checks a file's header; no array is touched.
 * @throws WeightsError `weights-too-large`, `weights-pickle`, `weights-header-length`, `weights-truncated`,
 * `weights-trailing`,
 *   those of the header's text (header-parser.ts), and `weights-dtype`, `weights-shape`, `weights-offsets`,
 *   `weights-gap` of an entry
 */
export async function readSafetensors(source: ByteSource): Promise<SafetensorsFile> {
  const { size } = source;
  if (size > MAX_FILE_BYTES)
    throw new WeightsError('weights-too-large', { bytes: size, limit: MAX_FILE_BYTES });
  const start = await readExactly(source, 0, Math.min(size, 9));
  refusePickle(start);
  if (start.length < 8) throw truncated(size, 8);
  const length = new DataView(start.buffer).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES))
    throw new WeightsError('weights-header-length', { bytes: String(length), limit: MAX_HEADER_BYTES });
  const dataStart = 8 + Number(length);
  if (dataStart > size) throw truncated(size, dataStart);
  const { tensors, metadata } = parseHeader(await readExactly(source, 8, dataStart));
  return { dataStart, tensors: inOrder(tensors, dataStart, size), metadata };
}

/** @throws WeightsError `weights-truncated` when the source gives less than it promised */
export async function readExactly(
  source: ByteSource,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await source.bytes(start, end);
  if (bytes.length !== end - start) throw truncated(start + bytes.length, end);
  return bytes;
}

/** Arrays by position: each as long as its shape says, all together filling the rest of the file. */
function inOrder(tensors: readonly RawTensor[], dataStart: number, size: number): TensorEntry[] {
  let at = 0;
  const found = [...tensors]
    .sort((a, b) => a.begin - b.begin || a.end - b.end)
    .map((tensor) => {
      const { name, shape, begin, end } = tensor;
      const dtype = dtypeOf(tensor);
      if (end - begin !== bytesOf(tensor, dtype))
        throw new WeightsError('weights-offsets', { name: readable(name), begin, end });
      if (begin !== at) throw new WeightsError('weights-gap', { name: readable(name), begin, at });
      at = end;
      return { name, dtype, shape, begin: dataStart + begin, end: dataStart + end };
    });
  if (dataStart + at > size) throw truncated(size, dataStart + at);
  if (dataStart + at < size) throw new WeightsError('weights-trailing', { bytes: size - dataStart - at });
  return found;
}

function dtypeOf({ name, dtype }: RawTensor): Dtype {
  if (isDtype(dtype)) return dtype;
  throw new WeightsError('weights-dtype', { name: readable(name), dtype: readable(dtype) });
}

function bytesOf({ name, shape }: RawTensor, dtype: Dtype): number {
  const bytes = shape.reduce((product, n) => product * n, BYTES_OF[dtype]);
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new WeightsError('weights-shape', { name: readable(name), shape: shape.join(' × ') });
}

/** What torch.save writes: a zip of pickles, or a bare pickle. Reading one would mean running its code. */
function refusePickle(start: Uint8Array): void {
  const zip = start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4 && start[8] !== 0x7b;
  const pickle = start[0] === 0x80 && start[1]! >= 2 && start[1]! <= 5 && start[2] === 0x8a;
  if (zip || pickle) throw new WeightsError('weights-pickle');
}

function truncated(size: number, needed: number): WeightsError {
  return new WeightsError('weights-truncated', { size, needed });
}
