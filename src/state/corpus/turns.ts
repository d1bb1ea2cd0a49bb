/** Every fold of a configuration's split, as far as its corpus is open; else as the full corpus has them. */
import { useMemo } from 'react';
import type { RunConfig } from '../../core/config/run-config';
import { offerOf, usualOffer } from '../../core/splits/report';
import { allTurns } from '../../core/splits/turns';
import { useCorpus } from './corpus';
import { isOpen } from './open-corpus';

/** Empty where the split has no folds. */
export function useTurns({ corpus, labelScheme, split }: RunConfig): readonly RunConfig['split'][] {
  const manifest = useCorpus((s) => s.manifest);
  const choice = useCorpus((s) => s.choice);
  return useMemo(
    () => allTurns(split, isOpen(corpus, choice, manifest) ? offerOf(manifest) : usualOffer(labelScheme)),
    [corpus, choice, manifest, labelScheme, split],
  );
}
