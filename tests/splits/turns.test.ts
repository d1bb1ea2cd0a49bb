/** Every fold of a split, and that together they hold every utterance out once. */
import { describe, expect, it } from 'vitest';
import { makeSplit } from '../../src/core/splits/make';
import type { SplitChoice } from '../../src/core/splits/registry';
import { allTurns, turnOf, withoutTurn } from '../../src/core/splits/turns';
import type { Offer } from '../../src/core/splits/types';

const OFFER: Offer = {
  holdOut: { session: ['1', '2', '10', 'pilot'], speaker: ['a', 'b', 'c'], style: ['calm', 'loud'] },
  parts: [],
  groups: ['session', 'speaker', 'style'],
  classes: ['emotion'],
  published: [],
};
const items = Array.from({ length: 23 }, (_, i) => ({
  id: `u${i}`,
  labels: { emotion: i % 4 },
  groups: {
    session: ['1', '2', '10'][i % 3]!,
    speaker: ['a', 'b', 'c'][(i >> 1) % 3]!,
    style: ['calm', 'loud'][i % 2]!,
  },
}));

describe('the folds of a split', () => {
  it.each<readonly [SplitChoice, readonly string[]]>([
    [{ kind: 'folds', folds: 4, fold: 3 }, ['1', '2', '3', '4']],
    [{ kind: 'group-folds', column: 'speaker', folds: 2, fold: 1 }, ['1', '2']],
    // Only numbered sessions can be held out.
    [{ kind: 'session', session: 5 }, ['1', '2', '10']],
    [{ kind: 'speaker', speaker: 'b' }, ['a', 'b', 'c']],
    [{ kind: 'group', column: 'style', value: 'calm' }, ['calm', 'loud']],
  ])('%j: each once, and every utterance is held out once', (split, names) => {
    const turns = allTurns(split, OFFER);
    expect(turns.map(turnOf)).toEqual(names);
    expect(new Set(turns.map((one) => JSON.stringify(withoutTurn(one)))).size).toBe(1);
    const held = turns.flatMap((one) => makeSplit(items as never, one, 7).validation.map(({ id }) => id));
    expect(held.toSorted()).toEqual(items.map(({ id }) => id).toSorted());
  });

  it('are none of a split that draws, or that the corpus has nothing for', () => {
    expect(allTurns({ kind: 'random', validationFraction: 0.2 }, OFFER)).toEqual([]);
    expect(turnOf({ kind: 'random', validationFraction: 0.2 })).toBeNull();
    expect(allTurns({ kind: 'speaker', speaker: 'x' }, { ...OFFER, holdOut: {} })).toEqual([]);
  });

  it('leave to the test part what is its own, and keep it in every fold', () => {
    const test = { kind: 'speaker', speaker: 'b' } as const;
    const turns = allTurns({ kind: 'speaker', speaker: 'a', test }, OFFER);
    expect(turns).toEqual([
      { kind: 'speaker', speaker: 'a', test },
      { kind: 'speaker', speaker: 'c', test },
    ]);
  });
});
