/**
 * Tables of cells between delimiters, as people have them: comma, semicolon, tab or bar, quoted or not, in any
 * encoding (table-text.ts), with rows of unequal length. The one reader of corpora's CSV and TSV. Not here:
 * what a column is, and exported runs (core/import/csv-reader.ts), which are read in blocks and strictly.
 */
import Papa from 'papaparse';
import { CorpusError } from '../../errors/errors';
import { tableText, type TableEncoding } from './table-text';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** A header and rows as long as it. Cells are trimmed and NFC. */
export interface Table {
  /** Unique, none of them empty. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface CsvFile extends Table {
  readonly delimiter: Delimiter;
  readonly encoding: TableEncoding;
  /** The first line is data: columns are then called `column 1`, ... */
  readonly headless: boolean;
  /** Rows with a stray quotation mark, shorter or longer than the header (filled up, cut): 1 is the first below it. */
  readonly ragged: readonly number[];
}

/** More than any corpus has; a table of its own making must not take all memory. */
export const MOST_BYTES = 256 * 2 ** 20;
export const MOST_ROWS = 2_000_000;
export const MOST_COLUMNS = 1000;
/** In one line: quoted text may hold as many again. */
const MOST_DELIMITERS = 20_000;
/** Names that only a file of sound has. */
export const AUDIO_NAME = /\.(wav|wave|flac|mp3|ogg|oga|opus|m4a|aac|aif|aiff|sph|webm|mp4)$/i;

/**
 * @param file its name, for the error
 * @throws CorpusError `table-not-text`, `table-empty`, `table-open-quote`, `table-too-large`
 */
export function readCsv(bytes: Uint8Array, file: string): CsvFile {
  if (bytes.length > MOST_BYTES) throw tooLarge(file);
  const decoded = tableText(bytes);
  if (!decoded) throw new CorpusError('table-not-text', { file });
  // A first line that Excel reads and nobody else writes.
  const told = /^sep=([,;\t|])(?:\r\n?|\n)/i.exec(decoded.text);
  const text = told ? decoded.text.slice(told[0].length) : decoded.text;
  const delimiter = (told?.[1] as Delimiter | undefined) ?? delimiterOf(text);
  assertNarrow(text, delimiter, file);
  const { data, errors } = Papa.parse(text, { delimiter, skipEmptyLines: 'greedy', preview: MOST_ROWS + 2 });
  if (errors.some(({ code }) => code === 'MissingQuotes'))
    throw new CorpusError('table-open-quote', { file });
  if (data.length > MOST_ROWS + 1) throw tooLarge(file);
  const cells = data.map((row) => row.map(cleaned));
  const [first] = cells;
  if (!first) throw new CorpusError('table-empty', { file });
  if (first.length > MOST_COLUMNS) throw tooLarge(file);
  const headless = first.some((cell) => AUDIO_NAME.test(cell));
  const header = uniqueNames(headless ? first.map(() => '') : first);
  const ragged = errors.flatMap(({ code, row }) =>
    code === 'InvalidQuotes' ? [(row ?? 0) + (headless ? 1 : 0)] : [],
  );
  const rows = (headless ? cells : cells.slice(1)).map((row, i) => {
    if (row.length === header.length) return row;
    // What a spreadsheet writes below and beside a table.
    if (row.slice(header.length).some((cell) => cell !== '') || row.length < header.length)
      ragged.push(i + 1);
    return header.map((_, column) => row[column] ?? '');
  });
  return { header, rows, delimiter, encoding: decoded.encoding, headless, ragged };
}

/** A cell without blanks around it, in composed characters (NFC), as file names are compared. */
export const cleaned = (cell: string): string => cell.trim().normalize('NFC');

/** Names for columns that have none, or another one's. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((given, i) => {
    const name = given === '' ? `column ${i + 1}` : given;
    let unique = name;
    for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`;
    taken.add(unique);
    return unique;
  });
}

const tooLarge = (file: string): CorpusError =>
  new CorpusError('table-too-large', { file, rows: MOST_ROWS, columns: MOST_COLUMNS });

/**
 * What stands most often in the first line that is not empty, outside of quotes: a header has no decimal
 * commas, so that these are not taken for delimiters. A comma where there is none.
 */
function delimiterOf(text: string): Delimiter {
  const counts = new Map<string, number>(DELIMITERS.map((one) => [one, 0]));
  let quoted = false;
  let empty = true;
  for (let at = 0; at < text.length && at < MOST_DELIMITERS; at++) {
    const symbol = text[at]!;
    if (symbol === '"') quoted = !quoted;
    if (!quoted && (symbol === '\n' || symbol === '\r')) {
      if (empty) continue;
      break;
    }
    if (symbol.trim() !== '') empty = false;
    if (!quoted && counts.has(symbol)) counts.set(symbol, counts.get(symbol)! + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0] as Delimiter;
}

/** A line of a hundred million delimiters would become as many cells. */
function assertNarrow(text: string, delimiter: Delimiter, file: string): void {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const symbol = text[at]!;
    if (symbol === '\n' || symbol === '\r') count = 0;
    else if (symbol === delimiter && ++count > MOST_DELIMITERS) throw tooLarge(file);
  }
}
