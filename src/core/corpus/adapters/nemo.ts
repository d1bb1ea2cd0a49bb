/** nEMO (Christop 2024), Polish: `WR0_surprised_64`: speaker, emotion, sentence. */
import { BY_TEXT, bySpeaker, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';
import type { Gender } from '../types';

const CLASS_OF = {
  anger: 'angry',
  fear: 'afraid',
  happiness: 'happy',
  neutral: 'neutral',
  sadness: 'sad',
  surprised: 'surprised',
} as const;
/** As in the corpus' data.tsv. */
const GENDER_OF: Readonly<Record<string, Gender>> = {
  EB0: 'female',
  IC0: 'female',
  KD0: 'female',
  KS0: 'male',
  MK0: 'female',
  MP0: 'male',
  SM0: 'male',
  TP0: 'male',
  WR0: 'male',
};

const NAME =
  /^(EB0|IC0|KD0|KS0|MK0|MP0|SM0|TP0|WR0)_(anger|fear|happiness|neutral|sadness|surprised)_(\d+)$/i;

export const nemo = namedFiles({
  id: 'nemo',
  name: 'nEMO',
  lookedFor: 'WR0_surprised_64.wav',
  parse: ({ stem }) => {
    const [name, who, said, text] = NAME.exec(stem) ?? [];
    if (name === undefined) return null;
    const speaker = who!.toUpperCase();
    const emotion = said!.toLowerCase();
    return {
      id: `${speaker}_${emotion}_${text}`,
      labels: { emotion, speaker, gender: GENDER_OF[speaker]! },
      groups: { speaker, text: text! },
    };
  },
  schemes: emotionSchemes('nemo', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER),
  groups: [bySpeaker(Object.keys(GENDER_OF)), BY_TEXT],
});
