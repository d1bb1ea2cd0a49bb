/** The columns of labels that a configuration's corpus offers to its tasks, as far as it is open. */
import { useMemo } from 'react';
import { descriptionOf } from '../../core/corpus/adapters/registry';
import type { RunConfig } from '../../core/config/run-config';
import type { TaskKind } from '../../core/tasks/losses/types';
import { PAPER_TASKS } from '../../core/tasks/presets';
import { useCorpus } from './corpus';
import { isOpen } from './open-corpus';

export interface TaskColumn {
  readonly id: string;
  readonly kind: TaskKind;
}

/** Until a corpus is open: those of the paper's tasks, which every demo corpus has. */
const USUAL: readonly TaskColumn[] = PAPER_TASKS.map(({ column, kind }) => ({ id: column, kind }));

export function useTaskColumns({ corpus }: Pick<RunConfig, 'corpus'>): readonly TaskColumn[] {
  const manifest = useCorpus((s) => s.manifest);
  const choice = useCorpus((s) => s.choice);
  return useMemo(
    () =>
      isOpen(corpus, choice, manifest)
        ? descriptionOf(manifest).columns.map(({ id, kind }) => ({ id, kind }))
        : USUAL,
    [corpus, choice, manifest],
  );
}
