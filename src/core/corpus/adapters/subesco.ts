/**
 * SUBESCO (Sultana et al. 2021), Bangla: `F_10_FAHMEE_S_6_FEAR_5`: gender, number, name, sentence, emotion,
 * take. Numbers begin anew for each gender, so that both together are the speaker.
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

const CLASS_OF = {
  ANGRY: 'angry',
  DISGUST: 'disgusted',
  FEAR: 'afraid',
  HAPPY: 'happy',
  NEUTRAL: 'neutral',
  SAD: 'sad',
  SURPRISE: 'surprised',
} as const;

const NAME =
  /^([FM])_(0?[1-9]|10)_([A-Z]+)_S_(0?[1-9]|10)_(ANGRY|DISGUST|FEAR|HAPPY|NEUTRAL|SAD|SURPRISE)_([1-5])$/;

export const subesco = namedFiles({
  id: 'subesco',
  name: 'SUBESCO',
  lookedFor: 'F_10_FAHMEE_S_6_FEAR_5.wav',
  parse: ({ stem }) => {
    const [name, sex, number, , sentence, emotion, take] = NAME.exec(stem.toUpperCase()) ?? [];
    if (name === undefined) return null;
    const speaker = `${sex}${number!.padStart(2, '0')}`;
    const text = String(Number(sentence));
    return {
      id: `${speaker}_${text}_${emotion}_${take}`,
      labels: { emotion: emotion!, speaker, gender: sex === 'F' ? 'female' : 'male' },
      groups: { speaker, text, repetition: take! },
    };
  },
  schemes: emotionSchemes('subesco', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER),
  groups: [
    bySpeaker(['F', 'M'].flatMap((sex) => twoDigits(10).map((number) => sex + number))),
    BY_TEXT,
    by('repetition'),
  ],
});
