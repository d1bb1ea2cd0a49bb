/**
 * MESD (Duville et al. 2021), Mexican Spanish: `Anger_C_A_abajo`: emotion, voice, list of words, word. A voice is a
 * woman's, a man's or a child's; who of them speaks, the name does not say.
 */
import { BY_TEXT, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

const CLASS_OF = {
  anger: 'angry',
  disgust: 'disgusted',
  fear: 'afraid',
  happiness: 'happy',
  neutral: 'neutral',
  sadness: 'sad',
} as const;
const VOICE_OF = { c: 'child', f: 'female', m: 'male' } as const;

const NAME = /^(anger|disgust|fear|happiness|neutral|sadness)_([cfm])_([ab])_([\p{L}_ ]+)$/u;

export const mesd = namedFiles({
  id: 'mesd',
  name: 'MESD',
  lookedFor: 'Anger_C_A_abajo.wav',
  parse: ({ stem }) => {
    const [id, emotion, letter, , word] = NAME.exec(stem.toLowerCase()) ?? [];
    if (id === undefined) return null;
    const voice = VOICE_OF[letter as keyof typeof VOICE_OF];
    return {
      id,
      labels: { emotion: emotion!, gender: voice === 'child' ? null : voice, voice },
      groups: { voice, text: word! },
    };
  },
  schemes: emotionSchemes('mesd', CLASS_OF),
  columns: [
    ...speechColumns(CLASS_OF).filter(({ id }) => id !== 'speaker'),
    GENDER,
    { id: 'voice', kind: 'classes', classes: ['child', 'female', 'male'] },
  ],
  groups: [
    { id: 'voice', holdOut: true, leaks: true, counted: true, usual: ['child', 'female', 'male'] },
    BY_TEXT,
  ],
});
