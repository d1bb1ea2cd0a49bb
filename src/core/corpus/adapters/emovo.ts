/** EMOVO (Costantini et al. 2014), Italian: `dis-f1-b1`: emotion, speaker, sentence. */
import { BY_TEXT, bySpeaker, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

/** Disgusto, gioia, neutrale, paura, rabbia, sorpresa, tristezza. */
const CLASS_OF = {
  dis: 'disgusted',
  gio: 'happy',
  neu: 'neutral',
  pau: 'afraid',
  rab: 'angry',
  sor: 'surprised',
  tri: 'sad',
} as const;

const NAME = /^(dis|gio|neu|pau|rab|sor|tri)-([fm][1-3])-(b[1-3]|l[1-4]|n[1-5]|d[12])$/;

export const emovo = namedFiles({
  id: 'emovo',
  name: 'EMOVO',
  lookedFor: 'dis-f1-b1.wav',
  parse: ({ stem }) => {
    const [id, emotion, speaker, text] = NAME.exec(stem.toLowerCase()) ?? [];
    if (id === undefined) return null;
    const gender = speaker!.startsWith('f') ? 'female' : 'male';
    return {
      id,
      labels: { emotion: emotion!, speaker: speaker!, gender },
      groups: { speaker: speaker!, text: text! },
    };
  },
  schemes: emotionSchemes('emovo', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER),
  groups: [bySpeaker(['f1', 'f2', 'f3', 'm1', 'm2', 'm3']), BY_TEXT],
});
