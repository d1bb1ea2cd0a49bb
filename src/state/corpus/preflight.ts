/** The pre-flight report of the open corpus under the configuration that is being made. */
import { useEffect, useMemo } from 'react';
import { preflight, type Preflight } from '../../core/preflight/preflight';
import { useDraft } from '../draft';
import { alikeAbout, useAlike } from './alike';
import { useCorpus } from './corpus';

/** @returns null while no corpus is open */
export function usePreflight(): Preflight | null {
  const manifest = useCorpus((s) => s.manifest);
  const { labelScheme, exclude, split, seed, features, tasks } = useDraft((s) => s.config);
  const { about, report } = useAlike();
  const alike = manifest && about === alikeAbout(manifest.fingerprint, features) ? report : null;
  return useMemo(
    () => manifest && preflight(manifest, { labelScheme, exclude, split, seed, features, tasks }, alike),
    [manifest, labelScheme, exclude, split, seed, features, tasks, alike],
  );
}

/** Looks for near-identical recordings as soon as there are spectrograms under the settings of the moment. */
export function useLookForAlike(): void {
  const corpusId = useCorpus((s) => s.manifest?.fingerprint);
  const features = useDraft((s) => s.config.features);
  const known = useAlike((s) => s.about);
  useEffect(() => {
    if (corpusId !== undefined && known !== alikeAbout(corpusId, features))
      void useAlike.getState().look(corpusId, features);
  }, [corpusId, features, known]);
}
