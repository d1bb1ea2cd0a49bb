/**
 * Tables that a spreadsheet has opened and saved again: what can be read is read to the same numbers, what
 * cannot is named.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors/errors';
import {
  configFile,
  confusionFile,
  logFile,
  metricsFile,
  stepsFile,
  timesFile,
} from '../../src/core/export/run-files';
import { Columns } from '../../src/core/import/columns';
import { readCsv } from '../../src/core/import/csv-reader';
import { readRunArchive } from '../../src/core/import/run-archive';
import { firstSegment } from '../../src/core/training/segments';
import { CLASSES, madeUpRun } from '../support/stored-runs';
import { taskIds } from '../../src/core/tasks/types';

const FILE = 'metrics.csv';
/** As Excel in Russian saves it, byte for byte. */
const RUSSIAN = '\uFEFFepoch;step;side;task;loss\r\n1;11;validation;emotion;1,3862\r\n\r\n';
const read = (text: string): (string | number)[][] => {
  const table = new Columns(FILE, readCsv(text, FILE));
  const columns = [
    table.integer('epoch'),
    table.integer('step'),
    table.text('side'),
    table.text('task'),
    table.number('loss'),
  ];
  return table.map((row) => columns.map((column) => column(row)));
};
const codeOf = (act: () => unknown): object => {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return { code: error.code, ...error.details };
    throw error;
  }
  return {};
};

describe('a table that was saved by', () => {
  it.each([
    ['Excel in Russian', RUSSIAN],
    ['this workbench', 'epoch,step,side,task,loss\r\n1,11,validation,emotion,1.3862\r\n'],
    [
      'Excel, with the line that names its separator',
      'sep=;\r\nepoch;step;side;task;loss\r\n1;11;validation;emotion;1,3862\r\n',
    ],
    ['Excel as text with tabs', 'epoch\tstep\tside\ttask\tloss\r\n1\t11\tvalidation\temotion\t1,3862\r\n'],
    [
      'Excel with rows below the table',
      'epoch;step;side;task;loss\r\n1;11;validation;emotion;1,3862\r\n;;;;\r\n;;;;\r\n',
    ],
    [
      'LibreOffice with commas and quoted numbers',
      'epoch,step,side,task,loss\n1,11,validation,emotion,"1,3862"\n',
    ],
    [
      'a program that quotes all',
      '"epoch";"step";"side";"task";"loss"\r\n"1";"11";"validation";"emotion";"1,3862"\r\n',
    ],
    ['an old Macintosh', 'epoch;step;side;task;loss\r1;11;validation;emotion;1,3862\r'],
    ['Excel with an exponent', 'epoch;step;side;task;loss\r\n1;11;validation;emotion;1,3862E+00\r\n'],
  ])('%s is read', (_who, text) => expect(read(text)).toEqual([[1, 11, 'validation', 'emotion', 1.3862]]));

  it.each(['01.май', '01.май.26', '5-Jan', 'Jan-05', '01.05.2026', '2026-05-01', 'янв.05'])(
    'a program that made the date %s of a number is told so',
    (cell) => {
      expect(codeOf(() => read(RUSSIAN.replace('1,3862', cell)))).toEqual({
        code: 'archive-date',
        file: FILE,
        row: 1,
        column: 'loss',
        cell,
      });
    },
  );
  it.each(['1.386,2', '1,386.2', '1 386,2', '#ЗНАЧ!', '1,3,8', '########', '1,', ',5'])(
    'a program that made %s of a number is refused',
    (cell) => {
      expect(codeOf(() => read(RUSSIAN.replace('1,3862', cell)))).toEqual({
        code: 'archive-bad-row',
        file: FILE,
        row: 1,
        column: 'loss',
      });
    },
  );
  it.each(['1,000', '1.000', '12,345,678'])(
    'a program that wrote the count %s is refused: it may be a thousand or one',
    (cell) => {
      expect(codeOf(() => read(RUSSIAN.replace(';11;', `;${cell};`)))).toEqual({
        code: 'archive-bad-row',
        file: FILE,
        row: 1,
        column: 'step',
      });
    },
  );
  it('nobody: commas and points beside each other', () => {
    expect(codeOf(() => read(`${RUSSIAN.trimEnd()}\r\n1;11;train;emotion;1.5\r\n`))).toMatchObject({
      code: 'archive-bad-row',
      row: 2,
      column: 'loss',
    });
  });
  it('any of them has the numbers that were written', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(';', '\t'),
        fc.constantFrom('\r\n', '\n', '\r'),
        (value, separator, end) => {
          const text = [
            ['x', 'y'],
            [String(value).replace('.', ',').toUpperCase(), '0,5'],
          ]
            .map((row) => row.join(separator))
            .join(end);
          // -0 is written as 0
          expect(new Columns('x', readCsv(text, 'x')).number('x')(0)).toBe(value === 0 ? 0 : value);
        },
      ),
    );
  });
});

it('a whole run whose tables Excel in Russian has saved is the run that was exported', () => {
  const { config, steps, epochs } = madeUpRun();
  const segments = [firstSegment(config.strategy)];
  const log = [
    {
      seq: 0,
      at: Date.UTC(2026, 1, 3),
      level: 'info',
      code: 'paused',
      step: 4,
      details: { why: 'a; b, "c"', n: 2.5 },
    },
  ] as const;
  const about = {
    id: 'x',
    name: 'run',
    config,
    classes: CLASSES,
    segments,
    adjustments: [],
    createdAt: 0,
    backend: 'wasm',
    backendSoftware: false,
    softwareVersion: '9.9',
    state: 'finished' as const,
    recoveries: 0,
    adjusted: false,
    corpus: { name: 'demo', fingerprint: 'f1', utterances: 2 },
    data: null,
  };
  const files = new Map([
    ['metrics.csv', metricsFile(taskIds(config), epochs, segments)],
    ['steps.csv', stepsFile(taskIds(config), steps, segments, [])],
    ['confusion.csv', confusionFile(taskIds(config), CLASSES, epochs)],
    ['times.csv', timesFile(epochs)],
    ['log.csv', logFile(log)],
  ]);
  const bySpreadsheet = (text: string, file: string): string => {
    const { header, rows } = readCsv(text, file);
    // 15 digits, decimal commas, truth values in Russian, semicolons; quotes where they are needed.
    const cell = (value: string): string => {
      if (value === 'true' || value === 'false') return value === 'true' ? 'ИСТИНА' : 'ЛОЖЬ';
      if (value !== '' && Number.isFinite(Number(value)))
        return String(Number(Number(value).toPrecision(15)))
          .replace('.', ',')
          .toUpperCase();
      return /[";\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    };
    return `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n\r\n`;
  };
  const saved = new Map([
    ['config.json', configFile(about)],
    ...[...files].map(([name, text]) => [name, bySpreadsheet(text, name)] as const),
  ]);
  const [before, after] = [
    readRunArchive(new Map([['config.json', configFile(about)], ...files])),
    readRunArchive(saved),
  ];
  const close = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === 'number' ? Number(inner.toPrecision(12)) : inner,
      ),
    );
  expect(close(after)).toEqual(close(before));
});
