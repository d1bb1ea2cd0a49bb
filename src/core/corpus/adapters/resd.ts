/**
 * RESD, Russian Emotional Speech Dialogs (Aniemore): `train.csv` and `test.csv` name the emotion of each file,
 * `32_happiness_enthusiasm_h_120.wav` the dialog. It does not say who speaks, so dialogs are what may not be on
 * both sides of a split. Half of the files have 16 kHz, half 44.1 kHz.
 */
import { baseName } from '../listing';
import { emotionSchemes } from '../emotional-speech';
import { fileKey, labelledFiles, type Labelled } from '../labelled-files';
import { namedCells } from '../tables/named-cells';

const NAME = /^(\d+)_([a-z]+)_([a-z]+)_[a-z]_\d+$/;
const EMOTIONS = ['anger', 'disgust', 'enthusiasm', 'fear', 'happiness', 'neutral', 'sadness'] as const;
const SEVEN = ['angry', 'disgusted', 'enthusiastic', 'afraid', 'happy', 'neutral', 'sad'] as const;
const CLASS_OF = Object.fromEntries(EMOTIONS.map((emotion, i) => [emotion, SEVEN[i]!]));
const TABLE = /^(train|test)\.csv$/i;

export const resd = labelledFiles({
  id: 'resd',
  name: 'RESD',
  lookedFor: 'train.csv, 32_happiness_enthusiasm_h_120.wav',
  tables: TABLE,
  isTable: (head) => /^\W*(\w*,)*name,/i.test(head) && /[,/]\d+_[a-z]+_[a-z]+_[a-z]_\d+/.test(head),
  read: async (tables, report) => {
    const rows: Labelled[] = [];
    for (const table of tables) {
      const split = TABLE.exec(baseName(table.path))![1]!.toLowerCase();
      for (const cell of await namedCells(table, report)) {
        const id = fileKey(cell('path') || cell('name'));
        const [, number, first, second] = NAME.exec(id) ?? [];
        const dialog = number === undefined ? {} : { dialog: `${number}_${first}_${second}` };
        const [emotion, text] = [cell('emotion'), cell('text')];
        rows.push({
          id,
          key: id,
          labels: { emotion: emotion || null },
          groups: { ...dialog, split },
          ...(text ? { text } : {}),
        });
      }
    }
    return rows;
  },
  schemes: emotionSchemes('resd', CLASS_OF),
  columns: [{ id: 'emotion', kind: 'classes', classes: [...SEVEN].sort() }],
  groups: [
    { id: 'split', holdOut: true, leaks: false, parts: true, counted: true, usual: ['test', 'train'] },
    { id: 'dialog', holdOut: true, leaks: true },
  ],
  published: [
    {
      id: 'resd-release',
      name: 'RESD',
      source: '1116 recordings train, 280 test, as released; speakers are not told',
      column: 'split',
      division: { by: 'lists', lists: [['test']] },
    },
  ],
});
