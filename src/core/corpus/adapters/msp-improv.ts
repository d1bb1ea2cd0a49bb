/**
 * MSP-IMPROV (Busso et al. 2017): `Evaluation.txt` has a line a recording and one a listener below it; the name,
 * `MSP-IMPROV-S01A-F01-P-FM01.wav`, has sentence and emotion meant, speaker, kind of recording and turn. Published
 * readers take the third field for the speaker; the last one holds two genders as well, and no page of the corpus
 * was at hand that settles it. So it is told.
 */
import { BY_TEXT, dimensions, emotionSchemes, GENDER, speechColumns } from '../emotional-speech';
import { fileKey, labelledFiles, type Labelled } from '../labelled-files';
import { isFatal, messageOf } from '../listing';
import { numberOf } from '../tables/cell-values';
import { tableText } from '../tables/table-text';
import { countVotes } from '../votes';

const NUMBER = '(\\d+(?:\\.\\d+)?|NaN)';
const SUMMARY = new RegExp(
  `^UTD-IMPROV-([A-Z0-9-]+)\\.avi; ([A-Z]); A:${NUMBER}; V:${NUMBER}; D:${NUMBER} ?; N:${NUMBER};$`,
);
const LISTENER = /^[\w-]+; (Angry|Happy|Sad|Neutral|Other);/;
const NAME = /^S(\d\d)([AHSN])-([FM])(\d\d)-([PRST])-([FM]{2})\d+$/;
const CLASS_OF = { A: 'angry', H: 'happy', N: 'neutral', S: 'sad' } as const;
const LARGEST = 64 * 2 ** 20;

export interface Evaluated {
  readonly name: string;
  readonly label: string;
  /** Activation, valence, dominance, naturalness; null where nobody rated. */
  readonly ratings: readonly (number | null)[];
  readonly votes: string[][];
}

/** @returns what each recording was given, and the numbers (from 1) of lines outside the grammar */
export function parseImprov(text: string): {
  readonly evaluated: readonly Evaluated[];
  readonly bad: readonly number[];
} {
  const evaluated: Evaluated[] = [];
  const bad: number[] = [];
  let open: Evaluated | null = null;
  for (const [i, raw] of text.split(/\r\n?|\n/).entries()) {
    const line = raw.trim();
    const summary = SUMMARY.exec(line);
    const listener = LISTENER.exec(line);
    if (summary) {
      const [, name, label, ...ratings] = summary;
      open = { name: name!, label: label!, ratings: ratings.map((one) => numberOf(one)), votes: [] };
      evaluated.push(open);
    } else if (listener && open) open.votes.push([listener[1]![0]!]);
    else if (line !== '') {
      bad.push(i + 1);
      // What follows may belong to the broken line.
      if (line.startsWith('UTD-')) open = null;
    }
  }
  return { evaluated, bad };
}

export const mspImprov = labelledFiles({
  id: 'msp-improv',
  name: 'MSP-IMPROV',
  lookedFor: 'Evaluation.txt, MSP-IMPROV-S01A-F01-P-FM01.wav',
  tables: /^Evaluation\.txt$/i,
  isTable: (head) => head.includes('UTD-IMPROV-'),
  read: async (tables, report) => {
    const rows: Labelled[] = [];
    for (const { path, file } of tables) {
      try {
        const text = tableText(await file.bytes(0, Math.min(await file.size(), LARGEST)))?.text ?? '';
        const { evaluated, bad } = parseImprov(text);
        for (const line of bad)
          report('bad-label-line', `${path}:${line}`, { key: 'line', values: { line, text: '' } });
        rows.push(...evaluated.map(labelled));
      } catch (error) {
        if (isFatal(error)) throw error;
        report('not-labels', path, { key: 'cannotRead', values: { message: messageOf(error) } });
      }
      report('doubtful-audio', path, { key: 'thirdFieldSpeaker' }, { kept: true });
    }
    return rows;
  },
  schemes: emotionSchemes('msp-improv', CLASS_OF),
  columns: speechColumns(CLASS_OF, GENDER, ...dimensions(1, 5), { id: 'naturalness', kind: 'number' }),
  groups: [
    { id: 'session', holdOut: true, leaks: false, counted: true, usual: ['1', '2', '3', '4', '5', '6'] },
    { id: 'speaker', holdOut: true, leaks: true, counted: true },
    BY_TEXT,
    { id: 'recording', holdOut: true, leaks: false },
    { id: 'turn', holdOut: false, leaks: false },
  ],
});

function labelled({ name, label, ratings, votes }: Evaluated): Labelled {
  const id = `MSP-IMPROV-${name}`;
  const [, sentence, , letter, session, recording, turn] = NAME.exec(name) ?? [];
  const speaker = letter === undefined ? null : `${letter}${session}`;
  const [activation = null, valence = null, dominance = null, naturalness = null] = ratings;
  const gender = letter === undefined ? null : letter === 'F' ? 'female' : 'male';
  return {
    id,
    key: fileKey(id),
    labels: { emotion: label, speaker, gender, valence, activation, dominance, naturalness },
    groups:
      speaker === null
        ? {}
        : { speaker, session: String(Number(session)), text: sentence!, recording: recording!, turn: turn! },
    ...(votes.length === 0 ? {} : { votes: { emotion: countVotes(votes) } }),
  };
}
