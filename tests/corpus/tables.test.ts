/**
 * The reader of corpora's tables. Encodings are those of Python's codecs (the bytes below were written by
 * `'...'.encode('cp1251').hex()`), times those of pandas.Timedelta.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberOf, secondsOf } from '../../src/core/corpus/tables/cell-values';
import { readCsv } from '../../src/core/corpus/tables/csv';
import { tableText } from '../../src/core/corpus/tables/table-text';
import { CorpusError } from '../../src/core/errors/errors';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'));
const read = (text: string) => readCsv(bytes(text), 'labels.csv');

it('reads text in the encodings of spreadsheets', () => {
  expect(tableText(hex('efbbbfd0b3d0bdd0b5d0b2'))).toEqual({ text: 'гнев', encoding: 'utf-8' });
  expect(tableText(hex('fffe33043d0435043204'))).toEqual({ text: 'гнев', encoding: 'utf-16le' });
  expect(tableText(hex('feff0433043d04350432'))).toEqual({ text: 'гнев', encoding: 'utf-16be' });
  // 'файл;эмоция' in cp1251; 'fichier;émotion;colère' in latin-1; 'file,id\na,1' in utf-16-le without a mark
  expect(tableText(hex('f4e0e9eb3bfdeceef6e8ff'))).toEqual({ text: 'файл;эмоция', encoding: 'windows-1251' });
  expect(tableText(hex('666963686965723be96d6f74696f6e3b636f6ce87265'))).toEqual({
    text: 'fichier;émotion;colère',
    encoding: 'windows-1252',
  });
  expect(tableText(hex('660069006c0065002c00690064000a0061002c003100'))).toEqual({
    text: 'file,id\na,1',
    encoding: 'utf-16le',
  });
  expect(tableText(hex('610062630000'))).toBeNull();
  expect(tableText(hex('f09f9880'))!.text).toBe('😀');
});

it.each([
  ['file,emotion\na.wav,anger\n', ','],
  ['file;valence\r\na.wav;0,5\r\n', ';'],
  ['file\temotion\na.wav\thappy, very\n', '\t'],
  ['"file, path"|emotion\na.wav|sad', '|'],
  ['sep=;\nfile;emotion\na.wav;b', ';'],
  ['\n \nfile;emotion\na.wav;b', ';'],
  ['file\na.wav', ','],
] as const)('finds the delimiter of %j', (text, delimiter) => {
  const table = read(text);
  expect(table.delimiter).toBe(delimiter);
  expect(table.rows[0]![0]).toBe('a.wav');
});

it('trims and composes cells, fills short rows, cuts long ones, and tells which', () => {
  const table = read(
    'file , name\n a.wav ,"a, ""b""\nc"\nb.wav\nc.wav,x,y\nd.wav,x,\n\n,,\nи\u0306.wav,"z"\n',
  );
  expect(table.header).toEqual(['file', 'name']);
  expect(table.rows).toEqual([
    ['a.wav', 'a, "b"\nc'],
    ['b.wav', ''],
    ['c.wav', 'x'],
    ['d.wav', 'x'],
    ['й.wav', 'z'],
  ]);
  expect(table.ragged).toEqual([2, 3]);
});

it('names columns that have no name, and those that have the same', () => {
  expect(read(',file,file,\n0,a.wav,b.wav,1').header).toEqual(['column 1', 'file', 'file (2)', 'column 4']);
  const table = read('wavs/a.wav|anger\nwavs/b.wav|sad');
  expect(table).toMatchObject({ header: ['column 1', 'column 2'], headless: true });
  expect(table.rows).toHaveLength(2);
});

it('refuses what is no table, by name', () => {
  const code = (content: Uint8Array): string => {
    try {
      readCsv(content, 'x.csv');
      return 'read';
    } catch (error) {
      return (error as CorpusError).code;
    }
  };
  expect(code(hex('00ff00ff10'))).toBe('table-not-text');
  expect(code(bytes('\n  \n'))).toBe('table-empty');
  expect(code(bytes('file,emotion\na.wav,"angry\nb.wav,sad'))).toBe('table-open-quote');
  expect(code(bytes(`file${','.repeat(30_000)}`))).toBe('table-too-large');
});

it.each([
  ['0 days 00:00:01.500000', 1.5],
  ['1 days 02:03:04.25', 93784.25],
  ['0 days', undefined],
  ['00:00:01', 1],
  ['00:01:30,5', 90.5],
  ['1:30', 90],
  ['2.75', 2.75],
  ['2,75', 2.75],
  ['.5', 0.5],
  ['1e-3', 0.001],
  ['150 ms', 0.15],
  ['3s', 3],
  ['', null],
  ['NaT', null],
  ['-1', undefined],
  ['soon', undefined],
] as const)('the time %j is %j', (cell, seconds) => {
  expect(secondsOf(cell)).toBe(seconds);
});

it('tells numbers from words', () => {
  const cells = ['1', '-0,5', '+3.', '1e3', '1.2.3', '1,000,000', '03a', '', 'nan', 'Infinity', '0x10'];
  expect(cells.map(numberOf)).toEqual([1, -0.5, 3, 1000, null, null, null, null, null, null, null]);
});

/** Any bytes, and texts that are nearly tables. */
const anything = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .array(
      fc.constantFrom('file', 'a.wav', '"', '""', ',', ';', '\t', '|', '\n', '\r', ' ', 'ж', '\0', '1,5'),
      {
        maxLength: 60,
      },
    )
    .map((parts) => bytes(parts.join(''))),
);

it('reads or refuses whatever it is given: 20,000 cases', () => {
  fc.assert(
    fc.property(anything, (content) => {
      try {
        const { header, rows } = readCsv(content, 'x.csv');
        expect(new Set(header).size).toBe(header.length);
        expect(header.every((name) => name !== '')).toBe(true);
        expect(rows.every((row) => row.length === header.length)).toBe(true);
      } catch (error) {
        if (!(error instanceof CorpusError)) throw error;
      }
    }),
    { numRuns: 20_000 },
  );
});

it('gives back every table that is written with quotes: 5,000 cases', () => {
  const cell = fc.string({ maxLength: 8 }).map((text) => text.replaceAll('\0', '').trim().normalize('NFC'));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(',', ';', '\t'),
      (rows, delimiter) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = [['x', 'y', 'z'], ...rows.map((row) => row.map((one) => `k${one}`))]
          .map((row) => row.map(quoted).join(delimiter))
          .join('\n');
        expect(read(text).rows).toEqual(rows.map((row) => row.map((one) => `k${one}`)));
      },
    ),
    { numRuns: 5000 },
  );
});
