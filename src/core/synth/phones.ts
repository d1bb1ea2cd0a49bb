/**
 * The sounds the synthesiser knows, as data, and pseudo-words made of them. Formants in Hz for an adult male
 * tract (vowels after Peterson & Barney 1952, consonants by place of articulation); a speaker scales them.
 * The words mean nothing in any language, so that nothing but the voice carries emotion.
 */
import type { RandomStream } from '../random/streams';

export type Manner = 'vowel' | 'stop' | 'fricative' | 'nasal' | 'approximant';

export interface Phone {
  readonly symbol: string;
  readonly manner: Manner;
  readonly voiced: boolean;
  /** F1, F2, F3 in Hz; for consonants the locus that neighbouring vowels bend towards. */
  readonly formants: readonly [number, number, number];
  /** Centre and bandwidth in Hz of the noise of a burst or a fricative. */
  readonly noise: readonly [number, number];
  /** Level of that noise. */
  readonly noiseLevel: number;
}

const vowel = (symbol: string, ...formants: readonly [number, number, number]): Phone => ({
  symbol,
  manner: 'vowel',
  voiced: true,
  formants,
  noise: [2500, 2000],
  noiseLevel: 0,
});
const consonant = (
  symbol: string,
  manner: Manner,
  voiced: boolean,
  formants: readonly [number, number, number],
  noise: readonly [number, number] = [2500, 2000],
  noiseLevel = 0,
): Phone => ({ symbol, manner, voiced, formants, noise, noiseLevel });

const VOWELS = [
  vowel('a', 730, 1150, 2440),
  vowel('e', 530, 1840, 2480),
  vowel('i', 280, 2250, 2950),
  vowel('o', 550, 880, 2410),
  vowel('u', 310, 900, 2240),
] as const;

const CONSONANTS = [
  consonant('p', 'stop', false, [300, 900, 2200], [1000, 1400], 0.5),
  consonant('b', 'stop', true, [250, 900, 2200], [1000, 1400], 0.3),
  consonant('t', 'stop', false, [300, 1750, 2700], [4200, 2000], 0.8),
  consonant('d', 'stop', true, [250, 1700, 2650], [3900, 2000], 0.4),
  consonant('k', 'stop', false, [300, 1900, 2300], [2100, 900], 0.8),
  consonant('g', 'stop', true, [250, 1900, 2300], [2000, 900], 0.4),
  consonant('f', 'fricative', false, [320, 1100, 2300], [5200, 5000], 0.25),
  consonant('v', 'fricative', true, [280, 1100, 2300], [5000, 5000], 0.12),
  consonant('s', 'fricative', false, [320, 1650, 2600], [6000, 1500], 0.9),
  consonant('z', 'fricative', true, [280, 1650, 2600], [5800, 1500], 0.4),
  consonant('sh', 'fricative', false, [320, 1900, 2550], [3300, 1400], 0.9),
  consonant('m', 'nasal', true, [270, 1000, 2200]),
  consonant('n', 'nasal', true, [270, 1500, 2500]),
  consonant('l', 'approximant', true, [360, 1100, 2700]),
  consonant('r', 'approximant', true, [350, 1150, 1600]),
  consonant('w', 'approximant', true, [310, 720, 2250]),
  consonant('y', 'approximant', true, [280, 2150, 2900]),
] as const;

/** A consonant, a vowel and, now and then, a nasal that closes the syllable. */
export interface Syllable {
  readonly phones: readonly Phone[];
  readonly stressed: boolean;
  /** First of its word. */
  readonly opensWord: boolean;
}

/** Pseudo-words of two or three syllables, stress on one syllable each. */
export function pseudoWords(random: RandomStream, syllables: number): Syllable[] {
  const out: Syllable[] = [];
  while (out.length < syllables) {
    const length = Math.min(syllables - out.length, random.between(2, 3));
    const stress = random.below(length);
    for (let i = 0; i < length; i++) {
      const phones: Phone[] = [
        CONSONANTS[random.below(CONSONANTS.length)]!,
        VOWELS[random.below(VOWELS.length)]!,
      ];
      if (random.below(6) === 0) phones.push(CONSONANTS[random.between(11, 12)]!);
      out.push({ phones, stressed: i === stress, opensWord: i === 0 });
    }
  }
  return out;
}

/** As it stands in a transcription: `Bamo tilun se.` */
export function spelling(syllables: readonly Syllable[]): string {
  const text = syllables
    .map(({ phones, opensWord }) => (opensWord ? ' ' : '') + phones.map(({ symbol }) => symbol).join(''))
    .join('')
    .trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
