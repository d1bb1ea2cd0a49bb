/**
 * CREMA-D (Cao et al. 2014): `1001_DFA_ANG_XX`: actor, sentence, emotion, level. Sex and age of the actors are in
 * VideoDemographics.csv; without it they are unknown.
 */
import { AGE, by, BY_TEXT, bySpeaker, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import type { Clause } from '../../errors/clauses';
import { isFatal, messageOf, type Report } from '../listing';
import { namedFiles, type FoundFile } from '../named-files';
import type { Recording } from '../recordings';
import { readCsv } from '../tables/csv';
import type { CorpusFile, LabelValue } from '../types';

const CLASS_OF = {
  ANG: 'angry',
  DIS: 'disgusted',
  FEA: 'afraid',
  HAP: 'happy',
  NEU: 'neutral',
  SAD: 'sad',
} as const;
const LEVEL_OF = { LO: 'low', MD: 'medium', HI: 'high', XX: 'unspecified' } as const;

/** `1040_ITH_SAD_X` is how one file was called until 2022. */
const NAME =
  /^(10(?:0[1-9]|[1-8]\d|9[01]))_(IEO|TIE|IOM|IWW|TAI|MTI|IWL|ITH|DFA|ITS|TSI|WSI)_(ANG|DIS|FEA|HAP|NEU|SAD)_(LO|MD|HI|XX?)$/i;

const NO_SOUND: Clause = { key: 'hardlyAnySound' };
const EVERYTHING: Clause = { key: 'manyEmotions' };
/** CheyneyComputerScience/CREMA-D, issue 8. */
const FAULTY: Readonly<Record<string, Clause>> = {
  '1076_MTI_NEU_XX': NO_SOUND,
  '1076_MTI_SAD_XX': NO_SOUND,
  '1064_TIE_SAD_XX': NO_SOUND,
  '1064_IEO_DIS_MD': EVERYTHING,
};

export const cremad = namedFiles({
  id: 'crema-d',
  name: 'CREMA-D',
  lookedFor: '1001_DFA_ANG_XX.wav',
  parse: ({ stem }) => {
    const [, speaker, text, emotion, code] = NAME.exec(stem.toUpperCase()) ?? [];
    if (speaker === undefined) return null;
    const short = (code === 'X' ? 'XX' : code) as keyof typeof LEVEL_OF;
    const id = `${speaker}_${text}_${emotion}_${short}`;
    const level = LEVEL_OF[short];
    const doubt = FAULTY[id];
    return {
      id,
      labels: { emotion: emotion!, speaker, gender: null, age: null, level },
      groups: { speaker, text: text!, level },
      ...(doubt ? { doubt } : {}),
    };
  },
  complete: withActors,
  schemes: emotionSchemes('crema-d', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER, AGE, {
    id: 'level',
    kind: 'classes',
    classes: ['low', 'medium', 'high', 'unspecified'],
  }),
  groups: [bySpeaker(Array.from({ length: 91 }, (_, i) => String(1001 + i))), BY_TEXT, by('level')],
});

/** Sex and age, where the corpus' table of actors lies in the folder. */
async function withActors(
  recordings: readonly Recording[],
  files: readonly FoundFile[],
  report: Report,
): Promise<readonly Recording[]> {
  const table = files.find(({ file }) => file.name.toLowerCase() === 'videodemographics.csv');
  if (!table) return recordings;
  try {
    const actors = await readActors(table.file);
    return recordings.map((one) => {
      const known = actors.get(String(one.labels['speaker']));
      return known ? { ...one, labels: { ...one.labels, ...known } } : one;
    });
  } catch (error) {
    if (isFatal(error)) throw error;
    report('not-labels', table.path, messageOf(error));
    return recordings;
  }
}

/** @throws CorpusError where the file is no table */
async function readActors(file: CorpusFile): Promise<Map<string, Record<'gender' | 'age', LabelValue>>> {
  const { header, rows } = readCsv(await file.bytes(0, await file.size()), file.name);
  const [id, sex, years] = ['actorid', 'sex', 'age'].map((wanted) =>
    header.findIndex((name) => name.toLowerCase() === wanted),
  ) as [number, number, number];
  return new Map(
    rows.map((row) => {
      const said = row[sex]?.toLowerCase();
      const gender = said === 'female' || said === 'male' ? said : null;
      const age = /^\d{1,3}$/.test(row[years] ?? '') ? Number(row[years]) : null;
      return [row[id] ?? '', { gender, age }] as const;
    }),
  );
}
