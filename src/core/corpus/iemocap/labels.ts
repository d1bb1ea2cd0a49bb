/**
 * The text of IEMOCAP: utterance names and `dialog/EmoEvaluation/<dialog>.txt`. Pure functions over strings;
 * a line outside the grammar is returned as such and never thrown. Not here: folders, audio (scan.ts).
 */
import type { Gender } from '../types';

export interface UtteranceName {
  /** 1-based. */
  readonly session: number;
  readonly dialog: string;
  readonly scripted: boolean;
  /** Session and *last* letter: the letter in front names the actor who wears the motion-capture markers. */
  readonly speaker: string;
  readonly gender: Gender;
}

const NAME = /^(Ses0([1-5])[FM]_(?:impro\d{2}[ab]?|(script)\d{2}_\d[b]?))_([FM])\d{3}$/;

/**
 * Takes `Ses05M_script01_1b_F003` apart; null for anything else (`Ses03F_impro05_MXX0` is unlabelled by
 * design).
 */
export function parseUtteranceName(id: string): UtteranceName | null {
  const match = NAME.exec(id);
  if (!match) return null;
  const [, dialog, session, script, letter] = match;
  return {
    session: Number(session),
    dialog: dialog!,
    scripted: script !== undefined,
    speaker: `Ses0${session}${letter}`,
    gender: letter === 'F' ? 'female' : 'male',
  };
}

/** One labelled utterance as the evaluation file states it. */
export interface LabelLine {
  readonly id: string;
  /** Seconds from the start of the dialog. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly vad: readonly [number, number, number];
  /** Categories each evaluator (`C-E#` line) chose; self-reports (`C-F#`, `C-M#`) are not among them. */
  readonly votes: readonly (readonly string[])[];
  /** What each evaluator (`A-E#` line) gave: valence, activation, dominance; null where a number is missing. */
  readonly ratings: readonly Rating[];
}

export type Rating = readonly [valence: number | null, activation: number | null, dominance: number | null];

export interface Evaluation {
  readonly lines: readonly LabelLine[];
  /** What is outside the grammar; `line` is 1-based. */
  readonly bad: readonly { readonly line: number; readonly text: string }[];
  /** Utterance lines whose tabs had become spaces. */
  readonly spaced: number;
  /**
   * Utterance lines as a spreadsheet writes them: in quotes, or with commas or semicolons instead of tabs.
   */
  readonly spreadsheet: number;
  /** The file has no label but lines of a transcription, which has the same name in the release. */
  readonly transcription: boolean;
}

// V, A and D reach from 0.5 to 5.5 in the release, since ratings that were never given count in the averages.
const UTTERANCE = /^\[(\d+\.\d+) - (\d+\.\d+)\]\t(\S+)\t([a-z]{3})\t\[(\d+\.\d+), (\d+\.\d+), (\d+\.\d+)\]$/;
/** The same with any blanks between the fields, which have none in them but where the brackets say so. */
const SPACED =
  /^\[\s*(\d+\.\d+)\s*-\s*(\d+\.\d+)\s*\]\s+(\S+)\s+([a-z]{3})\s+\[\s*(\d+\.\d+),\s*(\d+\.\d+),\s*(\d+\.\d+)\s*\]$/;
/**
 * As a spreadsheet writes it, quotes removed: other separators, a decimal comma where that is the custom,
 * empty columns behind.
 */
const SPREADSHEET =
  /^\[\s*(\d+[.,]\d+)\s*-\s*(\d+[.,]\d+)\s*\]\s*[\t,;]\s*(\w+)\s*[\t,;]\s*([a-z]{3})\s*[\t,;]\s*\[\s*(\d+[.,]\d+)[,;]\s+(\d+[.,]\d+)[,;]\s+(\d+[.,]\d+)\s*\][\s,;]*$/;
const EVALUATOR = /^C-E\d+:[\s,;]*([^\t(]*)/;
const RATER = /^A-E\d+:/;
/** `val 3; act 2; dom ;`: of what was not rated there is no number. */
const RATED = (['val', 'act', 'dom'] as const).map((name) => new RegExp(`\\b${name}\\s*(\\d+(?:[.,]\\d+)?)`));
const IGNORED = /^(%|C-[FM]\d+:|A-[FM]\d+:)/;
const TRANSCRIBED = /^\S+ \[\d+\.\d+-\d+\.\d+\]:/;

/**
 * Reads an evaluation file. A missing header, CRLF, trailing blanks, a byte-order mark and a missing final
 * newline are all accepted; spaces instead of tabs and what spreadsheets do to a line are read and counted.
 * @param text as label-text.ts gives it
 */
export function parseEvaluation(text: string): Evaluation {
  const lines: LabelLine[] = [];
  const bad: { line: number; text: string }[] = [];
  let votes: string[][] = [];
  let ratings: Rating[] = [];
  let spaced = 0;
  let spreadsheet = 0;
  let transcribed = 0;
  for (const [i, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trimEnd();
    const plain = line.includes('"') ? line.replaceAll('"', '').trim() : line;
    const strict = UTTERANCE.exec(line);
    const blanks = strict ? null : SPACED.exec(line);
    const utterance = strict ?? blanks ?? SPREADSHEET.exec(plain);
    const evaluator = EVALUATOR.exec(plain);
    if (utterance) {
      if (blanks) spaced++;
      else if (!strict) spreadsheet++;
      const [, start, end, id, label, v, a, d] = utterance;
      votes = [];
      ratings = [];
      lines.push({
        id: id!,
        start: number(start),
        end: number(end),
        label: label!,
        vad: [number(v), number(a), number(d)],
        votes,
        ratings,
      });
    } else if (evaluator) {
      votes.push(
        evaluator[1]!
          .split(/[;,]/)
          .map((category) => category.trim())
          .filter((category) => category !== ''),
      );
    } else if (RATER.test(plain)) {
      const [valence = null, activation = null, dominance = null] = RATED.map((name) => {
        const found = name.exec(plain)?.[1];
        return found === undefined ? null : number(found);
      });
      ratings.push([valence, activation, dominance]);
    } else if (/[^\s,;]/.test(plain) && !IGNORED.test(plain)) {
      if (TRANSCRIBED.test(line)) transcribed++;
      bad.push({ line: i + 1, text: line });
      // What follows may belong to the broken line; it must not count for the utterance before.
      votes = [];
      ratings = [];
    }
  }
  return { lines, bad, spaced, spreadsheet, transcription: lines.length === 0 && transcribed > 0 };
}

const number = (text: string | undefined): number => Number(text!.replace(',', '.'));

/** The release's label of an evaluator's category. */
export const LABEL_OF: Readonly<Record<string, string>> = {
  Neutral: 'neu',
  Anger: 'ang',
  Sadness: 'sad',
  Happiness: 'hap',
  Excited: 'exc',
  Frustration: 'fru',
  Surprise: 'sur',
  Fear: 'fea',
  Disgust: 'dis',
  Other: 'oth',
};

/**
 * The rule by which the release's labels follow from its evaluators: the category most of them chose, if no
 * other has as many votes and more than half of the evaluators chose it; else `xxx`, no agreement. It
 * reproduces every label of the release, so it tests a parser and explains `xxx`.
 */
export function labelByVote(votes: readonly (readonly string[])[]): string {
  const counts = new Map<string, number>();
  for (const category of votes.flat()) counts.set(category, (counts.get(category) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (!first || first[1] * 2 <= votes.length || second?.[1] === first[1]) return 'xxx';
  return LABEL_OF[first[0]] ?? 'xxx';
}
