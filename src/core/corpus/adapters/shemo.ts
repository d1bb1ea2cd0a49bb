/** ShEMO (Mohamad Nezami et al. 2019), Persian: `F21N23`: speaker, emotion, number. */
import { bySpeaker, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

const CLASS_OF = {
  A: 'angry',
  F: 'afraid',
  H: 'happy',
  N: 'neutral',
  S: 'sad',
  W: 'surprised',
} as const;

const NAME = /^([FM])(\d\d)([AFHNSW])(\d{2,3})$/;

export const shemo = namedFiles({
  id: 'shemo',
  name: 'ShEMO',
  lookedFor: 'F21N23.wav',
  parse: ({ stem }) => {
    const [id, sex, number, emotion] = NAME.exec(stem.toUpperCase()) ?? [];
    if (id === undefined) return null;
    const speaker = `${sex}${number}`;
    return {
      id,
      labels: { emotion: emotion!, speaker, gender: sex === 'F' ? 'female' : 'male' },
      groups: { speaker },
    };
  },
  schemes: emotionSchemes('shemo', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER),
  groups: [bySpeaker([])],
});
