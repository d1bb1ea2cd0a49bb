/** CaFE (Gournay et al. 2018), Canadian French: `01-C-1-1`: speaker, emotion, intensity, sentence; odd speakers are men. */
import {
  by,
  BY_TEXT,
  bySpeaker,
  emotionSchemes,
  GENDER,
  speechColumns,
  twoDigits,
} from '../emotional-speech';
import { namedFiles } from '../named-files';

/** Colère, dégoût, joie, neutre, peur, surprise, tristesse. */
const CLASS_OF = {
  C: 'angry',
  D: 'disgusted',
  J: 'happy',
  N: 'neutral',
  P: 'afraid',
  S: 'surprised',
  T: 'sad',
} as const;

/** Intensity 1 lies in folders `Faible`, 2 in `Fort`; neutral has one. */
const NAME = /^(0[1-9]|1[0-2])-(?!N-2)([CDJNPST])-([12])-([1-6])$/;

export const cafe = namedFiles({
  id: 'cafe',
  name: 'CaFE',
  lookedFor: '01-C-1-1.wav',
  parse: ({ stem }) => {
    const [id, speaker, emotion, strength, text] = NAME.exec(stem.toUpperCase()) ?? [];
    if (id === undefined) return null;
    const gender = Number(speaker) % 2 === 1 ? 'male' : 'female';
    const intensity = strength === '1' ? 'normal' : 'strong';
    return {
      id,
      labels: { emotion: emotion!, speaker: speaker!, gender, intensity },
      groups: { speaker: speaker!, text: text!, intensity },
    };
  },
  schemes: emotionSchemes('cafe', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER, {
    id: 'intensity',
    kind: 'classes',
    classes: ['normal', 'strong'],
  }),
  groups: [bySpeaker(twoDigits(12)), BY_TEXT, by('intensity')],
});
