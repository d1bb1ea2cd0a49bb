/** JL (James et al. 2018), New Zealand English: `female1_angry_10a_1`: speaker, emotion, sentence, repetition. */
import { by, BY_TEXT, bySpeaker, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

const CLASS_OF = {
  angry: 'angry',
  anxious: 'anxious',
  apologetic: 'apologetic',
  assertive: 'assertive',
  concerned: 'concerned',
  encouraging: 'encouraging',
  excited: 'excited',
  happy: 'happy',
  neutral: 'neutral',
  sad: 'sad',
} as const;

const NAME = new RegExp(`^((?:fe)?male[12])_(${Object.keys(CLASS_OF).join('|')})_(\\d{1,2})([ab])_([12])$`);

export const jl = namedFiles({
  id: 'jl',
  name: 'JL',
  lookedFor: 'female1_angry_10a_1.wav',
  parse: ({ stem }) => {
    const [id, speaker, emotion, text, , repetition] = NAME.exec(stem.toLowerCase()) ?? [];
    if (id === undefined) return null;
    const gender = speaker!.startsWith('f') ? 'female' : 'male';
    return {
      id,
      labels: { emotion: emotion!, speaker: speaker!, gender },
      groups: { speaker: speaker!, text: text!, repetition: repetition! },
    };
  },
  schemes: emotionSchemes('jl', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER),
  groups: [bySpeaker(['female1', 'female2', 'male1', 'male2']), BY_TEXT, by('repetition')],
});
