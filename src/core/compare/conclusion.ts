/**
 * All tests over seeds in one sentence's worth: what holds, or that nothing can be told and how many seeds it
 * would take. Not here: the words (the page's).
 */
import { pairsNeeded } from '../stats/attainable';
import { LEVEL } from '../stats/verdict';
import type { TaskId } from '../tasks/types';
import type { SeedAnswer } from './over-seeds';

export type Conclusion =
  /** No two recipes share a seed. */
  | { readonly code: 'nothing' }
  /** No comparison has seeds enough: `seeds` at most, `needed` each for so many tests. */
  | { readonly code: 'too-few'; readonly seeds: number; readonly needed: number; readonly tests: number }
  | { readonly code: 'none' }
  | {
      readonly code: 'some';
      readonly found: readonly { readonly group: string; readonly task: TaskId; readonly better: boolean }[];
    };

export interface Concluded {
  readonly conclusion: Conclusion;
  /** Comparisons that have too few seeds where others have enough. */
  readonly undecidable: number;
}

export function conclude(
  answers: readonly Pick<SeedAnswer, 'group' | 'task' | 'pairs' | 'verdict'>[],
): Concluded {
  const verdicts = answers.map(({ verdict }) => verdict);
  const found = answers.flatMap(({ group, task, verdict: { code } }) =>
    code === 'better' || code === 'worse' ? [{ group, task, better: code === 'better' }] : [],
  );
  const short = verdicts.filter(
    ({ code }) => code === 'too-few-seeds' || code === 'one-seed' || code === 'no-pairs',
  ).length;
  if (found.length > 0) return { conclusion: { code: 'some', found }, undecidable: short };
  const few = verdicts.flatMap((verdict) => (verdict.code === 'too-few-seeds' ? [verdict] : []));
  const seeds = answers.reduce((most, { pairs }) => Math.max(most, pairs.length), 0);
  if (seeds === 0) return { conclusion: { code: 'nothing' }, undecidable: 0 };
  // Equal in the few seeds there are is no answer either, where others would need more.
  if (verdicts.some(({ code }) => code === 'not-distinguishable' || (code === 'same' && few.length === 0)))
    return { conclusion: { code: 'none' }, undecidable: short };
  const tests = few[0]?.tests ?? answers.filter(({ pairs }) => pairs.length > 0).length;
  return {
    conclusion: { code: 'too-few', seeds, needed: few[0]?.needed ?? pairsNeeded(LEVEL, tests), tests },
    undecidable: 0,
  };
}
