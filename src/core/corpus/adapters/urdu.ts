/** URDU (Latif et al. 2018): `SM5_F61_N089`: speaker, file of the speaker, emotion and number. */
import { bySpeaker, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

const CLASS_OF = { A: 'angry', H: 'happy', N: 'neutral', S: 'sad' } as const;

const NAME = /^(S([FM])\d{1,2})_F\d{1,3}_([AHNS])\d{2,4}$/;

export const urdu = namedFiles({
  id: 'urdu',
  name: 'URDU',
  lookedFor: 'SM5_F61_N089.wav',
  parse: ({ stem }) => {
    const [id, speaker, sex, emotion] = NAME.exec(stem.toUpperCase()) ?? [];
    if (id === undefined) return null;
    const gender = sex === 'F' ? 'female' : 'male';
    return { id, labels: { emotion: emotion!, speaker: speaker!, gender }, groups: { speaker: speaker! } };
  },
  schemes: emotionSchemes('urdu', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER),
  groups: [bySpeaker([])],
});
