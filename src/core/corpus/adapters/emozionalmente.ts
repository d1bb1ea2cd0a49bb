/**
 * Emozionalmente (Catania 2022), Italian: `metadata/samples.csv` says who speaks which sentence with which emotion,
 * `users.csv` who that is, `evaluations.csv` what five listeners heard in each recording.
 */
import { AGE, BY_TEXT, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { fileKey, labelledFiles, type Labelled } from '../labelled-files';
import { baseName } from '../listing';
import { numberOf } from '../tables/cell-values';
import { namedCells, type Cells } from '../tables/named-cells';
import { countVotes } from '../votes';

const CLASS_OF = {
  anger: 'angry',
  disgust: 'disgusted',
  fear: 'afraid',
  joy: 'happy',
  neutrality: 'neutral',
  sadness: 'sad',
  surprise: 'surprised',
} as const;

const genderOf = (cell: string): string | null =>
  /^f(emale)?$/i.test(cell) ? 'female' : /^m(ale)?$/i.test(cell) ? 'male' : null;

export const emozionalmente = labelledFiles({
  id: 'emozionalmente',
  name: 'Emozionalmente',
  lookedFor: 'metadata/samples.csv, audio',
  tables: /^samples\.csv$/i,
  isTable: (head) => /emotion_expressed/i.test(head),
  read: async (tables, report, _options, files) => {
    const all = async (name: string): Promise<readonly Cells[]> => {
      const table = files.find(({ path }) => baseName(path).toLowerCase() === name);
      return table ? namedCells(table, report) : [];
    };
    const users = new Map((await all('users.csv')).map((cell) => [cell('username'), cell]));
    const heard = new Map<string, string[][]>();
    for (const cell of await all('evaluations.csv')) {
      const key = fileKey(cell('file_name'));
      const votes = heard.get(key) ?? [];
      votes.push([cell('emotion_recognized')]);
      heard.set(key, votes);
    }
    const rows: Labelled[] = [];
    for (const table of tables)
      for (const cell of await namedCells(table, report)) {
        const key = fileKey(cell('file_name'));
        const [speaker, text, votes] = [cell('actor'), cell('sentence'), heard.get(key)];
        const user = users.get(speaker);
        rows.push({
          id: key,
          key,
          labels: {
            emotion: cell('emotion_expressed') || null,
            speaker: speaker || null,
            gender: genderOf(user?.('gender') ?? ''),
            age: numberOf(user?.('age') ?? ''),
          },
          groups: { ...(speaker ? { speaker } : {}), ...(text ? { text } : {}) },
          ...(text ? { text } : {}),
          ...(votes ? { votes: { emotion: countVotes(votes) } } : {}),
        });
      }
    return rows;
  },
  schemes: emotionSchemes('emozionalmente', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER, AGE),
  groups: [{ id: 'speaker', holdOut: true, leaks: true }, BY_TEXT],
});
