/**
 * Who speaks and how: speakers as physical voices, emotions as changes of a voice, and one utterance's
 * parameters drawn from both. Directions and rough sizes of the changes follow the reviews of vocal emotion
 * (Scherer 2003; Juslin & Laukka 2003); the numbers are ours, chosen so that a small network finds gender
 * easy, emotion harder and speakers hardest. Evidence about emotion they are not.
 */
import type { RandomStream } from '../random/streams';
import type { Gender } from '../corpus/types';

export const EMOTIONS = ['angry', 'happy', 'neutral', 'sad', 'excited'] as const;
export type Emotion = (typeof EMOTIONS)[number];

export interface Speaker {
  /** `Ses01F`. */
  readonly id: string;
  readonly gender: Gender;
  readonly session: number;
  /** Median pitch, Hz. */
  readonly pitch: number;
  /** Scales all formants: inverse length of the vocal tract, 1 for the average man. */
  readonly tract: number;
  /** Individual deviation of F1..F7, ratios; large from the third up, where no vowel depends on it. */
  readonly formantHabit: readonly number[];
  /** Hz of the antiresonance of the piriform fossae (Dang & Honda 1997), a mark of the individual. */
  readonly notch: number;
  /** Fraction of a pitch period in which the glottis is open. */
  readonly openQuotient: number;
  /** Hz at which the source's spectrum starts to fall more steeply. */
  readonly tilt: number;
  /** Level of aspiration noise. */
  readonly breath: number;
  /** Syllables take this much of the average time. */
  readonly pace: number;
}

/** Everything about one utterance that is constant while it lasts. */
export interface Delivery {
  readonly speaker: Speaker;
  /** Hz. */
  readonly pitch: number;
  /** Half the pitch range, semitones. */
  readonly range: number;
  /** Rise (or fall) over the last part, semitones. */
  readonly ending: number;
  /** Duration ratio of syllables. */
  readonly pace: number;
  /** Level, linear; 1 is neutral. */
  readonly level: number;
  readonly openQuotient: number;
  readonly tilt: number;
  readonly breath: number;
  /** Period-to-period deviation of pitch, ratio. */
  readonly jitter: number;
  /** Period-to-period deviation of amplitude, ratio. */
  readonly shimmer: number;
  /** Ratios on F1 and on F2 and above: an open jaw raises the first, a smile the others. */
  readonly f1: number;
  readonly f2: number;
  /** Background noise, root mean square of full scale. */
  readonly noise: number;
  /** First-order colouring of the channel, -1..1: below 0 dull, above 0 thin. */
  readonly colour: number;
  /** A resonance of room or microphone: Hz and gain in dB. */
  readonly roomHz: number;
  readonly roomGain: number;
}

/** What an emotion changes, at full strength. Logarithmic where a ratio is meant. */
interface Expression {
  readonly pitch: number; // semitones
  readonly range: number; // semitones
  readonly ending: number; // semitones
  readonly pace: number; // ln ratio of duration
  readonly level: number; // dB
  readonly openQuotient: number;
  readonly tilt: number; // ln ratio of Hz
  readonly breath: number; // dB
  readonly roughness: number; // ln ratio of jitter and shimmer
  readonly f1: number; // ln ratio
  readonly f2: number; // ln ratio
}

const EXPRESSIONS: Readonly<Record<Emotion, Expression>> = {
  neutral: {
    pitch: 0,
    range: 0,
    ending: -1,
    pace: 0,
    level: 0,
    openQuotient: 0,
    tilt: 0,
    breath: 0,
    roughness: 0,
    f1: 0,
    f2: 0,
  },
  angry: {
    pitch: 2.8,
    range: 1.5,
    ending: -3,
    pace: -0.12,
    level: 9,
    openQuotient: -0.18,
    tilt: 1.6,
    breath: -6,
    roughness: 0.6,
    f1: 0.12,
    f2: -0.02,
  },
  happy: {
    pitch: 8,
    range: 5,
    ending: 4,
    pace: -0.05,
    level: 2,
    openQuotient: 0,
    tilt: -0.1,
    breath: 0,
    roughness: -0.5,
    f1: 0.02,
    f2: 0.07,
  },
  sad: {
    pitch: -2.5,
    range: -1.6,
    ending: -2,
    pace: 0.2,
    level: -7,
    openQuotient: 0.14,
    tilt: -1.0,
    breath: 10,
    roughness: 0.3,
    f1: -0.06,
    f2: -0.04,
  },
  excited: {
    pitch: 9,
    range: 5,
    ending: 2,
    pace: -0.15,
    level: 5,
    openQuotient: -0.06,
    tilt: 0.45,
    breath: 0,
    roughness: 0.1,
    f1: 0.05,
    f2: 0.06,
  },
};

/** Standard deviations of what chance alone does to an utterance, before difficulty scales them. */
const SCATTER: Expression = {
  pitch: 1.6,
  range: 0.9,
  ending: 1.5,
  pace: 0.1,
  level: 2.5,
  openQuotient: 0.05,
  tilt: 0.4,
  breath: 3,
  roughness: 0.4,
  f1: 0.03,
  f2: 0.02,
};

/** How far individuals differ in F1..F7, ln ratio. */
const HABIT = [0.07, 0.09, 0.14, 0.17, 0.15, 0.12, 0.11] as const;

const mix = (from: number, to: number, share: number): number => from + (to - from) * share;
const decibels = (value: number): number => Math.exp((value * Math.LN10) / 20);
const semitones = (value: number): number => Math.exp((value * Math.LN2) / 12);
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Ten speakers, a woman and a man in each of five sessions. Each trait takes evenly spaced values within a
 * gender, dealt out at random, so that no two voices coincide whatever the seed; difficulty moves them closer
 * together.
 * @param difficulty 0..1
 */
export function castSpeakers(random: RandomStream, difficulty: number): Speaker[] {
  const spread = mix(1.5, 0.95, difficulty);
  return (['female', 'male'] as const)
    .flatMap((gender) => {
      /** Five values from -1 to 1 in random order, a little off their places. */
      const trait = (): number[] =>
        random.shuffled([-1, -0.5, 0, 0.5, 1]).map((place) => (place + 0.15 * random.normal()) * spread);
      const [pitch, tract, quotient, tilt, breath, pace, notch] = [
        trait(),
        trait(),
        trait(),
        trait(),
        trait(),
        trait(),
        trait(),
      ];
      const habits = HABIT.map((size) => trait().map((place) => Math.exp(size * place)));
      const woman = gender === 'female';
      return [0, 1, 2, 3, 4].map((i): Speaker => ({
        id: `Ses0${i + 1}${woman ? 'F' : 'M'}`,
        gender,
        session: i + 1,
        pitch: (woman ? 205 : 115) * semitones(2.6 * pitch[i]!),
        tract: (woman ? 1.17 : 1) * Math.exp(0.07 * tract[i]!),
        formantHabit: habits.map((values) => values[i]!),
        notch: 4500 * Math.exp(0.25 * notch[i]!),
        openQuotient: (woman ? 0.62 : 0.56) + 0.03 * quotient[i]!,
        tilt: (woman ? 1900 : 2300) * Math.exp(0.2 * tilt[i]!),
        breath: (woman ? 0.02 : 0.013) * decibels(4 * breath[i]!),
        pace: Math.exp(0.08 * pace[i]!),
      }));
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Draws how one utterance is spoken and recorded.
 * @param blend a second emotion half of which is mixed in, for utterances on which listeners disagree
 * @param difficulty 0..1: weaker and more varied expression, more noise, more different channels
 */
export function drawDelivery(
  random: RandomStream,
  speaker: Speaker,
  emotion: Emotion,
  difficulty: number,
  blend: Emotion = emotion,
): Delivery {
  const strength = Math.max(0.3, mix(1.6, 0.9, difficulty) + mix(0, 0.24, difficulty) * random.normal());
  const change = (key: keyof Expression): number =>
    (strength * (EXPRESSIONS[emotion][key] + EXPRESSIONS[blend][key])) / 2 +
    mix(0, 0.7, difficulty) * SCATTER[key] * random.normal();
  const roughness = Math.exp(change('roughness'));
  return {
    speaker,
    pitch: speaker.pitch * semitones(change('pitch')),
    range: clamp(2.6 + change('range'), 0.6, 9),
    ending: change('ending'),
    pace: clamp(speaker.pace * Math.exp(change('pace')), 0.65, 1.5),
    level: decibels(change('level')),
    openQuotient: clamp(speaker.openQuotient + change('openQuotient'), 0.32, 0.88),
    tilt: clamp(speaker.tilt * Math.exp(change('tilt')), 500, 6500),
    breath: speaker.breath * decibels(change('breath')),
    jitter: 0.008 * roughness,
    shimmer: 0.05 * roughness,
    f1: Math.exp(change('f1')),
    f2: Math.exp(change('f2')),
    noise: decibels(mix(-80, -54, difficulty) + mix(0, 4, difficulty) * random.normal()),
    colour: clamp(mix(0.01, 0.14, difficulty) * random.normal(), -0.6, 0.6),
    roomHz: 300 * Math.exp(2.6 * random.uniform()),
    roomGain: mix(0.3, 4, difficulty) * random.normal(),
  };
}
