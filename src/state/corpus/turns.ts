/** Every fold of a configuration's split, as far as its corpus is open; else as the full corpus has them. */
import { useMemo } from 'react';
import type { CorpusManifest } from '../../core/corpus/types';
import type { RunConfig } from '../../core/config/run-config';
import { offerOf, usualOffer } from '../../core/splits/report';
import { allTurns } from '../../core/splits/turns';
import { useCorpus } from './corpus';
import { isOpen } from './open-corpus';

type Splits = readonly RunConfig['split'][];

const turnsWith = ({ labelScheme, split }: RunConfig, manifest: CorpusManifest | null): Splits =>
  allTurns(split, manifest ? offerOf(manifest) : usualOffer(labelScheme));

/** Empty where the split has no folds. */
export function turnsNow(config: RunConfig): Splits {
  const { manifest, choice } = useCorpus.getState();
  return turnsWith(config, isOpen(config.corpus, choice, manifest) ? manifest : null);
}

/** The same for whoever shows it. */
export function useTurns(config: RunConfig): Splits {
  const manifest = useCorpus((s) => s.manifest);
  const choice = useCorpus((s) => s.choice);
  return useMemo(
    () => turnsWith(config, isOpen(config.corpus, choice, manifest) ? manifest : null),
    [config, choice, manifest],
  );
}
