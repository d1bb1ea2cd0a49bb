/** TESS (Pichora-Fuller & Dupuis 2020): `OAF_back_angry`: an older and a younger woman, a word, an emotion. */
import { AGE, BY_TEXT, bySpeaker, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

const CLASS_OF = {
  angry: 'angry',
  disgust: 'disgusted',
  fear: 'afraid',
  happy: 'happy',
  neutral: 'neutral',
  // Pleasant surprise.
  ps: 'surprised',
  sad: 'sad',
} as const;
const AGE_OF = { OAF: 64, YAF: 26 } as const;

/** One file of the release lacks a letter, `OA_bite_neutral`. */
const NAME = /^(oaf?|yaf)_([a-z]+)_(angry|disgust|fear|happy|neutral|ps|sad)$/;

export const tess = namedFiles({
  id: 'tess',
  name: 'TESS',
  lookedFor: 'OAF_back_angry.wav',
  parse: ({ stem }) => {
    const [, woman, text, emotion] = NAME.exec(stem.toLowerCase()) ?? [];
    if (woman === undefined) return null;
    const speaker = woman === 'yaf' ? 'YAF' : 'OAF';
    return {
      id: `${speaker}_${text}_${emotion}`,
      labels: { emotion: emotion!, speaker, gender: 'female', age: AGE_OF[speaker] },
      groups: { speaker, text: text! },
    };
  },
  schemes: emotionSchemes('tess', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER, AGE),
  groups: [bySpeaker(['OAF', 'YAF']), BY_TEXT],
});
