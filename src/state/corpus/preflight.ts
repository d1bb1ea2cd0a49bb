/** The pre-flight report of the open corpus under the configuration that is being made. */
import { useMemo } from 'react';
import { preflight, type Preflight } from '../../core/preflight/preflight';
import { useDraft } from '../draft';
import { useCorpus } from './corpus';

/** @returns null while no corpus is open */
export function usePreflight(): Preflight | null {
  const manifest = useCorpus((s) => s.manifest);
  const { labelScheme, exclude, split, seed, features, tasks } = useDraft((s) => s.config);
  return useMemo(
    () => manifest && preflight(manifest, { labelScheme, exclude, split, seed, features, tasks }),
    [manifest, labelScheme, exclude, split, seed, features, tasks],
  );
}
