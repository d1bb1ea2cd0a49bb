/**
 * ESD (Zhou et al. 2021), Mandarin and English: `0001/Angry/train/0001_000351`. The folder says the emotion; in
 * a copy without folders the number does: 350 texts, in five emotions one after another. Texts are the same in
 * the same place of each emotion, for all speakers of one language.
 */
import { by, BY_TEXT, bySpeaker, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { namedFiles } from '../named-files';

const CLASS_OF = {
  Angry: 'angry',
  Happy: 'happy',
  Neutral: 'neutral',
  Sad: 'sad',
  Surprise: 'surprised',
} as const;
/** In the order of the numbers. */
const EMOTIONS = ['Neutral', 'Angry', 'Happy', 'Sad', 'Surprise'] as const;
const TEXTS = 350;
/** As in Strong-AI-Lab/emotion (datasets/ESD): five men and five women of each language. */
const MEN = new Set([4, 5, 6, 8, 10, 11, 12, 13, 14, 20]);

const NAME = /^(00(?:0[1-9]|1\d|20))_(\d{6})$/;
/** The published parts, as every corpus calls them here. */
const PART_OF: Readonly<Record<string, string>> = { train: 'train', evaluation: 'dev', test: 'test' };

export const esd = namedFiles({
  id: 'esd',
  name: 'ESD',
  lookedFor: '0001/Angry/0001_000351.wav',
  parse: ({ stem, folders }) => {
    const [id, speaker, digits] = NAME.exec(stem) ?? [];
    const number = Number(digits) - 1;
    if (id === undefined || number < 0 || number >= TEXTS * EMOTIONS.length) return null;
    const lower = folders.map((name) => name.trim().toLowerCase());
    const named = EMOTIONS.find((one) => lower.includes(one.toLowerCase()));
    const emotion = named ?? EMOTIONS[Math.floor(number / TEXTS)]!;
    const folder = lower.findLast((name) => Object.hasOwn(PART_OF, name));
    const language = Number(speaker) <= 10 ? 'zh' : 'en';
    const gender = MEN.has(Number(speaker)) ? 'male' : 'female';
    const text = `${language} ${(number % TEXTS) + 1}`;
    return {
      id,
      labels: { emotion, speaker: speaker!, gender, language },
      groups: {
        speaker: speaker!,
        text,
        language,
        ...(folder === undefined ? {} : { split: PART_OF[folder]! }),
      },
    };
  },
  schemes: emotionSchemes('esd', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER, { id: 'language', kind: 'classes', classes: ['en', 'zh'] }),
  groups: [
    bySpeaker(Array.from({ length: 20 }, (_, i) => String(i + 1).padStart(4, '0'))),
    BY_TEXT,
    by('language'),
    { ...by('split'), parts: true },
  ],
  published: [
    {
      id: 'esd-release',
      name: 'ESD',
      source: 'Train, evaluation and test of the release; Zhou et al. 2021',
      column: 'split',
      division: { by: 'column' },
    },
  ],
});
