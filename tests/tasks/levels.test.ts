/** Levels of a number: to which one a value belongs, presets, what a configuration may say, and tasks of them. */
import { describe, expect, it } from 'vitest';
import { adapterOf } from '../../src/core/corpus/adapters/registry';
import { applyScheme, withLevels } from '../../src/core/corpus/label-schemes';
import type { CorpusManifest, Utterance } from '../../src/core/corpus/types';
import { fromQuery, toQuery } from '../../src/core/config/link';
import { modelChoice } from '../../src/core/config/model-choice';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { preflight } from '../../src/core/preflight/preflight';
import { checksOfManifest } from '../../src/core/splits/report';
import {
  keyTask,
  labelKey,
  levelNames,
  levelOf,
  levelsOfScale,
  levelsOfValues,
  parseEdges,
} from '../../src/core/tasks/levels';
import { taskOfColumn } from '../../src/core/tasks/of-column';
import { PAPER_TASKS } from '../../src/core/tasks/presets';
import { prepareDataset } from '../../src/core/training/prepare';
import { offeredColumns } from '../../src/state/corpus/task-columns';

const RATED = [0.5, 1, 1.99, 2, 2.0001, 3, 3.5, 4, 4.5, 5.5];
const AGES = [10, 20, 25, 30, 40, 50];

describe('the level of a value', () => {
  const of = (values: readonly number[], edges: readonly number[], onEdge: 'outer' | 'below' | 'above') =>
    values.map((value) => levelOf(value, { edges, onEdge }));

  it('is NumPy’s where edges belong to one side: digitize, right or not', () => {
    expect(of(RATED, [2, 4], 'below')).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2]);
    expect(of(RATED, [2, 4], 'above')).toEqual([0, 0, 0, 1, 1, 1, 1, 2, 2, 2]);
    expect(of(AGES, [20, 30, 40], 'below')).toEqual([0, 0, 1, 1, 2, 3]);
    expect(of(AGES, [20, 30, 40], 'above')).toEqual([0, 1, 1, 2, 3, 3]);
  });

  it('is the outer one on an edge: [1, 2], (2, 4), [4, 5]', () => {
    expect(of(RATED, [2, 4], 'outer')).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);
    // The middle edge of three belongs to the level below.
    expect(of(AGES, [20, 30, 40], 'outer')).toEqual([0, 0, 1, 1, 3, 3]);
    expect(of([2, 3, 4], [3], 'outer')).toEqual([0, 0, 1]);
  });

  it('has a name', () => {
    expect(levelNames({ edges: [3] })).toEqual(['low', 'high']);
    expect(levelNames({ edges: [2, 4] })).toEqual(['low', 'medium', 'high']);
    expect(levelNames({ edges: [20, 30.5, 40] })).toEqual(['..20', '20..30.5', '30.5..40', '40..']);
  });
});

describe('edges', () => {
  it('are quarters of a rated scale', () => {
    expect(levelsOfScale([1, 5])).toEqual({ edges: [2, 4], onEdge: 'outer' });
    expect(levelsOfScale([1, 7])).toEqual({ edges: [2.5, 5.5], onEdge: 'outer' });
  });

  it('are thirds of any other number, fewer where values repeat', () => {
    // numpy.quantile(..., method='inverted_cdf')
    expect(levelsOfValues([3, 1, 2, 2, 5, 4, 9, 7, 6])).toEqual({ edges: [2, 5], onEdge: 'below' });
    expect(levelsOfValues([1, 1, 1, 1, 2])).toEqual({ edges: [1], onEdge: 'below' });
    expect(levelsOfValues([1, 2, 2, 2])).toEqual({ edges: [1], onEdge: 'below' });
    expect(levelsOfValues([3, 3])).toBeNull();
    expect(levelsOfValues([])).toBeNull();
  });

  it('are read as typed', () => {
    expect(parseEdges(' 2,5;4 ')).toEqual([2.5, 4]);
    for (const text of ['', '4; 2', '2; 2', 'a; 2', '1 2 3 4 5 6 7 8 9', 'Infinity'])
      expect(parseEdges(text), text).toBeNull();
  });
});

const compact = parseRunConfig(PRESETS.compact);
const valence = taskOfColumn(
  { id: 'valence', kind: 'classes', levels: levelsOfScale([1, 5]) },
  compact.tasks,
)!;

describe('a task of levels', () => {
  it('is called after its column and its levels, and travels in a link', () => {
    expect(valence).toEqual({
      id: 'valence-3',
      kind: 'classes',
      column: 'valence',
      levels: { edges: [2, 4], onEdge: 'outer' },
      loss: PAPER_TASKS[0]!.loss,
      slot: 3,
    });
    const config = parseRunConfig({ ...compact, tasks: [...compact.tasks, valence] });
    expect(fromQuery(toQuery(config, 'compact'))).toMatchObject({ config, problems: [] });
  });

  it.each([
    ['levels of a number itself', { ...valence, kind: 'number', loss: { id: 'ccc' } }, 'levels are classes'],
    ['votes for levels', { ...valence, targets: 'votes' }, 'have no votes'],
    ['edges that do not ascend', { ...valence, levels: { edges: [4, 2], onEdge: 'outer' } }, 'above the one'],
    ['no edge', { ...valence, levels: { edges: [], onEdge: 'outer' } }, 'does not fit'],
  ])('is refused with %s', (_, task, said) => {
    expect(() => parseRunConfig({ ...compact, tasks: [task] })).toThrow(said);
  });
});

const utterance = (i: number): Utterance => ({
  id: `Ses01F_impro01_F${String(i).padStart(3, '0')}`,
  path: `${i}.wav`,
  sampleRate: 16_000,
  frames: 16_000,
  content: String(i),
  labels: {
    emotion: ['ang', 'hap', 'neu', 'sad'][i % 4]!,
    speaker: `s${i % 2}`,
    gender: 'female',
    valence: i === 9 ? null : RATED[i]!,
    activation: 3,
  },
  groups: { speaker: `s${i % 2}` },
});
const MANIFEST: CorpusManifest = {
  version: 2,
  adapter: 'iemocap',
  fingerprint: 'f',
  utterances: RATED.map((_, i) => utterance(i)),
  problems: [],
};
const config = parseRunConfig({
  ...compact,
  tasks: [PAPER_TASKS[0]!, valence, { ...valence, id: 'dominance-3', column: 'dominance', slot: 4 }],
});

describe('a corpus with levels', () => {
  const labelled = withLevels(applyScheme(MANIFEST, 'iemocap-4'), config.tasks);
  const key = labelKey(valence);

  it('has their labels beside the number; a missing number is no level', () => {
    expect(labelled.classes[key]).toEqual(['low', 'medium', 'high']);
    expect(labelled.items.map(({ labels }) => labels[key])).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, null]);
    expect(labelled.items[4]!.labels['valence']).toBe(2.0001);
    expect([keyTask(config.tasks, key), keyTask(config.tasks, 'gender')]).toEqual(['valence-3', 'gender']);
  });

  it('counts them before a run, and checks them', () => {
    const report = preflight(MANIFEST, { ...config, split: { kind: 'speaker', speaker: 's1' } });
    expect(report.outlooks.find(({ column }) => column === key)).toMatchObject({
      classes: ['low', 'medium', 'high'],
      train: [2, 2, 1],
      validation: [2, 1, 1],
    });
    expect(checksOfManifest(MANIFEST, config)[key]).toMatchObject({ trained: ['low', 'medium', 'high'] });
    // Nobody has rated dominance: nothing of it can be learnt.
    expect(checksOfManifest(MANIFEST, config)[labelKey(config.tasks[2]!)]!.unmeasurable).toBe('constant');
  });

  it('gives a run its targets and its head', () => {
    const ids = new Set(MANIFEST.utterances.map(({ id }) => id));
    const { classes, train, validation } = prepareDataset(MANIFEST, config, ids);
    expect(classes).toEqual([
      labelled.classes['emotion'],
      ['low', 'medium', 'high'],
      ['low', 'medium', 'high'],
    ]);
    const all = [...train, ...validation].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(all.map(({ labels }) => labels[1])).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, Number.NaN]);
    expect(modelChoice(config, MANIFEST).heads[1]).toEqual({ task: 'valence-3', classes: 3 });
    expect(modelChoice(config, null).heads[1]).toEqual({ task: 'valence-3', classes: 3 });
  });

  it('is offered where a number varies or has a scale', () => {
    const aged: CorpusManifest = {
      ...MANIFEST,
      adapter: 'emozionalmente',
      utterances: MANIFEST.utterances.map((one, i) => ({ ...one, labels: { ...one.labels, age: 20 + i } })),
    };
    expect(adapterOf(aged).columns.some(({ id }) => id === 'age')).toBe(true);
    expect(offeredColumns(aged).filter(({ id }) => id === 'age')).toEqual([
      { id: 'age', kind: 'number' },
      { id: 'age', kind: 'classes', levels: { edges: [23, 26], onEdge: 'below' } },
    ]);
    const offered = offeredColumns(MANIFEST).filter(({ levels }) => levels);
    // Dominance is a column that this copy has no value of.
    expect(offered.map(({ id }) => id)).toEqual(['valence', 'activation']);
  });
});
