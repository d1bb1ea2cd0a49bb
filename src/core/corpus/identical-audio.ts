/**
 * Recordings with the same sound under different names: files copied over each other, or a corpus with copies
 * in it. Where one lies in training and the other in validation, what is measured was learnt by heart.
 */
import type { Utterance } from './types';

type Recording = Pick<Utterance, 'id' | 'content'>;

/**
 * Groups of two or more with equal content, each in the order of the recordings; those without a content
 * (manifests of 0.1.0) are in none.
 */
export function identicalAudio<T extends Recording>(recordings: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const recording of recordings) {
    if (recording.content === undefined) continue;
    const group = groups.get(recording.content);
    if (group) group.push(recording);
    else groups.set(recording.content, [recording]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Validation's recordings whose sound is in training, too, under another name. */
export function heardInTraining(
  recordings: readonly Recording[],
  train: readonly { readonly id: string }[],
  validation: readonly { readonly id: string }[],
): string[] {
  const trained = new Set(train.map(({ id }) => id));
  const validated = new Set(validation.map(({ id }) => id));
  return identicalAudio(recordings).flatMap((group) =>
    group.some(({ id }) => trained.has(id))
      ? group.filter(({ id }) => validated.has(id)).map(({ id }) => id)
      : [],
  );
}
