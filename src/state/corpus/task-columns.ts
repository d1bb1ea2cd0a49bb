/** The columns of labels that a configuration's corpus offers to its tasks, as far as it is open. */
import { useMemo } from 'react';
import { descriptionOf } from '../../core/corpus/adapters/registry';
import type { CorpusManifest } from '../../core/corpus/types';
import type { RunConfig } from '../../core/config/run-config';
import { levelsOfScale, levelsOfValues } from '../../core/tasks/levels';
import type { OfferedColumn } from '../../core/tasks/of-column';
import { PAPER_TASKS } from '../../core/tasks/presets';
import { useCorpus } from './corpus';
import { isOpen } from './open-corpus';

/** Until a corpus is open: those of the paper's tasks, which every demo corpus has. */
const USUAL: readonly OfferedColumn[] = PAPER_TASKS.map(({ column, kind }) => ({ id: column, kind }));

/** Each column as it is, and behind a number its levels: of the scale that it is rated on, else of its values. */
export const offeredColumns = (manifest: CorpusManifest): readonly OfferedColumn[] =>
  descriptionOf(manifest).columns.flatMap(({ id, kind, scale }): OfferedColumn[] => {
    if (kind !== 'number') return [{ id, kind }];
    const values = manifest.utterances.flatMap(({ labels }) =>
      typeof labels[id] === 'number' ? [labels[id]] : [],
    );
    const levels = scale ? levelsOfScale(scale) : levelsOfValues(values);
    return [{ id, kind }, ...(levels && values.length > 0 ? [{ id, kind: 'classes' as const, levels }] : [])];
  });

export function useTaskColumns({ corpus }: Pick<RunConfig, 'corpus'>): readonly OfferedColumn[] {
  const manifest = useCorpus((s) => s.manifest);
  const choice = useCorpus((s) => s.choice);
  return useMemo(
    () => (isOpen(corpus, choice, manifest) ? offeredColumns(manifest) : USUAL),
    [corpus, choice, manifest],
  );
}
