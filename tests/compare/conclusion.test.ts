/** The one-line verdict: what holds, what cannot be told, and how many seeds it would take. */
import { describe, expect, it } from 'vitest';
import { conclude } from '../../src/core/compare/conclusion';
import { answerSeeds, type SeedQuestion } from '../../src/core/compare/over-seeds';
import type { TaskId } from '../../src/core/tasks/types';

const question = (group: string, task: TaskId, gains: readonly number[]): SeedQuestion => ({
  group,
  task,
  metric: 'uar',
  gains,
  pairs: gains.map((gain, i) => ({ seed: i + 1, baseline: 0.5, value: 0.5 + gain })),
});
const said = (...questions: readonly SeedQuestion[]) => conclude(answerSeeds(questions));
/** Ten wins of ten: p = 2 / 2^10. */
const wins = Array.from({ length: 10 }, (_, i) => 0.01 * (i + 1));

describe('the verdict in one line', () => {
  it('too few seeds: 1 - log2(0.05 / 9) is 8.49, so nine seeds for nine comparisons', () => {
    const nine = (['a', 'b', 'c'] as const).flatMap((group) =>
      (['emotion', 'speaker', 'gender'] as const).map((task) => question(group, task, [0.1, 0.2, 0.1])),
    );
    expect(said(...nine)).toEqual({
      conclusion: { code: 'too-few', seeds: 3, needed: 9, tests: 9 },
      undecidable: 0,
    });
    expect(said(question('a', 'emotion', [0.1]))).toEqual({
      conclusion: { code: 'too-few', seeds: 1, needed: 6, tests: 1 },
      undecidable: 0,
    });
  });
  it('what is equal in two seeds decides nothing while others have too few', () => {
    expect(said(question('a', 'emotion', [0, 0]), question('a', 'gender', [0.1, -0.1])).conclusion).toEqual({
      code: 'too-few',
      seeds: 2,
      needed: 7,
      tests: 2,
    });
  });
  it('nothing shared', () => {
    expect(said()).toEqual({ conclusion: { code: 'nothing' }, undecidable: 0 });
    expect(said(question('a', 'emotion', []))).toEqual({ conclusion: { code: 'nothing' }, undecidable: 0 });
  });
  it('enough seeds and no difference', () => {
    expect(
      said(
        question(
          'a',
          'emotion',
          wins.map((w, i) => (i % 2 ? w : -w)),
        ),
      ).conclusion,
    ).toEqual({ code: 'none' });
    expect(said(question('a', 'emotion', [0, 0, 0])).conclusion).toEqual({ code: 'none' });
  });
  it('what holds, and how many comparisons have too few seeds for it', () => {
    expect(
      said(
        question('a', 'emotion', wins),
        question(
          'b',
          'gender',
          wins.map((w) => -w),
        ),
        question('c', 'emotion', [0.1, 0.1]),
      ),
    ).toEqual({
      conclusion: {
        code: 'some',
        found: [
          { group: 'a', task: 'emotion', better: true },
          { group: 'b', task: 'gender', better: false },
        ],
      },
      undecidable: 1,
    });
  });
});
