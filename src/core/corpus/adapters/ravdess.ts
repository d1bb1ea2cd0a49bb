/**
 * RAVDESS (Livingstone & Russo 2018), speech and song: seven numbers in a name say all, `03-01-05-01-02-01-12`.
 * The sound of its videos (modality 01) is the same recording as the one published as sound alone (03).
 */
import {
  by,
  BY_TEXT,
  bySpeaker,
  emotionSchemes,
  GENDER,
  speechColumns,
  twoDigits,
} from '../emotional-speech';
import { namedFiles } from '../named-files';
import { BANGLASER_NAME, genderOfActor, RAVDESS_NAME } from '../seven-numbers';

const CLASS_OF = {
  '01': 'neutral',
  '02': 'calm',
  '03': 'happy',
  '04': 'sad',
  '05': 'angry',
  '06': 'afraid',
  '07': 'disgusted',
  '08': 'surprised',
} as const;

export const ravdess = namedFiles({
  id: 'ravdess',
  name: 'RAVDESS',
  lookedFor: '03-01-05-01-02-01-12.wav',
  parse: ({ stem }) => {
    const [name, , vocal, emotion, strength, text, repetition, speaker] = RAVDESS_NAME.exec(stem) ?? [];
    if (name === undefined) return null;
    const gender = genderOfActor(speaker!);
    const channel = vocal === '01' ? 'speech' : 'song';
    const intensity = strength === '01' ? 'normal' : 'strong';
    return {
      id: `03${name.slice(2)}`,
      labels: { emotion: emotion!, speaker: speaker!, gender, intensity, channel },
      groups: { speaker: speaker!, text: text!, intensity, channel, repetition: repetition! },
    };
  },
  // Of a few recordings of both corpora's shape, RAVDESS is the likelier one: BanglaSER has a third statement.
  lookalike: { name: 'BanglaSER', matches: (stem) => BANGLASER_NAME.test(stem), undecided: 0.8 },
  schemes: emotionSchemes('ravdess', CLASS_OF),
  columns: speechColumns(
    CLASS_OF,
    GENDER,
    { id: 'intensity', kind: 'classes', classes: ['normal', 'strong'] },
    { id: 'channel', kind: 'classes', classes: ['song', 'speech'] },
  ),
  groups: [bySpeaker(twoDigits(24)), BY_TEXT, by('intensity'), by('channel'), by('repetition')],
  published: [
    {
      id: 'ravdess-emobox',
      name: 'EmoBox',
      source: 'Ma et al., Interspeech 2024: 6 folds of 4 actors',
      column: 'speaker',
      division: {
        by: 'lists',
        lists: [
          ['01', '11', '20', '21'],
          ['04', '10', '12', '14'],
          ['08', '09', '19', '23'],
          ['03', '05', '07', '24'],
          ['02', '15', '16', '18'],
          ['06', '13', '17', '22'],
        ],
      },
    },
    {
      id: 'ravdess-luna-jimenez',
      name: 'Luna-Jiménez et al.',
      source: 'Sensors 21 (2021) 7665: 5 folds of 4 or 5 actors',
      column: 'speaker',
      division: {
        by: 'lists',
        lists: [
          ['02', '05', '14', '15', '16'],
          ['03', '06', '07', '13', '18'],
          ['10', '11', '12', '19', '20'],
          ['08', '17', '21', '23', '24'],
          ['01', '04', '09', '22'],
        ],
      },
    },
  ],
});
