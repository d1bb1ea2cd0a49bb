/**
 * MSP-PODCAST (Lotfian & Busso 2017): `Labels/labels_concensus.csv` (so spelt; later `labels_consensus.csv`) has a
 * row a file of `Audios`. Speakers may be unknown: then there is no speaker, and no speaker's fold has it.
 */
import { dimensions, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { fileKey, labelledFiles, type Labelled } from '../labelled-files';
import { numberOf } from '../tables/cell-values';
import { namedCells } from '../tables/named-cells';

/** A, H, S, N, surprise, fear, disgust, contempt; O (other) and X (no agreement) are no class. */
const CLASS_OF = {
  A: 'angry',
  C: 'contemptuous',
  D: 'disgusted',
  F: 'afraid',
  H: 'happy',
  N: 'neutral',
  S: 'sad',
  U: 'surprised',
} as const;
const known = (cell: string): string | null => (cell === '' || /^unknown$/i.test(cell) ? null : cell);

export const mspPodcast = labelledFiles({
  id: 'msp-podcast',
  name: 'MSP-PODCAST',
  lookedFor: 'labels_concensus.csv, MSP-PODCAST_0001_0008.wav',
  tables: /^labels_con[cs]ensus\.csv$/i,
  isTable: (head) => /FileName/i.test(head) && /EmoClass/i.test(head),
  read: async (tables, report) => {
    const rows: Labelled[] = [];
    for (const table of tables)
      for (const cell of await namedCells(table, report)) {
        const key = fileKey(cell('FileName'));
        const [speaker, split] = [known(cell('SpkrID')), cell('Split_Set')];
        rows.push({
          id: key,
          key,
          labels: {
            emotion: known(cell('EmoClass')),
            speaker,
            gender: known(cell('Gender'))?.toLowerCase() ?? null,
            valence: numberOf(cell('EmoVal')),
            activation: numberOf(cell('EmoAct')),
            dominance: numberOf(cell('EmoDom')),
          },
          groups: { ...(speaker === null ? {} : { speaker }), ...(split ? { split } : {}) },
        });
      }
    return rows;
  },
  schemes: emotionSchemes('msp-podcast', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER, ...dimensions(1, 7)),
  groups: [
    {
      id: 'split',
      holdOut: true,
      leaks: false,
      parts: true,
      counted: true,
      usual: ['Test1', 'Test2', 'Train', 'Validation'],
    },
    { id: 'speaker', holdOut: true, leaks: true },
  ],
  published: ([1, 2] as const).map((set) => ({
    id: `msp-podcast-test${set}`,
    name: `Train, Validation, Test${set}`,
    source: 'The sets of the release (Split_Set); Lotfian & Busso 2017',
    column: 'split',
    division: { by: 'parts', train: ['Train'], validation: ['Validation'], test: [`Test${set}`] },
  })),
});
