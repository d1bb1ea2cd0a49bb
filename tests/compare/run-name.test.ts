/** Names of runs that nobody named: readable, and none twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differingFacets } from '../../src/core/compare/facets';
import { PRESETS } from '../../src/core/config/presets';
import type { RunConfig } from '../../src/core/config/run-config';
import { MAX_NAME, runName, uniqueName } from '../../src/core/compare/run-name';

const made = (change: Partial<RunConfig> = {}, corpusId = 'demo') => ({
  config: { ...PRESETS.compact, ...change },
  corpusId,
});
const named = (runs: readonly ReturnType<typeof made>[]): readonly string[] => {
  const all: { config: RunConfig; corpusId: string; name: string }[] = [];
  for (const run of runs) all.push({ ...run, name: runName(run, all) });
  return all.map(({ name }) => name);
};
const SESSION = { split: { kind: 'session', session: 5 } } as const;

describe('names of new runs', () => {
  it('say strategy and seed, then what is not as before, then a number', () => {
    expect(
      named([
        made(),
        made({ seed: 2 }),
        made(SESSION),
        made({ epochs: 3 }),
        made(),
        made({ ...SESSION, epochs: 3 }),
        made({}, 'noise'),
      ]),
    ).toEqual([
      'unweighted-sum · 1',
      'unweighted-sum · 2',
      'unweighted-sum · 1 · session 5',
      'unweighted-sum · 1 · random 0.2 · epochs 3',
      'unweighted-sum · 1 · random 0.2 · epochs 40',
      'unweighted-sum · 1 · session 5 · epochs 3',
      'unweighted-sum · 1 · random 0.2 · epochs 40 (2)',
    ]);
  });
  it('name the corpus of a folder and the options of a strategy', () => {
    const folder = (id: string, name: string) => made({ corpus: { kind: 'folder', id, name } }, id);
    expect(named([folder('a', 'IEMOCAP'), folder('b', 'IEMOCAP noise')])).toEqual([
      'unweighted-sum · 1',
      'unweighted-sum · 1 · IEMOCAP noise',
    ]);
    const weights = (list: readonly number[]) =>
      made({ strategy: { id: 'static', options: { weights: list } } });
    expect(named([weights([1, 1, 1]), weights([1, 2, 3])])).toEqual([
      'static · 1',
      'static · 1 · weights 1/2/3',
    ]);
  });
  it('are all different, whatever is made in whatever order', () => {
    const some = fc.record({
      seed: fc.integer({ min: 1, max: 2 }),
      epochs: fc.integer({ min: 1, max: 2 }),
      width: fc.constantFrom(0.25, 1),
      split: fc.constantFrom(PRESETS.compact.split, SESSION.split),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 25 }), (list) => {
        const names = named(list.map((change) => made(change)));
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 50 },
    );
  });
  it('stay within the longest name that may be typed', () => {
    const long = 'x'.repeat(300);
    const cut = `${'x'.repeat(MAX_NAME - 1)}…`;
    expect(uniqueName(long, new Set())).toBe(cut);
    expect(uniqueName(long, new Set([cut]))).toBe(`${'x'.repeat(MAX_NAME - 5)}… (2)`);
  });
  it('are cut at a word, and an ellipsis says so', () => {
    const words = 'session 5, test style script · '.repeat(5);
    const name = uniqueName(words, new Set());
    expect(name.length).toBeLessThanOrEqual(MAX_NAME);
    expect(name).toBe(`${'session 5, test style script · '.repeat(3)}session 5, test style…`);
    expect(uniqueName('a'.repeat(MAX_NAME), new Set())).toBe('a'.repeat(MAX_NAME));
    // A whole word that just fits is kept.
    expect(uniqueName(`${'a'.repeat(100)} ${'b'.repeat(18)} c`, new Set())).toBe(
      `${'a'.repeat(100)} ${'b'.repeat(18)}…`,
    );
    expect(uniqueName(words, new Set([name]))).toBe(
      `${'session 5, test style script · '.repeat(3)}session 5, test style… (2)`,
    );
  });
});

describe('what tells runs apart', () => {
  it('is named in a fixed order, and nothing that all share', () => {
    expect(differingFacets([made(), made()])).toEqual([]);
    expect(differingFacets([made(), made({ ...SESSION, seed: 3, width: 1 })])).toEqual([
      'split',
      'width',
      'seed',
    ]);
    expect(differingFacets([made({}, 'a'), made({}, 'b')])).toEqual([]);
    expect(
      differingFacets([
        made({ corpus: { kind: 'folder', id: 'a', name: 'x' } }, 'a'),
        made({ corpus: { kind: 'folder', id: 'b', name: 'x' } }, 'b'),
      ]),
    ).toEqual(['corpus']);
  });
  it('is not the options of two strategies, unless one of them has two settings', () => {
    const weighted = (detached: boolean) =>
      made({ strategy: { id: 'weighted-average', options: { detached } } });
    expect(differingFacets([made(), weighted(false)])).toEqual(['strategy']);
    expect(differingFacets([made(), weighted(false), weighted(true)])).toEqual(['strategy', 'options']);
  });
});
