/** The marks of the Pareto view as they are drawn, with the words that are said of each. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParetoMark, ParetoView } from '../../../core/compare/pareto-view';
import type { MeanInterval } from '../../../core/stats/mean-interval';
import type { TaskId } from '../../../core/tasks/types';
import { metricOf } from '../../../core/compare/values';
import type { ScatterMark } from '../../../ui/charts/scatter';
import { useNumbers } from '../numbers';
import { memberOf, type Comparison } from '../use-comparison';
import { countedText } from '../../../ui/text/repetitions';
import { taskName } from '../../../ui/text/task-name';

/** More dominators than this are counted. */
const NAMED = 4;

/** The mean and, from two values on, its standard deviation to either side. */
const bar = ({ mean, sd }: MeanInterval): readonly [number, number] | undefined =>
  sd === null ? undefined : [mean - sd, mean + sd];

export interface ParetoWords {
  /** `A`, or of a single run `A·2` with its seed. */
  readonly short: (mark: ParetoMark) => string;
  readonly name: (mark: ParetoMark) => string;
  readonly score: (value: MeanInterval, task: TaskId) => string;
  /** On the front, or by what it is dominated; empty for what is not judged. */
  readonly verdict: (mark: ParetoMark) => string;
}

export function useParetoWords({ judged }: ParetoView, comparison: Comparison): ParetoWords {
  const { t } = useTranslation();
  const numbers = useNumbers();
  return useMemo((): ParetoWords => {
    const short = ({ group, run }: ParetoMark): string =>
      run
        ? t('compare.pareto.runShort', {
            letter: memberOf(comparison, group).style.letter,
            seed: run.config.seed,
          })
        : memberOf(comparison, group).style.letter;
    return {
      short,
      name: (mark) =>
        mark.run
          ? t('compare.pareto.runName', { short: short(mark), name: mark.run.name })
          : `${short(mark)} ${memberOf(comparison, mark.group).name}`,
      score: ({ mean, sd }, task) => {
        const metric = metricOf(comparison.reading, task);
        return `${numbers.score(mean, metric)}${sd === null ? '' : ` ${t('compare.table.spread', { sd: numbers.spread(sd, metric) })}`}`;
      },
      verdict: ({ dominatedBy }) => {
        if (dominatedBy === null) return '';
        if (dominatedBy.length === 0) return t('compare.pareto.onFront');
        const named = dominatedBy
          .slice(0, NAMED)
          .flatMap((key) => judged.find((mark) => mark.key === key) ?? [])
          .map(short)
          .join(', ');
        const more = dominatedBy.length - NAMED;
        return more > 0
          ? t('compare.pareto.dominatedByMore', { names: named, count: more })
          : t('compare.pareto.dominatedBy', { names: named });
      },
    };
  }, [t, numbers, judged, comparison]);
}

export function useParetoMarks(
  view: ParetoView,
  [across, up]: readonly [TaskId, TaskId],
  comparison: Comparison,
): readonly ScatterMark[] {
  const { t } = useTranslation();
  const words = useParetoWords(view, comparison);
  return useMemo(
    () =>
      [...view.runs, ...view.judged].map((mark): ScatterMark => {
        const { style } = memberOf(comparison, mark.group);
        const judged = mark.dominatedBy !== null;
        return {
          key: mark.key,
          x: mark.x.mean,
          y: mark.y.mean,
          xBar: bar(mark.x),
          yBar: bar(mark.y),
          color: style.color,
          marker: style.marker,
          hollow: judged && mark.dominatedBy.length > 0,
          short: judged ? words.short(mark) : undefined,
          says: [
            words.name(mark),
            t('compare.pareto.reads', { task: taskName(t, across), score: words.score(mark.x, across) }),
            t('compare.pareto.reads', { task: taskName(t, up), score: words.score(mark.y, up) }),
            ...(mark.run ? [] : [countedText(t, comparison.replicates, mark.x.n)]),
            ...(judged ? [words.verdict(mark)] : []),
          ],
        };
      }),
    [t, words, view, across, up, comparison],
  );
}
