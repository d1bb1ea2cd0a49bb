/**
 * Whether a recipe beats the baseline over seeds: differences of runs with the same seed on the same
 * validation set, and the tests of them. Not here: reading scores (values.ts), words for the verdicts (the
 * page).
 */
import { meanInterval, type MeanInterval } from '../stats/mean-interval';
import { signFlip, type SignFlip } from '../stats/sign-flip';
import { judgeSeeds, type SeedVerdict } from '../stats/verdict';
import { wilcoxon, type Wilcoxon } from '../stats/wilcoxon';
import { turnOf } from '../splits/turns';
import { taskIds, type TaskId } from '../tasks/types';
import { pairsOf, type RunGroup } from './groups';
import type { Repetition } from './replicates';
import { lacks, lowerIsBetter, metricOf, valueOf, type MetricId, type Reading } from './values';

/** Both runs have the seed and, over folds, hold out the fold. */
export interface SeedPair extends Repetition {
  readonly baseline: number;
  readonly value: number;
}

/** One question: this group against the baseline in this task. */
export interface SeedQuestion {
  readonly group: string;
  readonly task: TaskId;
  /** By which the task is compared. */
  readonly metric: MetricId;
  readonly pairs: readonly SeedPair[];
  /** value - baseline, turned round where lower is better: above zero is better. */
  readonly gains: readonly number[];
}

export interface SeedAnswer extends SeedQuestion {
  /** Of the gains, 95 %. */
  readonly interval: MeanInterval | null;
  /** Sign flips: what the verdict rests on. */
  readonly flips: SignFlip | null;
  readonly ranks: Wilcoxon;
  readonly adjusted: number | null;
  readonly verdict: SeedVerdict;
}

/**
 * Differences of scores are ratios of small numbers: equal ones must come out equal, or ranks would hang on
 * the last bit.
 */
export const exact = (gain: number): number => Math.round(gain * 1e12) / 1e12;

/** One value a seed; runs without one are left out. */
export const valuesOf = (group: RunGroup, task: TaskId, reading: Reading): readonly number[] =>
  group.runs.flatMap((run) => valueOf(run, task, reading) ?? []);

export function seedPairs(
  baseline: RunGroup,
  group: RunGroup,
  task: TaskId,
  reading: Reading,
): readonly SeedPair[] {
  return pairsOf(baseline, group).flatMap(([a, b]): SeedPair[] => {
    const [before, after] = [valueOf(a, task, reading), valueOf(b, task, reading)];
    if (before === null || after === null) return [];
    const fold = baseline.folds.length > 0 ? turnOf(a.config.split) : null;
    return [{ seed: a.config.seed, ...(fold === null ? {} : { fold }), baseline: before, value: after }];
  });
}

/**
 * Every group against the baseline in every task that both have; none of what cannot be measured in any run
 * of either.
 */
export function seedQuestions(
  baseline: RunGroup,
  groups: readonly RunGroup[],
  tasks: readonly TaskId[],
  reading: Reading,
): readonly SeedQuestion[] {
  return groups
    .filter(({ key }) => key !== baseline.key)
    .flatMap((group) =>
      tasks
        .filter((task) =>
          [group, baseline].every(
            ({ config, runs }) =>
              taskIds(config).includes(task) && !runs.every((run) => lacks(run, task, reading)),
          ),
        )
        .map((task) => {
          const pairs = seedPairs(baseline, group, task, reading);
          const metric = metricOf(reading, task);
          const sign = lowerIsBetter(metric) ? -1 : 1;
          return {
            group: group.key,
            task,
            metric,
            pairs,
            gains: pairs.map((pair) => exact(sign * (pair.value - pair.baseline))),
          };
        }),
    );
}

/** Answers all questions as one family (Holm). */
export function answerSeeds(questions: readonly SeedQuestion[]): readonly SeedAnswer[] {
  const flips = questions.map(({ gains }) => signFlip(gains));
  const judged = judgeSeeds(
    questions.map(({ gains }, i) => ({ differences: gains, p: flips[i]?.p ?? null })),
  );
  return questions.map((question, i) => ({
    ...question,
    interval: meanInterval(question.gains),
    flips: flips[i]!,
    ranks: wilcoxon(question.gains),
    adjusted: judged[i]!.adjusted,
    verdict: judged[i]!.verdict,
  }));
}
