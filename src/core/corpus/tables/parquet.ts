/**
 * Parquet as a table of text, with hyparquet, which is loaded when the first such file is met. What it decodes is
 * bounded before: by the size of the file, its rows and columns.
 */
import { CorpusError } from '../../errors/errors';
import { isFatal } from '../listing';
import type { CorpusFile } from '../types';
import { cleaned, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, type Table } from './csv';

/** Nanoseconds of a `duration[ns]`, which pandas writes as a bare integer. */
const PER_SECOND = 1e9;

/**
 * @param times columns of durations: they come as seconds
 * @throws CorpusError `table-not-text` for what is no Parquet file, `table-too-large`; what reading throws
 */
export async function readParquet(
  file: CorpusFile,
  path: string,
  times: ReadonlySet<string>,
): Promise<Table> {
  const tooLarge = (): CorpusError =>
    new CorpusError('table-too-large', { file: path, rows: MOST_ROWS, columns: MOST_COLUMNS });
  const size = await file.size();
  if (size > MOST_BYTES) throw tooLarge();
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const bytes = await file.bytes(0, size);
  const buffer = {
    byteLength: bytes.length,
    slice: (start: number, end?: number): ArrayBuffer => bytes.slice(start, end).buffer,
  };
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const header = parquetSchema(metadata).children.flatMap(({ element, children }) =>
      children.length === 0 ? [element.name] : [],
    );
    if (metadata.num_rows > MOST_ROWS || header.length > MOST_COLUMNS) throw tooLarge();
    const rows = await parquetReadObjects({ file: buffer, metadata, columns: header });
    return {
      header: header.map(cleaned),
      rows: rows.map((row) => header.map((name) => cellOf(row[name], times.has(name)))),
    };
  } catch (error) {
    if (isFatal(error) || error instanceof CorpusError) throw error;
    throw new CorpusError('table-not-text', { file: path }, error);
  }
}

/** Integers of 64 bits are exact; what is no text, number or truth value is left out. */
function cellOf(value: unknown, time: boolean): string {
  switch (typeof value) {
    case 'string':
      return cleaned(value);
    case 'bigint':
      // The least of 64 bits is pandas' “not a time”.
      if (time) return value < 0n ? '' : String(Number(value) / PER_SECOND);
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) return '';
      return time ? String(value / PER_SECOND) : String(value);
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}
