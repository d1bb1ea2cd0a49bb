/** TurEV-DB (Canpolat et al. 2020), Turkish: `1984_sk_orgu`: speaker, emotion, word. */
import { BY_TEXT, bySpeaker, emotionSchemes, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

/** Kızgın, mutlu, sakin, hüzünlü. */
const CLASS_OF = { kz: 'angry', mt: 'happy', sk: 'calm', hl: 'sad' } as const;
const SPEAKERS = ['1157', '1234', '1358', '1984', '6783', '7895'];

const NAME = new RegExp(`^(${SPEAKERS.join('|')})_(kz|mt|sk|hl)_([\\p{L}\\d]+)$`, 'u');

export const turev = namedFiles({
  id: 'turev',
  name: 'TurEV',
  lookedFor: '1984_sk_orgu.wav',
  parse: ({ stem }) => {
    const [id, speaker, emotion, text] = NAME.exec(stem.toLowerCase()) ?? [];
    if (id === undefined) return null;
    return {
      id,
      labels: { emotion: emotion!, speaker: speaker! },
      groups: { speaker: speaker!, text: text! },
    };
  },
  schemes: emotionSchemes('turev', CLASS_OF),
  columns: speechColumns(CLASS_OF),
  groups: [bySpeaker(SPEAKERS), BY_TEXT],
});
