/** Which runs are one recipe, which pairs may be compared, and what of a configuration differs. */
import { describe, expect, it } from 'vitest';
import { allSettings, confounders, differingSettings, flatConfig } from '../../src/core/compare/differences';
import { differingFacets } from '../../src/core/compare/facets';
import { defaultBaseline, groupRuns, hasFolds, pairsOf, sameValidation } from '../../src/core/compare/groups';
import { sortedJson } from '../../src/core/sorted-json';
import { answerSeeds, seedQuestions, valuesOf } from '../../src/core/compare/over-seeds';
import { tableRows } from '../../src/core/compare/table';
import { PRESETS } from '../../src/core/config/presets';
import { madeUp } from '../support/compared-runs';

const weighted = { strategy: { id: 'weighted-average', options: { detached: false } } } as const;
const detached = { strategy: { id: 'weighted-average', options: { detached: true } } } as const;
const ROW = [[5, 5, 5]];

describe('recipes', () => {
  it('runs that differ in seed and backend alone are one; anything else makes another', () => {
    const groups = groupRuns([
      madeUp('a', { seed: 2 }, ROW),
      madeUp('b', { seed: 1, backend: 'cpu' }, ROW),
      madeUp('c', { ...weighted, seed: 1 }, ROW),
      madeUp('d', { ...detached, seed: 1 }, ROW),
      madeUp('e', { seed: 3, epochs: 7 }, ROW),
      madeUp('f', { seed: 4 }, ROW, { corpusId: 'another' }),
    ]);
    expect(groups.map(({ runs }) => runs.map(({ id }) => id))).toEqual([
      ['b', 'a'],
      ['c'],
      ['d'],
      ['e'],
      ['f'],
    ]);
  });

  it('what a folder or a file of weights is called makes no other recipe; what was left out of it does', () => {
    const folder = (name: string, id = 'f') => ({ kind: 'folder', id, name }) as const;
    const weights = (name: string, id = 'w') => ({ initialWeights: { id, name } });
    const groups = groupRuns([
      madeUp('a', { seed: 1, corpus: folder('mine') }, ROW),
      madeUp('b', { seed: 2, corpus: folder('a copy') }, ROW),
      madeUp('c', { seed: 3, corpus: folder('mine', 'as 0.1.0 called it') }, ROW),
      madeUp('d', { seed: 4, corpus: folder('mine') }, ROW, { leftOut: ['u1'] }),
      madeUp('e', { seed: 5, corpus: folder('mine') }, ROW, { leftOut: [] }),
      madeUp('f', { seed: 6, ...weights('one') }, ROW),
      madeUp('g', { seed: 7, ...weights('other') }, ROW),
      madeUp('h', { seed: 8, ...weights('one', 'v') }, ROW),
    ]);
    expect(groups.map(({ runs }) => runs.map(({ id }) => id))).toEqual([
      ['a', 'b', 'c', 'e'],
      ['d'],
      ['f', 'g'],
      ['h'],
    ]);
  });

  it('a seed counts once: the run that got furthest, then the newest; the others are counted', () => {
    const [group] = groupRuns([
      madeUp('short', {}, ROW, { createdAt: 3 }),
      madeUp('old', {}, [...ROW, ...ROW], { createdAt: 1 }),
      madeUp('new', {}, [...ROW, ...ROW], { createdAt: 2 }),
      madeUp('other', { seed: 9 }, ROW),
    ]);
    expect(group).toMatchObject({ repeats: 2 });
    expect(group!.runs.map(({ id }) => id)).toEqual(['new', 'other']);
  });

  it('runs of two versions of a strategy’s formulas are two recipes, and their settings differ in that', () => {
    const nash = (version?: number) =>
      ({ strategy: { id: 'nash-mtl', options: {}, ...(version ? { version } : {}) } }) as const;
    const groups = groupRuns([
      madeUp('old', { ...nash(), seed: 1 }, ROW),
      madeUp('new', { ...nash(2), seed: 2 }, ROW),
      madeUp('newer', { ...nash(2), seed: 3 }, ROW),
    ]);
    expect(groups.map(({ runs }) => runs.map(({ id }) => id))).toEqual([['old'], ['new', 'newer']]);
    expect(differingSettings(groups.map(({ config }) => ({ ...config, seed: 1 })))).toEqual([
      'strategy.version',
    ]);
    expect(differingFacets(groups.map(({ config }) => ({ config, corpusId: 'c' })))).toContain('options');
  });

  it('a run that was changed by hand stands alone', () => {
    const groups = groupRuns([
      madeUp('a', { seed: 1 }, ROW),
      madeUp('b', { seed: 2 }, ROW, { changed: true }),
      madeUp('c', { seed: 3 }, ROW, { changed: true }),
    ]);
    expect(groups.map(({ runs, changed }) => [runs[0]!.id, changed])).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
    ]);
  });

  it('does not care in which order a configuration names its settings', () => {
    expect(sortedJson({ b: [1, { d: 2, c: undefined }], a: null })).toBe('{"a":null,"b":[1,{"d":2}]}');
    const turned = Object.fromEntries(Object.entries(PRESETS.compact).reverse());
    expect(
      groupRuns([
        madeUp('a', {}, ROW),
        { ...madeUp('b', {}, ROW), config: { ...turned, seed: 2 } as typeof PRESETS.compact },
      ]),
    ).toHaveLength(1);
  });

  it('the baseline is the unweighted sum with most seeds, unless it was changed by hand; else the first', () => {
    const groups = groupRuns([
      madeUp('w', weighted, ROW),
      madeUp('x', {}, ROW, { changed: true }),
      madeUp('a', { epochs: 7 }, ROW),
      madeUp('b', { seed: 1 }, ROW),
      madeUp('c', { seed: 2 }, ROW),
    ]);
    expect(defaultBaseline(groups)!.runs.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(defaultBaseline(groups.slice(0, 1))!.runs[0]!.id).toBe('w');
    expect(defaultBaseline([])).toBeNull();
  });
});

describe('pairs', () => {
  it('a random split validates on the same utterances with the same seed alone, a held-out session with any', () => {
    const session = { split: { kind: 'session', session: 5 } } as const;
    expect(sameValidation(madeUp('a', { seed: 1 }, ROW), madeUp('b', { ...weighted, seed: 1 }, ROW))).toBe(
      true,
    );
    expect(sameValidation(madeUp('a', { seed: 1 }, ROW), madeUp('b', { seed: 2 }, ROW))).toBe(false);
    expect(
      sameValidation(madeUp('a', { ...session, seed: 1 }, ROW), madeUp('b', { ...session, seed: 2 }, ROW)),
    ).toBe(true);
    expect(
      sameValidation(
        madeUp('a', { seed: 1 }, ROW),
        madeUp('b', { seed: 1, labelScheme: 'iemocap-4-exc' }, ROW),
      ),
    ).toBe(false);
    expect(
      sameValidation(madeUp('a', { seed: 1 }, ROW), madeUp('b', { seed: 1 }, ROW, { corpusId: 'another' })),
    ).toBe(false);
    expect(
      sameValidation(madeUp('a', { seed: 1 }, ROW), madeUp('b', { seed: 1 }, ROW, { leftOut: ['u1'] })),
    ).toBe(false);
    expect(
      sameValidation(
        madeUp('a', { seed: 1 }, ROW, { leftOut: ['u1'] }),
        madeUp('b', { seed: 1 }, ROW, { leftOut: ['u1'] }),
      ),
    ).toBe(true);
  });

  it('are made of common seeds only', () => {
    const [a, b] = groupRuns([
      madeUp('a1', { seed: 1 }, ROW),
      madeUp('a2', { seed: 2 }, ROW),
      madeUp('b2', { ...weighted, seed: 2 }, ROW),
      madeUp('b3', { ...weighted, seed: 3 }, ROW),
    ]);
    expect(pairsOf(a!, b!).map(([x, y]) => [x.id, y.id])).toEqual([['a2', 'b2']]);
  });
});

describe('settings', () => {
  it('are named by their path; only those that differ, or that one of them lacks, are listed', () => {
    const configs = [
      PRESETS.compact,
      { ...PRESETS.compact, ...weighted, optimizer: { ...PRESETS.compact.optimizer, learningRate: 0.01 } },
    ];
    expect(differingSettings(configs)).toEqual([
      'strategy.id',
      'optimizer.learningRate',
      'strategy.options.detached',
    ]);
    expect(differingSettings([PRESETS.compact, PRESETS.compact])).toEqual([]);
    expect(flatConfig(configs[1]!).get('optimizer.learningRate')).toBe('0.01');
    expect(flatConfig(configs[0]!).get('tasks')).toBe('emotion, speaker, gender');
    expect(confounders(configs[0]!, { ...configs[1]!, seed: 9, backend: 'cpu' })).toEqual([
      'optimizer.learningRate',
    ]);
    expect(allSettings(configs).length).toBeGreaterThan(25);
  });
});

describe('recipes over folds', () => {
  const fold = (n: number, folds = 3) => ({ split: { kind: 'folds', folds, fold: n } }) as const;
  const runs = [
    madeUp('a1', { ...fold(1), seed: 1 }, [[5, 5, 5]]),
    madeUp('a3', { ...fold(3), seed: 1 }, [[9, 5, 5]]),
    madeUp('a2', { ...fold(2), seed: 1 }, [[7, 5, 5]]),
    madeUp('b1', { ...weighted, ...fold(1), seed: 1 }, [[6, 5, 5]]),
    madeUp('b2', { ...weighted, ...fold(2), seed: 1 }, [[9, 5, 5]]),
    madeUp('other', { ...fold(1, 5), seed: 1 }, [[1, 5, 5]]),
  ];
  const reading = { metric: 'uar', side: 'validation', moment: 'best' } as const;

  it('are one where it is asked for: the same folds, each once a seed', () => {
    expect(hasFolds(runs)).toBe(true);
    expect(hasFolds([runs[0]!, runs[3]!, runs[5]!])).toBe(false);
    expect(groupRuns(runs)).toHaveLength(6);
    const groups = groupRuns(
      [...runs, madeUp('again', { ...fold(2), seed: 1 }, ROW, { createdAt: 1 })],
      'seeds-and-folds',
    );
    expect(groups.map((group) => [group.runs.map(({ id }) => id), group.folds, group.repeats])).toEqual([
      [['a1', 'again', 'a3'], ['1', '2', '3'], 1],
      [['b1', 'b2'], ['1', '2'], 0],
      [['other'], ['1'], 0],
    ]);
    // Without folds in the split nothing changes but the list of them.
    expect(groupRuns([madeUp('x', { seed: 1 }, ROW)], 'seeds-and-folds')).toEqual(
      groupRuns([madeUp('x', { seed: 1 }, ROW)]),
    );
  });

  it('are averaged, and paired fold by fold', () => {
    const [plain, average] = groupRuns(runs, 'seeds-and-folds');
    expect(valuesOf(plain!, 'emotion', reading)).toEqual([0.5, 0.7, 0.9]);
    expect(pairsOf(plain!, average!).map((pair) => pair.map(({ id }) => id))).toEqual([
      ['a1', 'b1'],
      ['a2', 'b2'],
    ]);
    const [row, other] = tableRows([plain!, average!], plain!, ['emotion'], reading, 'groups');
    // 0.5, 0.7, 0.9: mean 0.7, standard deviation 0.2.
    expect(row!.scores[0]!.value).toMatchObject({ n: 3 });
    expect(row!.scores[0]!.value!.mean).toBeCloseTo(0.7, 12);
    expect(row!.scores[0]!.value!.sd).toBeCloseTo(0.2, 12);
    expect(row!.settings.get('split.fold')).toBe('1, 2, 3');
    // 0.6 - 0.5 and 0.9 - 0.7.
    expect(other!.scores[0]).toMatchObject({ pairs: 2 });
    expect(other!.scores[0]!.delta).toBeCloseTo(0.15, 12);
    const [answer] = answerSeeds(seedQuestions(plain!, [plain!, average!], ['emotion'], reading));
    expect(answer!.pairs.map(({ seed, fold: of }) => [seed, of])).toEqual([
      [1, '1'],
      [1, '2'],
    ]);
  });
});
