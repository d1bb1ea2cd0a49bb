/**
 * Label schemes belong to a corpus: where the draft's corpus has none of the id that the draft names - another
 * corpus was opened, a preset was taken - the corpus' first one takes its place.
 */
import { ADAPTERS, descriptionOf } from '../../core/corpus/adapters/registry';
import { schemeOf } from '../../core/corpus/label-schemes';
import { useCorpus } from './corpus';
import { useDraft } from '../draft';
import { isOpen } from './open-corpus';

function follow(): void {
  const { manifest, choice } = useCorpus.getState();
  const { config, problems, set } = useDraft.getState();
  const { corpus, labelScheme } = config;
  const described = isOpen(corpus, choice, manifest)
    ? descriptionOf(manifest)
    : corpus.kind === 'demo'
      ? ADAPTERS.find(({ builtIn }) => builtIn)!
      : null;
  if (!described) return;
  const { id } = schemeOf(described, labelScheme);
  if (id === labelScheme) return;
  set({ labelScheme: id });
  useDraft.setState({ problems });
}

/** Watches corpus and draft; once, by the page's entry. */
export function watchLabelScheme(): void {
  useCorpus.subscribe((now, before) => {
    if (now.manifest !== before.manifest || now.choice !== before.choice) follow();
  });
  useDraft.subscribe((now, before) => {
    if (now.config !== before.config) follow();
  });
}
