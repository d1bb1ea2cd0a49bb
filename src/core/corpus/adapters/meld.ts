/**
 * MELD (Poria et al. 2019): scenes of “Friends”, a table a part, `train_sent_emo.csv`. Names of files are the
 * same in every part, `dia0_utt0.wav`: the folder says which. The release has video; the sound is what people
 * made of it. Speakers' spellings are merged as nkululeko does.
 */
import { baseName } from '../listing';
import { emotionSchemes, speechColumns } from '../emotional-speech';
import { fileKey, labelledFiles, type Labelled } from '../labelled-files';
import { namedCells } from '../tables/named-cells';

const TABLE = /^(train|dev|test)_sent_emo(_dya)?\.csv$/i;
const FILE = /(?:^|_)(?:final_videos_test)?dia(\d+)_utt(\d+)$/;
const EMOTIONS = ['neutral', 'joy', 'surprise', 'anger', 'sadness', 'disgust', 'fear'] as const;
const SEVEN = ['neutral', 'happy', 'surprised', 'angry', 'sad', 'disgusted', 'afraid'] as const;
const CLASS_OF = Object.fromEntries(EMOTIONS.map((emotion, i) => [emotion, SEVEN[i]!]));

const SAME_SPEAKER: Readonly<Record<string, string>> = {
  'Dr. Leedbetter': 'Dr. Ledbetter',
  'A Waiter': 'The Waiter',
  Paleontologist: 'Professore Clerk',
  'Ross and Joey': 'Joey and Ross',
  Both: 'Joey and Chandler',
  'Phoebe Sr': 'Phoebe Sr.',
  'Rachel and Phoebe': 'Phoebe and Rachel',
};
const BROKEN = { key: 'brokenInRelease' } as const;

/** Part and name: the part by the nearest folder that says one. */
function keyOf(path: string): string {
  const [, dialog, utterance] = FILE.exec(fileKey(path)) ?? [];
  const parts = path.toLowerCase().split('/').toReversed();
  const part = parts.flatMap((name) => /train|dev|test|val/.exec(name)?.[0] ?? []).at(0) ?? '';
  return dialog === undefined ? path : `${part === 'val' ? 'dev' : part}/dia${dialog}_utt${utterance}`;
}

export const meld = labelledFiles({
  id: 'meld',
  name: 'MELD',
  lookedFor: 'train_sent_emo.csv, dia0_utt0.wav',
  tables: TABLE,
  isTable: (head) => /Dialogue_ID/i.test(head) && /Emotion/i.test(head),
  keyOf,
  read: async (tables, report) => {
    const rows: Labelled[] = [];
    for (const table of tables) {
      const part = TABLE.exec(baseName(table.path))![1]!.toLowerCase();
      for (const cell of await namedCells(table, report)) {
        const [dialog, utterance] = [cell('Dialogue_ID'), cell('Utterance_ID')];
        const given = cell('Speaker');
        const speaker = SAME_SPEAKER[given] ?? given;
        const [emotion, sentiment] = [cell('Emotion').toLowerCase(), cell('Sentiment').toLowerCase()];
        const id = `${part}/dia${dialog}_utt${utterance}`;
        rows.push({
          id,
          key: id,
          labels: { emotion: emotion || null, sentiment: sentiment || null, speaker: speaker || null },
          groups: { ...(speaker ? { speaker } : {}), dialog: `${part}/${dialog}`, split: part },
          text: cell('Utterance'),
        });
      }
    }
    return rows;
  },
  unusable: { 'train/dia125_utt3': BROKEN, 'dev/dia110_utt7': BROKEN },
  schemes: emotionSchemes('meld', CLASS_OF),
  columns: speechColumns(CLASS_OF, {
    id: 'sentiment',
    kind: 'classes',
    classes: ['negative', 'neutral', 'positive'],
  }),
  groups: [
    { id: 'split', holdOut: true, leaks: false, parts: true, counted: true, usual: ['dev', 'test', 'train'] },
    { id: 'speaker', holdOut: true, leaks: true },
    { id: 'dialog', holdOut: false, leaks: true },
  ],
  published: [
    {
      id: 'meld-release',
      name: 'MELD',
      source: 'Train, dev and test of the release; Poria et al., ACL 2019',
      column: 'split',
      division: { by: 'column' },
    },
  ],
});
