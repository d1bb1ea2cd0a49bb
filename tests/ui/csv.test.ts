/** CSV: RFC 4180 quoting, full precision, no formulas out of file names. */
import { expect, it } from 'vitest';
import { toCsv } from '../../src/ui/csv';

it('quotes what needs it and keeps numbers exact', () => {
  expect(toCsv(['a', 'b'], [['x,"y"', 0.1 + 0.2], ['two\nlines', Number.NaN], [null, undefined]]))
    .toBe('a,b\r\n"x,""y""",0.30000000000000004\r\n"two\nlines",\r\n,\r\n');
});

it('disarms cells that a spreadsheet would run', () => {
  expect(toCsv(['where'], [['=HYPERLINK("http://x")'], ['-1+1'], ['@a']])).toBe('where\r\n"\'=HYPERLINK(""http://x"")"\r\n\'-1+1\r\n\'@a\r\n');
});

it('leaves negative numbers alone', () => {
  expect(toCsv(['w'], [[-0.45]])).toBe('w\r\n-0.45\r\n');
});
