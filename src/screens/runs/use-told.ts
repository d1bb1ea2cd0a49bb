/**
 * What the table of runs says of each beside what is stored of it: what tells it from the others, and where
 * it is the best of those that are comparable.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { differingFacets, type Facet } from '../../core/compare/facets';
import { bestOf, measures } from '../../core/compare/yardsticks';
import { completedConfig } from '../../core/config/parse';
import { comparedKinds, comparedTasks } from '../../core/compare/compared-tasks';
import type { TaskKind } from '../../core/tasks/losses/types';
import { primaryMetric } from '../../core/tasks/metrics/registry';
import type { TaskMetrics } from '../../core/tasks/metrics/types';
import type { TaskId } from '../../core/tasks/types';
import { testedOf } from '../../core/training/monitor/tested';
import type { LibraryEntry } from '../../state/types';
import { facetText } from '../../ui/text/facet-text';
import { useFormat } from '../../ui/text/format';

/** Have columns of their own in the table. */
const ELSEWHERE: readonly Facet[] = ['strategy', 'corpus', 'origin'];

/** What a task is looked at by first (UAR, CCC); null where it has no value. */
function scoreOf(metrics: TaskMetrics | undefined, kind: TaskKind): number | null {
  const value = metrics && primaryMetric(kind).read(metrics);
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Place of a run's task; -1 where it has none of that name, or one that predicts something else. */
const placeOf = ({ config }: LibraryEntry, task: TaskId, kind: TaskKind): number =>
  config.tasks.findIndex((one) => one.id === task && one.kind === kind);

/** What the table says of a run beside what is stored of it. */
export interface Told {
  /** What tells it from the others of the list. */
  readonly differs: readonly string[];
  readonly corpus: string;
  /** Runs whose best scores can be set beside its own: their number, from 1, and how many they are. */
  readonly group: number;
  readonly alike: number;
  /** A task each, at the best epoch: on the validation side, and of the test part where there is one. */
  readonly scores: readonly (number | null)[];
  readonly tested: readonly (number | null)[];
  /** Tasks in which it is the best of them. */
  readonly best: readonly boolean[];
}

export function useTold(entries: readonly LibraryEntry[]): {
  readonly of: ReadonlyMap<LibraryEntry, Told>;
  readonly groups: number;
  /** That any of the runs has, and what they predict. */
  readonly tasks: readonly TaskId[];
  readonly kinds: ReadonlyMap<TaskId, TaskKind>;
} {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const made = new Map(
      entries.map((entry) => [entry, { config: completedConfig(entry.config), corpusId: entry.corpusId }]),
    );
    const facets = differingFacets([...made.values()]).filter((facet) => !ELSEWHERE.includes(facet));
    // The same name for another content: its fingerprint tells them apart.
    const sameName = (entry: LibraryEntry): boolean =>
      entries.some(
        ({ corpusId, config: { corpus } }) =>
          corpusId !== entry.corpusId &&
          corpus.kind === 'folder' &&
          entry.config.corpus.kind === 'folder' &&
          corpus.name === entry.config.corpus.name,
      );
    const alike = measures(entries, (entry) => ({ ...made.get(entry)!, epoch: entry.last }));
    const configs = entries.map(({ config }) => config);
    const [tasks, kinds] = [comparedTasks(configs), comparedKinds(configs)];
    const scoresOf = (entry: LibraryEntry, side: 'validation' | 'test'): (number | null)[] =>
      tasks.map((task) => {
        const kind = kinds.get(task)!;
        const tested =
          side === 'test' ? testedOf(entry.best ? [entry.best] : [])?.test : entry.best?.validation;
        return scoreOf(tested?.tasks[placeOf(entry, task, kind)], kind);
      });
    const scores = new Map(entries.map((entry) => [entry, scoresOf(entry, 'validation')]));
    const best = tasks.map((_, i) => bestOf(alike, (entry) => scores.get(entry)![i] ?? null));
    return {
      groups: alike.groups.length,
      tasks,
      kinds,
      of: new Map(
        entries.map((entry): [LibraryEntry, Told] => {
          const group = alike.groupOf.get(entry)!;
          const { corpus } = entry.config;
          return [
            entry,
            {
              corpus:
                corpus.kind === 'folder' && !sameName(entry)
                  ? corpus.name
                  : facetText(t, format, 'corpus', made.get(entry)!),
              differs: facets.map((facet) => facetText(t, format, facet, made.get(entry)!)).filter(Boolean),
              group: group + 1,
              alike: alike.groups[group]!.length,
              scores: scores.get(entry)!,
              tested: scoresOf(entry, 'test'),
              best: best.map((set) => set.has(entry)),
            },
          ];
        }),
      ),
    };
  }, [entries, t, format]);
}
