/**
 * EmoDB, the Berlin Database of Emotional Speech (Burkhardt et al. 2005): all that is known of a recording is
 * in its name, `03a01Fa.wav`: speaker 03, text a01, emotion F (Freude), version a. Sex and age of the
 * speakers: audEERING's edition 1.1.1; the one before it has four of them wrong.
 */
import { AGE, GENDER } from '../emotional-speech';
import { namedFiles } from '../named-files';
import type { Gender } from '../types';

const NAME = /^(03|08|09|1[0-6])([ab]\d{2})([WLEAFTN])([a-z])$/i;

const SPEAKERS: Readonly<Record<string, readonly [gender: Gender, age: number]>> = {
  '03': ['male', 31],
  '08': ['female', 34],
  '09': ['female', 21],
  '10': ['male', 32],
  '11': ['male', 26],
  '12': ['male', 30],
  '13': ['female', 32],
  '14': ['female', 35],
  '15': ['male', 25],
  '16': ['female', 31],
};

/** Wut, Langeweile, Ekel, Angst, Freude, Trauer, neutral. */
const CLASS_OF = {
  W: 'angry',
  L: 'bored',
  E: 'disgusted',
  A: 'afraid',
  F: 'happy',
  N: 'neutral',
  T: 'sad',
} as const;
const SEVEN = ['afraid', 'angry', 'bored', 'disgusted', 'happy', 'neutral', 'sad'] as const;
const { W, F, N, T } = CLASS_OF;

export const emodb = namedFiles({
  id: 'emodb',
  name: 'EmoDB',
  lookedFor: '03a01Fa.wav',
  parse: ({ stem }) => {
    const [name, speaker, text, letter, version] = NAME.exec(stem) ?? [];
    if (name === undefined) return null;
    const emotion = letter!.toUpperCase();
    const [gender, age] = SPEAKERS[speaker!]!;
    return {
      id: `${speaker}${text!.toLowerCase()}${emotion}${version!.toLowerCase()}`,
      labels: { emotion, speaker: speaker!, gender, age },
      groups: { speaker: speaker!, text: text!.toLowerCase() },
    };
  },
  schemes: [
    { id: 'emodb-7', column: 'emotion', classes: SEVEN, classOf: CLASS_OF },
    /** Those of IEMOCAP that the paper uses. */
    {
      id: 'emodb-4',
      column: 'emotion',
      classes: ['angry', 'happy', 'neutral', 'sad'],
      classOf: { W, F, N, T },
    },
  ],
  columns: [
    { id: 'emotion', kind: 'classes', classes: SEVEN },
    { id: 'speaker', kind: 'classes' },
    GENDER,
    AGE,
  ],
  groups: [
    { id: 'speaker', holdOut: true, leaks: true, counted: true, usual: Object.keys(SPEAKERS).sort() },
    { id: 'text', holdOut: true, leaks: true },
  ],
  published: [
    {
      id: 'emodb-speakers',
      name: 'Leave one speaker out',
      source: 'Chen et al., IEEE Signal Processing Letters 25 (2018): 10 folds of one speaker',
      column: 'speaker',
      division: { by: 'each' },
    },
    {
      id: 'emodb-audeering',
      name: 'audEERING',
      source: 'emodb 1.2.0, an unofficial division: 6 speakers train, 4 test',
      column: 'speaker',
      division: { by: 'lists', lists: [['12', '14', '15', '16']] },
    },
  ],
});
