/** AESDD (Vryzas et al. 2018), Greek: `anger/a03 (3)`: emotion, utterance, speaker. There is no neutral. */
import { BY_TEXT, bySpeaker, emotionSchemes, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

const CLASS_OF = { a: 'angry', d: 'disgusted', f: 'afraid', h: 'happy', s: 'sad' } as const;

const NAME = /^([adfhs])([0-2]\d)[ _]?\(([1-6])\)$/;

export const aesdd = namedFiles({
  id: 'aesdd',
  name: 'AESDD',
  lookedFor: 'a03 (3).wav',
  parse: ({ stem }) => {
    const [name, emotion, text, speaker] = NAME.exec(stem.toLowerCase()) ?? [];
    if (name === undefined) return null;
    const id = `${emotion}${text} (${speaker})`;
    if (id === 's05 (3)') return { unusable: { key: 'leftOutByOthers' } };
    return {
      id,
      labels: { emotion: emotion!, speaker: speaker! },
      groups: { speaker: speaker!, text: text! },
    };
  },
  schemes: emotionSchemes('aesdd', CLASS_OF),
  columns: speechColumns(CLASS_OF),
  groups: [bySpeaker(['1', '2', '3', '4', '5', '6']), BY_TEXT],
});
