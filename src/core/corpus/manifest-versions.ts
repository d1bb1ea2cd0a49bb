/**
 * Manifests of earlier versions, as today's. Version 1 (0.1.0 and 0.2.0) knew IEMOCAP's layout alone and had
 * a field for each of its labels; the demo corpus is among them, for it has the same layout. Fingerprints stay:
 * runs know their corpus by them.
 */
import { columnsOf } from './iemocap/columns';
import type { CorpusManifest, Gender, Utterance } from './types';

interface UtteranceV1 extends Pick<Utterance, 'id' | 'path' | 'sampleRate' | 'frames' | 'content'> {
  readonly speaker: string;
  readonly gender: Gender;
  readonly session: number;
  readonly dialog: string;
  readonly scripted: boolean;
  readonly label: string;
  readonly vad: readonly [number, number, number];
}

export interface ManifestV1 extends Pick<
  CorpusManifest,
  'fingerprint' | 'sizesFingerprint' | 'problems' | 'found'
> {
  readonly version: 1;
  readonly corpus: 'iemocap';
  readonly utterances: readonly UtteranceV1[];
}

/** Version 1 to 2: labels and groups by column. */
export function manifestOf1({ corpus, utterances, ...rest }: ManifestV1): CorpusManifest {
  return {
    ...rest,
    version: 2,
    adapter: corpus,
    utterances: utterances.map(
      ({ speaker, gender, session, dialog, scripted, label, vad, ...utterance }) => ({
        ...utterance,
        ...columnsOf({ speaker, gender, session, dialog, scripted }, label, vad),
      }),
    ),
  };
}

/** A stored manifest as today's; today's comes back as it is. */
export const currentManifest = (stored: CorpusManifest | ManifestV1): CorpusManifest =>
  stored.version === 1 ? manifestOf1(stored) : stored;
