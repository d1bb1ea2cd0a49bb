/** What the open corpus has of listeners' votes on a column, for tasks that learn from them. */
import { useMemo } from 'react';
import type { RunConfig } from '../../core/config/run-config';
import type { VoteCounts } from '../../core/training/dataset';
import { votesOfCorpus } from '../../core/training/vote-targets';
import { useCorpus } from './corpus';
import { isOpen } from './open-corpus';

/** Null where the configuration's corpus is not open, or has no votes on the column. */
export function useVotes(
  { corpus, labelScheme, exclude }: Pick<RunConfig, 'corpus' | 'labelScheme' | 'exclude'>,
  column: string,
): VoteCounts | null {
  const manifest = useCorpus((s) => s.manifest);
  const choice = useCorpus((s) => s.choice);
  return useMemo(
    () =>
      isOpen(corpus, choice, manifest) ? votesOfCorpus(manifest, { labelScheme, exclude }, column) : null,
    [corpus, choice, manifest, labelScheme, exclude, column],
  );
}
