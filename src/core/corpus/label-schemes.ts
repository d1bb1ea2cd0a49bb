/**
 * Label schemes: which of a corpus' labels become which class, and what that leaves of a manifest.
 * Class indices made here are the targets of training and the order of every confusion matrix.
 */
import type { LabelSchemeId } from '../training/run-config';
import type { CorpusManifest, Gender } from './types';

export interface LabelScheme {
  readonly id: LabelSchemeId;
  /** Class names in order of index. */
  readonly classes: readonly string[];
  /** Class of each corpus label that is used; every other label is left out. */
  readonly classOf: Readonly<Record<string, string>>;
}

const FOUR = ['angry', 'happy', 'neutral', 'sad'] as const;
const PAPER = { ang: 'angry', hap: 'happy', neu: 'neutral', sad: 'sad' } as const;

export const LABEL_SCHEMES: Readonly<Record<LabelSchemeId, LabelScheme>> = {
  /** The paper's four classes; `exc` is left out, so happy is the rarest (4490 utterances of the release). */
  'iemocap-4': { id: 'iemocap-4', classes: FOUR, classOf: PAPER },
  /** The field's usual variant: `exc` counts as happy (5531 utterances of the release). */
  'iemocap-4-exc': { id: 'iemocap-4-exc', classes: FOUR, classOf: { ...PAPER, exc: 'happy' } },
};

/** One utterance with its class index for every task. */
export interface LabelledItem {
  readonly id: string;
  /** Position in the manifest's `utterances`. */
  readonly utteranceIndex: number;
  /** 1-based. */
  readonly session: number;
  readonly dialog: string;
  readonly emotion: number;
  readonly speaker: number;
  readonly gender: number;
}

export interface LabelledCorpus {
  readonly scheme: LabelSchemeId;
  /** In the manifest's order. */
  readonly items: readonly LabelledItem[];
  readonly classes: {
    readonly emotion: readonly string[];
    /** Sorted by name; only speakers of whom something remains. */
    readonly speaker: readonly string[];
    readonly gender: readonly Gender[];
  };
  /** Utterances left out, by corpus label. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** Applies a scheme. Nothing may remain: `items` is then empty, and so is `classes.speaker`. */
export function applyScheme(manifest: CorpusManifest, id: LabelSchemeId): LabelledCorpus {
  const { classes, classOf } = LABEL_SCHEMES[id];
  const gender: readonly Gender[] = ['female', 'male'];
  const kept = manifest.utterances.map((utterance, utteranceIndex) => ({
    utterance,
    utteranceIndex,
    emotion: classes.indexOf(classOf[utterance.label] ?? ''),
  }));
  const excluded: Record<string, number> = {};
  for (const { utterance, emotion } of kept)
    if (emotion < 0) excluded[utterance.label] = (excluded[utterance.label] ?? 0) + 1;
  const used = kept.filter(({ emotion }) => emotion >= 0);
  const speaker = [...new Set(used.map(({ utterance }) => utterance.speaker))].sort();
  const items = used.map(({ utterance, utteranceIndex, emotion }) => ({
    id: utterance.id,
    utteranceIndex,
    session: utterance.session,
    dialog: utterance.dialog,
    emotion,
    speaker: speaker.indexOf(utterance.speaker),
    gender: gender.indexOf(utterance.gender),
  }));
  return { scheme: id, items, classes: { emotion: classes, speaker, gender }, excluded };
}
