/**
 * The corpus that a run needs: the one that is open where it is meant, else the demo, which can be made; a
 * folder only the user can open.
 */
import { corpora } from '../../clients/shelf';
import { identify, knowsContents } from '../../core/corpus/identity';
import type { CorpusManifest } from '../../core/corpus/types';
import { CorpusError, fromWire } from '../../core/errors/errors';
import type { CorpusChoice, RunConfig } from '../../core/config/run-config';
import { corpusSettled, corpusSource, useCorpus } from './corpus';

/** Whether the open corpus is the one that is meant. */
export function isOpen(
  wanted: CorpusChoice,
  choice: CorpusChoice | null,
  manifest: CorpusManifest | null,
): manifest is CorpusManifest {
  if (!manifest || !choice) return false;
  return wanted.kind === 'folder'
    ? manifest.fingerprint === wanted.id
    : choice.kind === 'demo' && choice.seed === wanted.seed && choice.difficulty === wanted.difficulty;
}

/** The corpus that is open, whatever a configuration calls it. */
type OpenCorpus = { readonly id: string; readonly choice: CorpusChoice };

/**
 * Opens what the config names, unless it is open already.
 * @returns null where the user called it off
 * @throws CorpusError `corpus-unread`, `corpus-not-open`, and what reading the demo throws
 */
export async function openCorpus({ corpus: wanted }: RunConfig): Promise<OpenCorpus | null> {
  await corpusSettled();
  const atHand = (): OpenCorpus | null => {
    const { choice, manifest } = useCorpus.getState();
    if (!choice || !manifest) return null;
    const same =
      wanted.kind === 'demo'
        ? choice.kind === 'demo' &&
          choice.seed === wanted.seed &&
          choice.difficulty === wanted.difficulty &&
          corpusSource(manifest.fingerprint)?.kind === 'demo'
        : identify(manifest, wanted.id) !== null;
    return same ? { id: manifest.fingerprint, choice } : null;
  };
  const already = atHand();
  if (already) {
    if (!knowsContents(useCorpus.getState().manifest!)) throw new CorpusError('corpus-unread');
    return already;
  }
  // A joined one lies nowhere by itself: what of it is cached, or may be read without a question, is at hand.
  if (wanted.kind === 'folder') await openStored(wanted);
  else await useCorpus.getState().openDemo(wanted);
  const { error } = useCorpus.getState();
  if (error) throw fromWire(error);
  return atHand();
}

async function openStored({ id, name }: Extract<CorpusChoice, { kind: 'folder' }>): Promise<void> {
  const stored = await corpora.get(id);
  if (!stored?.manifest.joined) throw new CorpusError('corpus-not-open', { name });
  await useCorpus.getState().openJoined(id, false);
}
