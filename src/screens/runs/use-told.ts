/**
 * What the table of runs says of each beside what is stored of it: what tells it from the others, and where
 * it is the best of those that are comparable.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { differingFacets, type Facet } from '../../core/compare/facets';
import { bestOf, measures } from '../../core/compare/yardsticks';
import { completedConfig } from '../../core/config/parse';
import { TASKS } from '../../core/tasks/presets';
import { taskIds, type TaskId } from '../../core/tasks/types';
import type { LibraryEntry } from '../../state/types';
import { facetText } from '../../ui/text/facet-text';
import { useFormat } from '../../ui/text/format';

/** Have columns of their own in the table. */
const ELSEWHERE: readonly Facet[] = ['strategy', 'corpus', 'origin'];

/**
 * Validation UAR of a task at the best epoch; null when there is none, it cannot be measured, or the run has
 * no such task.
 */
export function bestUar(entry: LibraryEntry, task: TaskId): number | null {
  const uar = entry.best?.validation.tasks[taskIds(entry.config).indexOf(task)]?.uar;
  return Number.isFinite(uar) ? uar! : null;
}

/** What the table says of a run beside what is stored of it. */
export interface Told {
  /** What tells it from the others of the list. */
  readonly differs: string;
  readonly corpus: string;
  /** Runs whose best scores can be set beside its own: their number, from 1, and how many they are. */
  readonly group: number;
  readonly alike: number;
  /** Tasks in which it is the best of them. */
  readonly best: readonly boolean[];
}

export function useTold(entries: readonly LibraryEntry[]): {
  readonly of: ReadonlyMap<LibraryEntry, Told>;
  readonly groups: number;
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
    const best = TASKS.map((task) => bestOf(alike, (entry) => bestUar(entry, task)));
    return {
      groups: alike.groups.length,
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
              differs: facets
                .map((facet) => facetText(t, format, facet, made.get(entry)!))
                .filter(Boolean)
                .join(' · '),
              group: group + 1,
              alike: alike.groups[group]!.length,
              best: best.map((set) => set.has(entry)),
            },
          ];
        }),
      ),
    };
  }, [entries, t, format]);
}
