/**
 * ASED (Retta et al. 2023), Amharic: `n1-04-02-01-29`: emotion, sentence, repetition, gender, speaker. The gender
 * of five speakers is mistyped in one file each: most of a speaker's files decide, and the odd one is told.
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
import type { Report } from '../listing';
import { namedFiles, type FoundFile } from '../named-files';
import type { Recording } from '../recordings';
import type { Gender } from '../types';

const CLASS_OF = { a: 'angry', f: 'afraid', h: 'happy', n: 'neutral', s: 'sad' } as const;

const NAME = /^([nfhsa])[1-5]-(\d\d)-(\d\d)-(0[12])-(0[1-9]|[1-5]\d|6[0-5])$/;

export const ased = namedFiles({
  id: 'ased',
  name: 'ASED',
  lookedFor: 'n1-04-02-01-29.wav',
  parse: ({ stem }) => {
    const [id, emotion, text, repetition, sex, speaker] = NAME.exec(stem.toLowerCase()) ?? [];
    if (id === undefined) return null;
    return {
      id,
      labels: { emotion: emotion!, speaker: speaker!, gender: sex === '01' ? 'female' : 'male' },
      groups: { speaker: speaker!, text: text!, repetition: repetition! },
    };
  },
  complete: withMajority,
  schemes: emotionSchemes('ased', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER),
  groups: [bySpeaker(twoDigits(65)), BY_TEXT, by('repetition')],
});

async function withMajority(
  recordings: readonly Recording[],
  _files: readonly FoundFile[],
  report: Report,
): Promise<readonly Recording[]> {
  const women = new Map<string, number>();
  for (const { labels, groups } of recordings)
    women.set(
      groups['speaker']!,
      (women.get(groups['speaker']!) ?? 0) + (labels['gender'] === 'female' ? 1 : -1),
    );
  return recordings.map((one) => {
    const lead = women.get(one.groups['speaker']!)!;
    const gender: Gender = lead > 0 ? 'female' : 'male';
    if (lead === 0 || gender === one.labels['gender']) return one;
    report('doubtful-audio', one.path, { key: 'otherGender' }, { kept: true });
    return { ...one, labels: { ...one.labels, gender } };
  });
}
