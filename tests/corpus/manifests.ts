/** Made-up manifests for tests of what comes after the scan. */
import { columnsOf } from '../../src/core/corpus/iemocap/columns';
import type { CorpusManifest, Utterance } from '../../src/core/corpus/types';
import type { Problem } from '../../src/core/errors/problem';

/** An utterance of the given session, speaker letter and label; `index` makes the id. */
export function utterance(
  session: number,
  letter: 'F' | 'M',
  label: string,
  index: number,
  dialog = `Ses0${session}F_impro01`,
): Utterance {
  return {
    id: `${dialog}_${letter}${String(index).padStart(3, '0')}`,
    ...columnsOf(
      {
        speaker: `Ses0${session}${letter}`,
        gender: letter === 'F' ? 'female' : 'male',
        session,
        dialog,
        scripted: dialog.includes('script'),
      },
      label,
      [3, 3, 3],
    ),
    path: '',
    sampleRate: 16_000,
    frames: 8_000 * (index + 1),
  };
}

export const manifestOf = (
  utterances: readonly Utterance[],
  problems: readonly Problem[] = [],
): CorpusManifest => ({
  version: 2,
  adapter: 'iemocap',
  fingerprint: 'test',
  utterances: [...utterances].sort((a, b) => (a.id < b.id ? -1 : 1)),
  problems,
});
