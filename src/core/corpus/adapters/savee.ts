/**
 * SAVEE (Haq & Jackson 2009): four men, `DC/a01`, or `DC_a01` without folders. A copy that lost both has names
 * that clash, `f10 (2)`, and nobody can say who speaks.
 */
import { BY_TEXT, bySpeaker, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

const CLASS_OF = {
  a: 'angry',
  d: 'disgusted',
  f: 'afraid',
  h: 'happy',
  n: 'neutral',
  sa: 'sad',
  su: 'surprised',
} as const;
const SPEAKERS = ['DC', 'JE', 'JK', 'KL'];

const NAME = /^(?:(dc|je|jk|kl)[_ -]?)?(?:(n)(0[1-9]|[12]\d|30)|(sa|su|[adfh])(0[1-9]|1[0-5]))( ?\(\d+\))?$/;

export const savee = namedFiles({
  id: 'savee',
  name: 'SAVEE',
  lookedFor: 'DC_a01.wav',
  parse: ({ stem, folders }) => {
    const found = NAME.exec(stem.toLowerCase());
    if (!found) return null;
    const emotion = found[2] ?? found[4]!;
    const text = found[3] ?? found[5]!;
    const folder = folders
      .map((name) => name.trim().toUpperCase())
      .findLast((name) => SPEAKERS.includes(name));
    const speaker = found[1]?.toUpperCase() ?? folder;
    if (speaker === undefined || found[6] !== undefined) return { unusable: { key: 'noSpeaker' } };
    return {
      id: `${speaker}_${emotion}${text}`,
      labels: { emotion, speaker, gender: 'male' },
      groups: { speaker, text },
    };
  },
  schemes: emotionSchemes('savee', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER),
  groups: [bySpeaker(SPEAKERS), BY_TEXT],
  published: [
    {
      id: 'savee-emobox',
      name: 'EmoBox',
      source: 'Ma et al., Interspeech 2024: 4 folds of one speaker',
      column: 'speaker',
      division: { by: 'each' },
    },
  ],
});
