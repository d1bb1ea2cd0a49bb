/**
 * Which sentence a comparison earns: by hand for the cases that a reader will meet, corrected as one family.
 */
import { describe, expect, it } from 'vitest';
import { mcnemarOf } from '../../src/core/stats/mcnemar';
import { signFlip } from '../../src/core/stats/sign-flip';
import { judgeInterval, judgePairs, judgeSeeds } from '../../src/core/stats/verdict';

const test = (...differences: number[]) => ({ differences, p: signFlip(differences)?.p ?? null });
const pair = (firstOnly: number, secondOnly: number) => ({
  firstOnly,
  secondOnly,
  p: mcnemarOf(0, firstOnly, secondOnly, 0).exactP,
});

describe('over seeds', () => {
  it('three seeds cannot tell anything apart, however clean the sweep', () => {
    expect(judgeSeeds([test(0.1, 0.2, 0.3)])).toEqual([
      {
        verdict: { code: 'too-few-seeds', seeds: 3, floor: 0.25, corrected: 0.25, tests: 1, needed: 6 },
        adjusted: 0.25,
      },
    ]);
  });

  it('six can; with two comparisons they no longer can, for each pays for the other', () => {
    const sweep = test(0.1, 0.2, 0.3, 0.1, 0.2, 0.3);
    expect(judgeSeeds([sweep])[0]!.verdict).toMatchObject({ code: 'better', seeds: 6, p: 0.03125 });
    expect(judgeSeeds([test(...sweep.differences.map((d) => -d))])[0]!.verdict).toMatchObject({
      code: 'worse',
      p: 0.03125,
    });
    expect(judgeSeeds([sweep, test(0.1, -0.2, 0.3, 0.1, -0.2, 0.3)])[0]!.verdict).toEqual({
      code: 'too-few-seeds',
      seeds: 6,
      floor: 0.03125,
      corrected: 0.0625,
      tests: 2,
      needed: 7,
    });
  });

  it('enough seeds that disagree are not distinguishable', () => {
    expect(judgeSeeds([test(0.1, -0.1, 0.2, -0.2, 0.1, -0.3)])[0]!.verdict).toMatchObject({
      code: 'not-distinguishable',
      seeds: 6,
    });
  });

  it('no pair, one pair, no difference', () => {
    expect(judgeSeeds([test(), test(0.5), test(0, 0, 0)]).map(({ verdict }) => verdict.code)).toEqual([
      'no-pairs',
      'one-seed',
      'same',
    ]);
    expect(judgeSeeds([])).toEqual([]);
  });
});

describe('on one validation set', () => {
  it('no, few, balanced and lopsided discordant utterances', () => {
    expect(judgePairs([pair(0, 0)])).toEqual([{ verdict: { code: 'identical' }, adjusted: 1 }]);
    expect(judgePairs([pair(0, 4)])[0]!.verdict).toEqual({
      code: 'too-few-discordant',
      discordant: 4,
      floor: 0.125,
    });
    expect(judgePairs([pair(20, 24)])[0]!.verdict).toMatchObject({
      code: 'not-distinguishable',
      discordant: 44,
    });
    expect(judgePairs([pair(5, 30)])[0]!.verdict).toMatchObject({ code: 'better', discordant: 35 });
    expect(judgePairs([pair(30, 5)])[0]!.verdict).toMatchObject({ code: 'worse', discordant: 35 });
  });

  it('corrects the tasks together', () => {
    const alone = judgePairs([pair(4, 14)])[0]!;
    const together = judgePairs([pair(4, 14), pair(20, 24), pair(9, 9)])[0]!;
    expect(alone.verdict.code).toBe('better');
    expect(together.verdict.code).toBe('not-distinguishable');
    expect(together.adjusted).toBeCloseTo(3 * alone.adjusted!, 12);
  });
});

it('an interval lies above zero, below it, or covers it; touching counts as covering', () => {
  expect(
    [
      { low: 0.1, high: 0.2 },
      { low: -2, high: -1 },
      { low: -1, high: 1 },
      { low: 0, high: 1 },
    ].map(judgeInterval),
  ).toEqual(['above', 'below', 'covers-zero', 'covers-zero']);
});
