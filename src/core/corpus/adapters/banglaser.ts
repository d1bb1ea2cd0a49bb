/**
 * BanglaSER (Das et al. 2022): names of RAVDESS's shape and other codes, `03-01-01-01-03-02-30`: 01 is happy
 * here and neutral there.
 */
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
import { BANGLASER_NAME, genderOfActor, RAVDESS_NAME } from '../seven-numbers';

const CLASS_OF = { '01': 'happy', '02': 'sad', '03': 'angry', '04': 'surprised', '05': 'neutral' } as const;

export const banglaser = namedFiles({
  id: 'banglaser',
  name: 'BanglaSER',
  lookedFor: '03-01-01-01-03-02-30.wav',
  parse: ({ stem }) => {
    const [name, emotion, strength, text, repetition, speaker] = BANGLASER_NAME.exec(stem) ?? [];
    if (name === undefined) return null;
    const gender = genderOfActor(speaker!);
    const intensity = strength === '01' ? 'normal' : 'strong';
    return {
      id: name,
      labels: { emotion: emotion!, speaker: speaker!, gender, intensity },
      groups: { speaker: speaker!, text: text!, intensity, repetition: repetition! },
    };
  },
  lookalike: { name: 'RAVDESS', matches: (stem) => RAVDESS_NAME.test(stem), undecided: 0.4 },
  schemes: emotionSchemes('banglaser', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER, {
    id: 'intensity',
    kind: 'classes',
    classes: ['normal', 'strong'],
  }),
  groups: [bySpeaker(twoDigits(34)), BY_TEXT, by('intensity'), by('repetition')],
});
