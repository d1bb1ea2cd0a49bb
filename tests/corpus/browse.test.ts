/** Filtering and sorting a list: the language, what matches, the order, and 300,000 rows in slices. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce, Table, type Column } from '../../src/core/corpus/browse/columns';
import { facetOf, filterRows, matching } from '../../src/core/corpus/browse/filter';
import { Sorter, sortIndices } from '../../src/core/corpus/browse/order';
import {
  parseQuery,
  parseRange,
  withClause,
  writeClauses,
  writeRange,
  type Clause,
} from '../../src/core/corpus/browse/query';

describe('the language', () => {
  it('reads words, values, ranges, parts and what is not meant', () => {
    expect(parseQuery('speaker:F01,F02 seconds:1.5..3 -side:train text~"good morning" laugh')).toEqual([
      { not: false, column: 'speaker', test: 'is', values: ['F01', 'F02'] },
      { not: false, column: 'seconds', test: 'is', values: ['1.5..3'] },
      { not: true, column: 'side', test: 'is', values: ['train'] },
      { not: false, column: 'text', test: 'has', values: ['good morning'] },
      { not: false, column: null, test: 'has', values: ['laugh'] },
    ]);
    expect(parseQuery('"my: column":"a,b","" -"-x" - "open')).toEqual([
      { not: false, column: 'my: column', test: 'is', values: ['a,b', ''] },
      { not: true, column: null, test: 'has', values: ['-x'] },
      { not: false, column: null, test: 'has', values: ['-'] },
      { not: false, column: null, test: 'has', values: ['open'] },
    ]);
  });

  const clause: fc.Arbitrary<Clause> = fc.oneof(
    fc.record({
      not: fc.boolean(),
      column: fc.string({ unit: 'binary' }),
      test: fc.constantFrom('is', 'has'),
      values: fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      not: fc.boolean(),
      column: fc.constant(null),
      test: fc.constant('has' as const),
      values: fc.tuple(fc.string({ unit: 'binary' })),
    }),
  );

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(fc.array(clause, { maxLength: 5 }), (clauses) => {
        expect(parseQuery(writeClauses(clauses))).toEqual(clauses);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every text, and writes it so that it means the same', () => {
    const awkward = fc.string({
      unit: fc.constantFrom('"', '\\', ':', '~', ',', '-', ' ', '\n', 'a', '.', 'é'),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), awkward), (text) => {
        const clauses = parseQuery(text);
        expect(parseQuery(writeClauses(clauses))).toEqual(clauses);
      }),
      { numRuns: 5000 },
    );
  });

  it('reads ranges with open ends, and no others', () => {
    expect(parseRange('1.5..3')).toEqual({ from: 1.5, to: 3 });
    expect(parseRange('..-3')).toEqual({ from: -Infinity, to: -3 });
    expect(parseRange('2..')).toEqual({ from: 2, to: Infinity });
    expect(parseRange(' 2 ')).toEqual({ from: 2, to: 2 });
    expect(parseRange('')).toBe('none');
    for (const text of ['a', '1..2..3', '1...x', '--1']) expect(parseRange(text), text).toBeNull();
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ noNaN: true }), (a, b) => {
        const range = { from: Math.min(a, b), to: Math.max(a, b) };
        // -0 is written as 0
        const read = parseRange(writeRange(range));
        expect(read).not.toBeNull();
        expect(read === 'none' ? read : [read!.from + 0, read!.to + 0]).toEqual([
          range.from + 0,
          range.to + 0,
        ]);
      }),
    );
  });

  it('puts a condition in the place of those that the column has', () => {
    const clauses = parseQuery('a b:1 c:2 -b~3');
    const next = { not: false, test: 'is', values: ['x y'] } as const;
    expect(writeClauses(withClause(clauses, 'b', next))).toBe('a b:"x y" c:2');
    expect(writeClauses(withClause(clauses, 'd', next))).toBe('a b:1 c:2 -b~3 d:"x y"');
    expect(writeClauses(withClause(clauses, 'b', null))).toBe('a c:2');
  });
});

const rows = [
  { id: 'M2', speaker: 'anna', seconds: 3, tags: ['silent', 'clipped'], text: 'Good morning' },
  { id: 'M10', speaker: 'Bert', seconds: null, tags: [], text: '' },
  { id: 'M1', speaker: '', seconds: -0.5, tags: ['clipped'], text: 'e\u0301tude' },
  { id: 'm1', speaker: 'anna', seconds: 3, tags: ['[]'], text: 'morning' },
] as const;
const columns: readonly Column[] = [
  { id: 'id', kind: 'text', searched: true, read: (row) => rows[row]!.id },
  { id: 'speaker', kind: 'text', read: (row) => rows[row]!.speaker },
  { id: 'seconds', kind: 'number', read: (row) => rows[row]!.seconds },
  { id: 'tags', kind: 'set', read: (row) => rows[row]!.tags },
  { id: 'text', kind: 'text', searched: true, read: (row) => rows[row]!.text },
];
const table = new Table(columns, rows.length);
const found = (query: string): string[] => {
  const { matches, count } = atOnce(filterRows(table, parseQuery(query)));
  const ids = rows.flatMap(({ id }, row) => (matches[row] === 1 ? [id] : []));
  expect(count).toBe(ids.length);
  return ids;
};

describe('what matches', () => {
  it.each([
    ['', ['M2', 'M10', 'M1', 'm1']],
    ['speaker:anna', ['M2', 'm1']],
    ['speaker:ANNA', ['M2', 'm1']],
    ['-speaker:anna', ['M10', 'M1']],
    ['speaker:""', ['M1']],
    ['speaker:"",Bert', ['M10', 'M1']],
    // as one there is: that one alone
    ['id:m1', ['m1']],
    ['id~m1', ['M10', 'M1', 'm1']],
    ['seconds:3', ['M2', 'm1']],
    ['seconds:..0', ['M1']],
    ['seconds:""', ['M10']],
    ['-seconds:1..', ['M10', 'M1']],
    ['tags:clipped', ['M2', 'M1']],
    ['-tags:clipped', ['M10', 'm1']],
    ['tags:""', ['M10']],
    ['tags:[]', ['m1']],
    ['morning', ['M2', 'm1']],
    ['morning m2', ['M2']],
    ['-morning', ['M10', 'M1']],
    ['\u00c9TUDE', ['M1']],
    ['speaker:anna tags:clipped', ['M2']],
  ])('%s', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('says what of a query does nothing', () => {
    expect(found('voice:x seconds:long')).toEqual(['M2', 'M10', 'M1', 'm1']);
    expect(atOnce(filterRows(table, parseQuery('voice:x seconds:long'))).problems).toEqual([
      { code: 'unknown-column', column: 'voice' },
      { code: 'no-range', column: 'seconds', value: 'long' },
    ]);
  });

  it('counts a column’s values among what matches everything else', () => {
    const filtered = atOnce(filterRows(table, parseQuery('seconds:3 speaker:Bert')));
    expect(atOnce(facetOf(table, columns[1]!, filtered)).values).toEqual([
      { value: 'anna', count: 2 },
      { value: '', count: 0 },
      { value: 'Bert', count: 0 },
    ]);
    expect(atOnce(facetOf(table, columns[2]!, filtered)).range).toBeNull();
    const clipped = atOnce(filterRows(table, parseQuery('tags:clipped')));
    expect(atOnce(facetOf(table, columns[2]!, clipped)).range).toEqual({ least: -0.5, most: 3 });
    expect(atOnce(facetOf(table, columns[3]!, clipped)).values).toEqual([
      { value: 'clipped', count: 2 },
      { value: '', count: 1 },
      { value: '[]', count: 1 },
      { value: 'silent', count: 1 },
    ]);
  });

  it('leaves nobody in who fails more conditions than a byte counts', () => {
    const many = Array.from({ length: 300 }, (_, i): Column => ({
      id: `c${i}`,
      kind: 'number',
      read: () => 1,
    }));
    const query = many.map(({ id }) => `${id}:2`).join(' ');
    expect(atOnce(filterRows(new Table(many, 3), parseQuery(query))).count).toBe(0);
  });
});

describe('the order', () => {
  const order = (...keys: string[]): string[] => {
    const sort = keys.map((key) => ({ column: key.replace('-', ''), descending: key.startsWith('-') }));
    return [...atOnce(new Sorter(table, 'en').order(sort))].map((row) => rows[row]!.id);
  };

  it.each([
    [['id'], ['m1', 'M1', 'M2', 'M10']],
    [['-id'], ['M10', 'M2', 'M1', 'm1']],
    // without a value last, either way; equal ones as they stand
    [['seconds'], ['M1', 'M2', 'm1', 'M10']],
    [['-seconds'], ['M2', 'm1', 'M1', 'M10']],
    [['speaker'], ['M2', 'm1', 'M10', 'M1']],
    [['-speaker'], ['M10', 'M2', 'm1', 'M1']],
    [
      ['speaker', 'id'],
      ['m1', 'M2', 'M10', 'M1'],
    ],
    [['nothing'], ['M2', 'M10', 'M1', 'm1']],
  ])('%s', (keys, ids) => {
    expect(order(...keys)).toEqual(ids);
  });

  it('sorts by the alphabet of the language', () => {
    const words = ['z', 'ä', 'a'];
    const list = new Table([{ id: 'w', kind: 'text', read: (row) => words[row]! }], 3);
    const sorted = (language: string): string[] =>
      [...atOnce(new Sorter(list, language).order([{ column: 'w', descending: false }]))].map(
        (row) => words[row]!,
      );
    expect(sorted('de')).toEqual(['a', 'ä', 'z']);
    expect(sorted('sv')).toEqual(['a', 'z', 'ä']);
  });

  it('is that of a stable sort, whatever the numbers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: -3, max: 3 })), { maxLength: 80 }),
        fc.boolean(),
        (values, descending) => {
          const list = new Table([{ id: 'n', kind: 'number', read: (row) => values[row]! }], values.length);
          const sorted = [...atOnce(new Sorter(list, 'en').order([{ column: 'n', descending }]))];
          const expected = values
            .map((value, row) => ({ value, row }))
            .sort((a, b) =>
              a.value === null || b.value === null
                ? Number(a.value === null) - Number(b.value === null)
                : (descending ? -1 : 1) * (a.value - b.value),
            )
            .map(({ row }) => row);
          expect(sorted).toEqual(expected);
        },
      ),
    );
  });
});

describe('300,000 rows', () => {
  const count = 300_000;
  // Not in order: a stride prime to the count.
  const at = (row: number): number => (row * 104_729) % count;
  const big = new Table(
    [
      { id: 'id', kind: 'text', searched: true, read: (row) => `spk${at(row) % 1000}_utt${at(row)}` },
      { id: 'speaker', kind: 'text', read: (row) => `spk${at(row) % 1000}` },
      { id: 'seconds', kind: 'number', read: (row) => at(row) / 100 },
    ],
    count,
  );

  /** How many of the rows' visits and comparisons lie between two pauses, at most. */
  const mostAtOnce = <T>(work: Generator<void, T, void>): { pauses: number; value: T } => {
    for (let pauses = 0; ; pauses++) {
      const { done, value } = work.next();
      if (done) return { pauses, value };
    }
  };

  it('are filtered and sorted exactly, with a pause every few thousand', () => {
    const filtered = mostAtOnce(filterRows(big, parseQuery('speaker:spk7,spk8 seconds:1000..2000')));
    // 1,000 s hold 100,001 utterances, 100 of each speaker: the ends are of spk0.
    expect(filtered.value.count).toBe(200);
    expect(filtered.pauses).toBeGreaterThan(3 * (count / 4096));
    const sorted = mostAtOnce(new Sorter(big, 'en').order([{ column: 'seconds', descending: true }]));
    const listed = matching(sorted.value, filtered.value);
    expect([...listed.subarray(0, 3)].map(at)).toEqual([199_008, 199_007, 198_008]);
    expect(sorted.pauses).toBeGreaterThan((count * Math.log2(count)) / 4096 / 2);
    const some = mostAtOnce(filterRows(big, parseQuery('UTT12345')));
    // utt12345 and utt123450 to utt123459
    expect(some.value.count).toBe(11);
  });
});

it('compares no more than a merge sort, and hardly at all where all is in order', () => {
  const counted = (values: readonly number[]): number => {
    let compared = 0;
    const sorted = atOnce(
      sortIndices(values.length, (a, b) => {
        compared++;
        return values[a]! - values[b]!;
      }),
    );
    expect([...sorted].map((i) => values[i])).toEqual(values.toSorted((a, b) => a - b));
    return compared;
  };
  const mixed = Array.from({ length: 1000 }, (_, i) => (i * 617) % 1000);
  expect(counted(mixed)).toBeLessThanOrEqual(1000 * 10 + 999);
  expect(counted(mixed.toSorted((a, b) => a - b))).toBeLessThan(1000);
});
