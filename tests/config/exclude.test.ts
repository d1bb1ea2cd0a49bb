/** Utterances that a configuration leaves out: what it accepts, what a link carries, what runs differ in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable } from '../../src/core/compare/comparable';
import { differingSettings } from '../../src/core/compare/differences';
import { differingFacets, shortOf } from '../../src/core/compare/facets';
import { excludedOf, excludedText, fitsLink } from '../../src/core/config/excluded-text';
import { draftText, readDraft } from '../../src/core/config/kept-draft';
import { fromQuery, toQuery } from '../../src/core/config/link';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { MOST_EXCLUDED } from '../../src/core/corpus/exclusion';

const compact = parseRunConfig(PRESETS.compact);
const without = (...exclude: string[]) => parseRunConfig({ ...compact, exclude });
const release = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, i) => `Ses0${1 + (i % 5)}F_impro0${1 + (i % 8)}_M${String((i * 7) % 1000).padStart(3, '0')}`,
  );

describe('a configuration', () => {
  it('has no such field where nothing is excluded', () => expect('exclude' in compact).toBe(false));

  it('keeps each utterance once, in order', () => expect(without('b', 'a', 'b').exclude).toEqual(['a', 'b']));

  it('refuses an empty list, one that is too long, and what is no id', () => {
    const refusal = (exclude: unknown) => () => parseRunConfig({ ...compact, exclude });
    expect(refusal([])).toThrow(/at least 1/);
    expect(refusal(Array.from({ length: MOST_EXCLUDED + 1 }, String))).toThrow(/10000 utterances at most/);
    expect(refusal([3])).toThrow();
    expect(refusal('a')).toThrow();
  });

  it('outlives a reload, also where another field does not fit any more', () => {
    const kept = without('a');
    expect(readDraft(draftText({ config: kept, preset: 'compact' }))?.config).toEqual(kept);
    const read = readDraft(draftText({ config: { ...kept, epochs: -1 }, preset: 'compact' }));
    expect(read?.config).toEqual(kept);
    expect(read?.problems).toHaveLength(1);
  });
});

describe('a link', () => {
  it('writes what each id has beside the one before', () => {
    const text = '0.Ses01F_impro01_F000~h.11';
    expect(excludedText(['Ses01F_impro01_F011', 'Ses01F_impro01_F000'])).toBe(text);
    expect(excludedOf(text)).toEqual(['Ses01F_impro01_F000', 'Ses01F_impro01_F011']);
  });

  it('carries any ids there and back', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
          minLength: 1,
          maxLength: 20,
        }),
        (ids) => {
          const config = without(...ids);
          const { config: read, problems } = fromQuery(toQuery(config, 'compact'));
          expect(problems).toEqual([]);
          expect(read).toEqual(config);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('carries some hundred of a corpus in a few kilobytes, and of more only their number, which is told', () => {
    const some = without(...release(400));
    expect(toQuery(some, 'compact').length).toBeLessThan(4000);
    expect(fromQuery(toQuery(some, 'compact')).config).toEqual(some);
    const ids = release(5000);
    expect(fitsLink(some.exclude ?? [])).toBe(true);
    expect(fitsLink(ids)).toBe(false);
    const query = toQuery(without(...ids), 'compact');
    expect(query.length).toBeLessThan(100);
    const { config, problems } = fromQuery(query);
    expect('exclude' in config).toBe(false);
    expect(problems.map(({ details }) => details)).toMatchObject([
      { key: 'exclude', why: 'notInLink', count: new Set(ids).size },
    ]);
  });

  it.each(['', 'x', '0.a~5.b', '0.%', '0.a~', 'zzzzz.a'])('refuses “%s”', (text) => {
    const { config, problems } = fromQuery(`exclude=${encodeURIComponent(text)}`);
    expect('exclude' in config).toBe(false);
    expect(problems).toHaveLength(1);
  });
});

describe('runs', () => {
  it('differ in what they exclude, by which they are called, and cannot be set side by side', () => {
    const runs = [compact, without('a'), without('a', 'b')].map((config) => ({ config, corpusId: 'c' }));
    expect(differingFacets(runs)).toEqual(['exclude']);
    expect(runs.map(({ config }) => shortOf('exclude', config))).toEqual([
      'none excluded',
      '1 excluded',
      '2 excluded',
    ]);
    expect(differingSettings(runs.map(({ config }) => config))).toEqual(['exclude']);
    expect(differingSettings([without('a', 'b'), without('b', 'a')])).toEqual([]);
    const [all, one] = runs.map((run) => ({ ...run, epoch: null }));
    expect(comparable(all!, one!)).toBe(false);
    expect(comparable(one!, { ...one!, config: without('a') })).toBe(true);
  });
});
