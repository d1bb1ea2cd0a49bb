/** The columns of a list of utterances, what of a run stands in them, and the links that lead there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/core/config/presets';
import { atOnce, Table } from '../../src/core/corpus/browse/columns';
import { filterRows } from '../../src/core/corpus/browse/filter';
import { parseQuery } from '../../src/core/corpus/browse/query';
import type { Utterance } from '../../src/core/corpus/types';
import {
  usualColumns,
  utteranceColumns,
  type StoredPredictions,
  type UtteranceColumn,
} from '../../src/core/compare/utterance-columns';
import {
  cellPath,
  DEFAULT_LIST,
  errorPath,
  findingPath,
  listFromQuery,
  listToQuery,
  madeAt,
  pointPath,
  type ListChoice,
} from '../../src/core/compare/utterance-link';
import type { Finding } from '../../src/core/preflight/preflight';
import { prepareDataset } from '../../src/core/training/prepare';
import { utterancesFile } from '../../src/core/export/utterances-file';
import { taskMetrics } from '../../src/core/tasks/metrics/confusion';
import { levelsOfScale } from '../../src/core/tasks/levels';
import { manifestOf, utterance } from '../corpus/manifests';

const LABELS = ['ang', 'hap', 'neu', 'sad', 'exc', 'xxx'];
const utterances = Array.from({ length: 60 }, (_, i): Utterance => {
  const session = 1 + (i % 5);
  const made = utterance(session, i % 2 ? 'F' : 'M', LABELS[i % 6]!, i);
  return {
    ...made,
    path: `audio/${made.id}.wav`,
    ...(i === 0 ? { text: 'Good morning.' } : {}),
    ...(i === 1 ? { votes: { emotion: { raters: 3, counts: { hap: 2, neu: 1 } } } } : {}),
  };
});
const manifest = manifestOf(utterances, [
  { code: 'silent-audio', where: utterances[3]!.path, detail: 'x', kept: true },
  { code: 'clipped-audio', where: utterances[3]!.path, detail: 'x', kept: true },
  { code: 'length-mismatch', where: utterances[4]!.id, detail: 'x', kept: true },
  { code: 'unreadable-audio', where: utterances[5]!.path, detail: 'x', kept: false },
]);
const { labelScheme, tasks, split, seed } = PRESETS.compact;
const setting = { labelScheme, tasks, split, seed };

const rowOf = ({ id }: Utterance): number => manifest.utterances.findIndex((one) => one.id === id);
const columnOf = (columns: readonly UtteranceColumn[], id: string): UtteranceColumn =>
  columns.find((column) => column.id === id)!;
const listed = (columns: readonly UtteranceColumn[], query: string): string[] => {
  const { matches, problems } = atOnce(
    filterRows(new Table(columns, manifest.utterances.length), parseQuery(query)),
  );
  expect(problems).toEqual([]);
  return manifest.utterances.flatMap(({ id }, row) => (matches[row] === 1 ? [id] : []));
};

describe('columns', () => {
  const columns = utteranceColumns(manifest, setting);
  const read = (id: string, one: Utterance) => columnOf(columns, id).read(rowOf(one));

  it('say what the manifest says', () => {
    expect(read('seconds', utterances[3]!)).toBe(2);
    expect(read('rate', utterances[3]!)).toBe(16_000);
    expect(read('text', utterances[0]!)).toBe('Good morning.');
    expect(read('text', utterances[1]!)).toBe('');
    expect(read('warnings', utterances[3]!)).toEqual(['clipped-audio', 'silent-audio']);
    expect(read('warnings', utterances[4]!)).toEqual(['length-mismatch']);
    expect(read('warnings', utterances[5]!)).toEqual([]);
    expect(read('session', utterances[1]!)).toBe('2');
    expect(read('valence', utterances[1]!)).toBe(3);
    expect(read('votes.emotion', utterances[1]!)).toBe('hap 2, neu 1');
    expect(read('agreement.emotion', utterances[1]!)).toBeCloseTo(2 / 3, 12);
    expect(read('agreement.emotion', utterances[2]!)).toBeNull();
    expect(new Set(columns.map(({ id }) => id)).size).toBe(columns.length);
  });

  it('keep the corpus’ label beside the class that the scheme makes of it', () => {
    // Excitement is happiness in one scheme and outside in the other; what nobody agreed on is no class.
    const merged = utteranceColumns(manifest, { ...setting, labelScheme: 'iemocap-4-exc' });
    const row = rowOf(utterances[4]!);
    expect([read('emotion', utterances[4]!), read('class.emotion', utterances[4]!)]).toEqual(['exc', '']);
    expect(columnOf(merged, 'class.emotion').read(row)).toBe('happy');
    expect([read('emotion', utterances[5]!), read('class.emotion', utterances[5]!)]).toEqual(['xxx', '']);
    expect(read('side', utterances[5]!)).toBe('');
  });

  it('have the sides of the run’s own data, without what it had no features of', () => {
    const without = new Set([utterances[0]!.id, utterances[6]!.id]);
    const available = new Set(utterances.map(({ id }) => id).filter((id) => !without.has(id)));
    // and without what the configuration leaves out
    const exclude = [utterances[12]!.id, utterances[19]!.id];
    const dataset = prepareDataset(manifest, { ...PRESETS.compact, exclude }, available);
    const sides = columnOf(utteranceColumns(manifest, { ...setting, exclude }, without), 'side');
    for (const side of ['train', 'validation'] as const)
      expect(
        manifest.utterances.flatMap(({ id }, row) => (sides.read(row) === side ? [id] : [])),
        side,
      ).toEqual(dataset[side].map(({ id }) => id).sort());
  });

  it('have a number’s levels as classes, where a task makes some', () => {
    const rated = manifestOf(
      utterances.map((one, i) => ({ ...one, labels: { ...one.labels, valence: 1 + (i % 5) } })),
    );
    const task = {
      id: 'v3',
      kind: 'classes',
      column: 'valence',
      levels: levelsOfScale([1, 5]),
      loss: { id: 'cross-entropy' },
      slot: 3,
    } as const;
    const made = utteranceColumns(rated, { ...setting, tasks: [task] });
    const level = (value: number): unknown =>
      columnOf(made, 'class.v3').read(
        rated.utterances.findIndex(
          ({ labels }) => labels['valence'] === value && !['exc', 'xxx'].includes(String(labels['emotion'])),
        ),
      );
    // [1, 2], (2, 4) and [4, 5]
    expect([1, 2, 3, 4, 5].map(level)).toEqual(['low', 'low', 'medium', 'high', 'high']);
  });

  it('of a run: a cell’s utterances are exactly those that the matrix counts', () => {
    const { validation, classes } = prepareDataset(
      manifest,
      PRESETS.compact,
      new Set(utterances.map(({ id }) => id)),
    );
    const truth = classes.map((_, task) => validation.map(({ labels }) => labels[task]!));
    const predicted = classes.map((names, task) => validation.map((_, i) => (i * 7 + task) % names.length));
    const predictions: StoredPredictions = {
      epoch: 3,
      tasks: tasks.map(({ id }) => id),
      classes,
      ids: validation.map(({ id }) => id),
      truth,
      predicted,
      confidence: classes.map(() => validation.map((_, i) => i / 100)),
    };
    const ofRun = utteranceColumns(manifest, setting, new Set(), predictions);
    const counts = classes[0]!.map(() => classes[0]!.map(() => 0));
    truth[0]!.forEach((row, i) => counts[row]![predicted[0]![i]!]!++);
    expect(taskMetrics(counts, 0).confusion).toEqual(counts);
    let total = 0;
    for (const [i, row] of counts.entries())
      for (const [j, count] of row.entries()) {
        const [, query = ''] = cellPath(
          { run: 'r', of: 'best', epoch: 3, task: 'emotion' },
          classes[0]![i]!,
          classes[0]![j]!,
        ).split('?');
        const ids = listed(ofRun, listFromQuery(query).choice.query);
        expect(ids, `${i} ${j}`).toHaveLength(count);
        total += count;
      }
    expect(total).toBe(validation.length);
    const wrong = truth[0]!.filter((row, i) => row !== predicted[0]![i]).length;
    expect(listed(ofRun, 'right.emotion:wrong')).toHaveLength(wrong);
    expect(listed(ofRun, 'right.emotion:""')).toHaveLength(60 - validation.length);
    expect(usualColumns(ofRun, ['emotion']).slice(0, 4)).toEqual([
      'id',
      'true.emotion',
      'predicted.emotion',
      'confidence.emotion',
    ]);
  });

  it('of numbers: the point’s utterance, and the greatest error', () => {
    const ids = manifest.utterances.slice(0, 3).map(({ id }) => id);
    const predictions: StoredPredictions = {
      epoch: 1,
      tasks: ['valence'],
      classes: [[]],
      ids,
      truth: [[1.5, null, 4]],
      predicted: [[0.1 + 0.2, 2, 4.25]],
      confidence: [[]],
    };
    const ofRun = utteranceColumns(manifest, setting, new Set(), predictions);
    const of = { run: 'r', of: 'last', epoch: 1, task: 'valence' } as const;
    const query = (path: string): string => listFromQuery(path.split('?')[1]!).choice.query;
    expect(listed(ofRun, query(pointPath(of, 1.5, 0.1 + 0.2)))).toEqual([ids[0]]);
    expect(listed(ofRun, query(errorPath(of)))).toEqual([ids[0], ids[2]]);
    expect(columnOf(ofRun, 'error.valence').read(2)).toBe(0.25);
    expect(columnOf(ofRun, 'error.valence').read(1)).toBeNull();
  });

  it('are a file of plain values', () => {
    const some = ['id', 'seconds', 'warnings'].map((id) => columnOf(columns, id));
    expect(atOnce(utterancesFile(some, Uint32Array.of(rowOf(utterances[3]!)))).join('')).toBe(
      `id,seconds,warnings\r\n${utterances[3]!.id},2,clipped-audio silent-audio\r\n`,
    );
  });
});

describe('links', () => {
  const choice: fc.Arbitrary<ListChoice> = fc.record({
    query: fc.string({ unit: 'grapheme', maxLength: 60 }),
    sort: fc.array(
      // a leading - would be the direction
      fc.record({
        column: fc.string({ unit: 'grapheme', minLength: 1 }).filter((id) => !id.startsWith('-')),
        descending: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    columns: fc.option(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 4 }),
    ),
    run: fc.option(
      fc.record({
        id: fc.stringMatching(/^[\w-]{1,40}$/),
        of: fc.constantFrom('best', 'last', 'test'),
        epoch: fc.option(fc.integer({ min: 1, max: 999 })),
      }),
    ),
    task: fc.option(fc.string({ minLength: 1 })),
  });

  it('read back what they were made of', () => {
    fc.assert(
      fc.property(choice, (made) => {
        const { choice: read, problems } = listFromQuery(listToQuery(made));
        expect(problems).toEqual([]);
        expect(read).toEqual(made);
      }),
      { numRuns: 1000 },
    );
  });

  it('tell what they do not understand, and keep the default', () => {
    const { choice: read, problems } = listFromQuery('epoch=best&sort=a,b,c,d&run=../x&colums=id&q=a');
    expect(read).toEqual({ ...DEFAULT_LIST, query: 'a' });
    expect(problems.map(({ code, details }) => [code, details['key']])).toEqual([
      ['bad-choice', 'sort'],
      ['bad-choice', 'run'],
      ['bad-choice', 'epoch'],
      ['unknown-link-key', 'colums'],
    ]);
  });

  it('lead from a finding to what it is about', () => {
    const path = (finding: Pick<Finding, 'code' | 'examples'> & Partial<Finding>): string | null => {
      const found = findingPath({ count: finding.examples.length, ...finding });
      return found && listFromQuery(found.split('?')[1]!).choice.query;
    };
    expect(path({ code: 'silent', examples: ['a.wav'] })).toBe('warnings:silent-audio');
    expect(path({ code: 'identical', examples: ['a', 'b c'] })).toBe('id:a,"b c"');
    // A list has a column of that name already.
    expect(path({ code: 'shared', column: 'text', examples: ['a01'] })).toBe('label.text:a01');
    expect(
      path({ code: 'two-values', column: 'gender', values: { group: 'speaker' }, examples: ['7'] }),
    ).toBe('speaker:7');
    expect(path({ code: 'mixed-rates', examples: ['8000 Hz: 1'] })).toBeNull();
  });

  it('lead where predictions are stored: of the best epoch and the latest', () => {
    const epochs = [
      { epoch: 1, best: true },
      { epoch: 2, best: true },
      { epoch: 3, best: false },
    ];
    expect([1, 2, 3].map((epoch) => madeAt(epochs, epoch))).toEqual([null, 'best', 'last']);
  });
});
