/** What recipes are repeated over, and the part of the utterances two runs are tested on. */
import { describe, expect, it } from 'vitest';
import { groupRuns } from '../../src/core/compare/groups';
import { partOf, predictionsOn, splitOfPart } from '../../src/core/compare/part';
import { replicatesOf, replicatesOfPairs, repetitionsOf } from '../../src/core/compare/replicates';
import { madeUp } from '../support/compared-runs';

const fold = (n: number) => ({ split: { kind: 'folds', folds: 3, fold: n } }) as const;
const over = (...runs: readonly (readonly [seed: number, fold: number])[]) =>
  replicatesOf(
    groupRuns(
      runs.map(([seed, n]) => madeUp(`${seed} ${n}`, { seed, ...fold(n) }, [[5, 5, 5]])),
      'seeds-and-folds',
    ).flatMap(repetitionsOf),
  );

describe('what recipes are repeated over', () => {
  it('is what differs: seeds, folds, or both', () => {
    expect(over([1, 1], [1, 2], [1, 3])).toBe('turns');
    expect(over([1, 1], [2, 1])).toBe('seeds');
    expect(over([1, 1], [2, 1], [1, 2], [2, 2])).toBe('seeds-and-folds');
    expect(over([4, 2])).toBe('seeds');
  });
  it('is seeds where recipes are grouped over seeds alone, whatever fold each of them holds out', () => {
    const groups = groupRuns([1, 2].map((n) => madeUp(`${n}`, { seed: 1, ...fold(n) }, [[5, 5, 5]])));
    expect(groups).toHaveLength(2);
    expect(replicatesOf(groups.flatMap(repetitionsOf))).toBe('seeds');
  });
  it('of a comparison with a recipe without folds: the folds of the others count, its lack of them does not', () => {
    expect(replicatesOf([{ seed: 1 }, { seed: 1, fold: '1' }])).toBe('seeds');
    expect(replicatesOf([{ seed: 1 }, { seed: 1, fold: '1' }, { seed: 1, fold: '2' }])).toBe('turns');
  });
  it('of pairs is what these differ in; a single one is of what the comparison is of', () => {
    const pairs = [
      { seed: 1, fold: '1' },
      { seed: 1, fold: '2' },
    ];
    expect(replicatesOfPairs(pairs, 'seeds-and-folds')).toBe('turns');
    expect(replicatesOfPairs(pairs.slice(1), 'seeds-and-folds')).toBe('seeds-and-folds');
    expect(replicatesOfPairs([], 'turns')).toBe('turns');
  });
});

describe('the part of the utterances', () => {
  const plain = madeUp('plain', {}, [[5, 5, 5]]);
  const tested = {
    ...plain,
    epochs: plain.epochs.map((epoch) => ({ ...epoch, test: epoch.validation })),
  };
  it('is the test part where it is chosen and both runs have scored one', () => {
    expect(partOf('test', [tested, tested])).toBe('test');
    expect(partOf('test', [tested, plain])).toBe('validation');
    expect(partOf('validation', [tested, tested])).toBe('validation');
  });
  it('names the predictions that are kept: none of an epoch by its number, the test part’s at any', () => {
    expect(predictionsOn('validation', 'last')).toBe('last');
    expect(predictionsOn('validation', 7)).toBeNull();
    expect(predictionsOn('test', 7)).toBe('test');
  });
  it('is made by its own split', () => {
    const split = {
      kind: 'leave-group-out',
      column: 'speaker',
      group: '1',
      test: { kind: 'random', validationShare: 0.2 },
    } as unknown as Parameters<typeof splitOfPart>[0];
    expect(splitOfPart(split, 'test').kind).toBe('random');
    expect(splitOfPart(split, 'validation')).toEqual({
      kind: 'leave-group-out',
      column: 'speaker',
      group: '1',
    });
  });
});
