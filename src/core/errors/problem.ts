import { clauseText, type Clause } from './clauses';

/**
 * What a scan skipped, or kept with a remark: a finding about a file, where an error would end the scan.
 */
export type ProblemCode =
  | 'hidden-file' // `._*`, `.DS_Store`: dropped before anything else
  | 'bad-label-line' // outside the grammar
  | 'spaces-for-tabs' // label lines whose tabs had become spaces: read
  | 'spreadsheet-labels' // label lines as a spreadsheet writes them: read
  | 'guessed-encoding' // a table in none of the encodings that say what they are: read
  | 'bad-row' // a row of a table that cannot be read, or only in part
  | 'elsewhere-audio' // a row's file was found by its name, in another folder: kept
  | 'unlabelled-row' // a row without a label: kept, for other tasks
  | 'bad-table' // a file that should be a table and is none
  | 'filtered-row' // a row that the mapping of its table leaves out
  | 'not-labels' // a text file that holds something else
  | 'bad-utterance-id' // grammar right, name wrong
  | 'duplicate-id'
  | 'missing-audio' // labelled, no wav
  | 'unlabelled-audio' // wav, no label
  | 'duplicate-audio' // a second wav of the same name
  | 'misplaced-audio' // in another dialog's folder: kept
  | 'identical-audio' // the same sound as another recording: kept
  | 'length-mismatch' // not as long as the label's times say: kept
  | 'unreadable-audio' // empty, not RIFF, no samples, unsupported coding
  | 'truncated-audio' // shorter than its header says: kept, with this warning
  | 'partial-frame' // the last frame is incomplete: kept without it
  | 'block-size' // the header contradicts itself, the bit count decided: kept
  | 'silent-audio' // every sample is the same: kept
  | 'clipped-audio' // samples in a row at full scale: kept
  | 'not-finite-audio' // samples that are no numbers, read as 0: kept
  | 'excluded-audio' // one of the corpus' recordings, but known to be useless, or its name says too little
  | 'doubtful-audio' // known to be faulty: kept
  | 'unreadable-text' // a transcription that cannot be read: its utterances are kept
  | 'unreadable-folder' // could not be listed
  | 'folder-limit' // folders deeper, or more of them, than are listed
  | 'bad-table-row' // a row of a table of labels that cannot be read
  | 'missing-folder' // a session without labels or audio
  | 'ignored-folder' // a second copy of a session, a folder where none is expected
  | 'ignored-file' // neither audio nor labels, in a place where these are read
  | 'relisted-folder'; // listed twice, since the first time something was missing: kept

export interface Problem {
  readonly code: ProblemCode;
  /** Path from the opened folder, or the utterance id where there is no file. */
  readonly where: string;
  /** What is the matter with it. Absent where `reason` or `detail` says it, and in manifests of 0.1.0. */
  readonly said?: Clause;
  /** The words of a file system or decoder; in manifests before 0.3.0 also the English of `said`. */
  readonly detail?: string;
  /** `true` when the utterance is kept in spite of it. */
  readonly kept: boolean;
  /**
   * Code of the error that made it unreadable (`lfs-pointer`, `not-riff`, ...); absent for other problems and
   * in manifests before 0.2.0.
   */
  readonly reason?: string;
  /** The format of a file that is no WAV file (`MP4`), where it is known. */
  readonly found?: string;
}

/** What is the matter with it, in English, for files and for whoever uses the page by program. */
export const problemText = ({ said, detail }: Problem): string => clauseText(said, detail);
