/**
 * The tests over seeds of what is compared, asked of the statistics worker once, however many parts of the
 * screen speak of them.
 */
import { useEffect, useMemo } from 'react';
import { seedQuestions, type SeedAnswer, type SeedQuestion } from '../../../core/compare/over-seeds';
import type { WireError } from '../../../core/errors/errors';
import { useCompare } from '../../../state/runs/compare';
import type { Comparison } from '../use-comparison';

export interface SeedAnswers {
  readonly questions: readonly SeedQuestion[];
  /** Null while they are computed. */
  readonly answers: readonly SeedAnswer[] | null;
  readonly error: WireError | null;
}

export function useSeedAnswers({ baseline, compared, tasks, reading }: Comparison): SeedAnswers {
  const asked = useCompare((s) => s.seeds);
  const askSeeds = useCompare((s) => s.askSeeds);
  const questions = useMemo(
    () =>
      seedQuestions(
        baseline.group,
        compared.map(({ group }) => group),
        tasks,
        reading,
      ),
    [baseline, compared, tasks, reading],
  );
  const about = useMemo(() => JSON.stringify(questions), [questions]);
  useEffect(() => {
    if (questions.length > 0) void askSeeds(about, questions);
  }, [askSeeds, about, questions]);
  const own = asked?.about === about ? asked : null;
  return {
    questions,
    answers: questions.length === 0 ? [] : (own?.answer ?? null),
    error: own?.error ?? null,
  };
}
