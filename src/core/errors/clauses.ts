/**
 * What is the matter with one file or one row, in a few words: the English of it, once. The page has it from here,
 * its Russian has the same keys (src/app/i18n/ru/codes.ts), and files that are saved are in English.
 */
import { filled } from './sentences';

export const CLAUSES = {
  'truncated-audio': '{{a}} of {{b}} samples are there',
  'partial-frame': 'the last frame has {{a}} of {{b}} bytes',
  'block-size': 'the header gives {{a}} bytes for a frame of {{b}} × {{c}} bits',
  'silent-audio': 'every sample is {{a}}',
  'clipped-audio': 'clipped samples: {{a}} of {{b}}',
  'not-finite-audio': 'samples that were no numbers: {{a}}',
  rowNoFile: 'no such file: {{path}}',
  rowManyFiles: 'several files are called so: {{path}}',
  rowByName: '{{row}} has it in another folder',
  rowTimes: 'start “{{start}}”, end “{{end}}”',
  rowNoNumber: 'no number: {{cells}}',
  rowFiltered: 'left out by a filter',
  rowNoLabel: '{{row}}: nothing in {{column}}',
  rowAgain: '{{path}} again, the same',
  rowAgainOther: '{{path}} again, otherwise labelled; the first row counts',
  rowRagged: 'not as many cells as columns',
  rowJson: 'row {{row}} cannot be read',
  againInTable: 'again in the table; the first row counts',
  noFileForRow: 'no sound file for this row of the table',
  brokenInRelease: 'broken or missing in the release',
  thirdFieldSpeaker:
    'the third field of a name is taken for the speaker, as published readers do; the last field also holds two genders: listen to a few before trusting speaker and gender',
  podcastRows: 'rows of podcasts, which are published without sound: {{count}}',
  notInTable: 'in no row of the table',
  audformatNoTable: 'neither CSV nor Parquet',
  audformatOutside: 'not in the scheme, taken as missing: {{what}} ({{count}})',
  audformatConflict: 'two tables disagree, the first counts: {{what}} ({{count}})',
  guessedEncoding: 'read as {{encoding}}',
  partCut: '{{id}} ends {{seconds}} s after the end of the file',
  hidden: 'hidden name',
  moreSessions: 'sessions that the first listing lacked: {{count}}',
  moreFiles: 'files that the first listing lacked: {{count}}',
  otherRead: '{{path}} is read',
  noLabelFolder: 'no folder with labels',
  noAudioFolder: 'no folder with audio',
  notText: 'no text file',
  notWav: 'no sound file by its name',
  belowDialog: 'a folder below a dialog’s',
  archiveFolder: 'what macOS adds to an archive',
  hardlyAnySound: 'reported to have no sound, or next to none',
  manyEmotions: 'reported to hold several emotions in a minute',
  noSpeaker: 'neither name nor folder says who speaks',
  leftOutByOthers: 'left out by other tools as well',
  otherGender: 'the gender in the name is not that of the other files of the speaker',
  notUtterance: 'not named like an utterance',
  sameSound: 'the same sound as {{id}}',
  sameSoundOtherLabel: 'the same sound as {{id}}, which is labelled {{theirs}} and not {{label}}',
  transcription: 'a transcription, which has the same name in the release',
  line: 'line {{line}}: {{text}}',
  labelLines: 'label lines: {{count}}',
  tooLarge: '{{bytes}} bytes, too many for labels',
  cannotRead: 'the file cannot be read: {{message}}',
  notListed: 'folders from here on that are not listed: {{count}}',
  inFile: 'in {{path}}',
  againIn: 'again in {{path}}; the first one counts',
  noFile: 'no {{path}}',
  belongsTo: 'belongs to {{dialog}}',
  noLabel: 'no label for it',
  recordings: '{{count}} of {{total}} recordings',
  seconds: '{{heard}} s, {{labelled}} s by its label',
} as const;

export type ClauseKey = keyof typeof CLAUSES;

/** A clause by name, with its values: all that is stored and sent. */
export interface Clause {
  readonly key: ClauseKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** @returns in English; what an earlier version stored where the clause is not known any more */
export const clauseText = (said: Clause | undefined, stored = ''): string =>
  said && Object.hasOwn(CLAUSES, said.key) ? filled(CLAUSES[said.key], said.values ?? {}) : stored;
