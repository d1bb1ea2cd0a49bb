/**
 * The text files of IEMOCAP's release for made-up dialogs: evaluations in their grammar, obeying the rule by
 * which labels follow from votes, and transcriptions. The reading side is core/corpus/iemocap/labels.ts.
 */
import { labelByVote } from '../corpus/iemocap/labels';
import type { RandomStream } from '../random/streams';
import type { Emotion } from './voices';

/** One evaluator's valence, activation and dominance, 1..5; dominance may be left blank. */
type Rating = readonly [number, number, number | null];

export interface Verdict {
  readonly label: string;
  /** Categories of three evaluators, in the release's words. */
  readonly votes: readonly (readonly string[])[];
  /** The speaker's own; empty when not given. */
  readonly selfReport: readonly string[];
  readonly ratings: readonly Rating[];
}

export interface Turn extends Verdict {
  /** `Ses01F_impro01_F000`. */
  readonly id: string;
  /** Seconds from the start of the dialog. */
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

const CATEGORY: Readonly<Record<Emotion, string>> = {
  angry: 'Anger',
  happy: 'Happiness',
  neutral: 'Neutral',
  sad: 'Sadness',
  excited: 'Excited',
};
const RATING: Readonly<Record<Emotion, readonly [number, number, number]>> = {
  angry: [2, 4, 4],
  happy: [4, 3, 3],
  neutral: [3, 2, 3],
  sad: [2, 2, 2],
  excited: [4, 4, 3],
};

/**
 * Invents what three evaluators and the speaker say; when `blend` is another emotion, no two evaluators
 * agree.
 */
export function rate(random: RandomStream, emotion: Emotion, blend: Emotion): Verdict {
  const own = CATEGORY[emotion];
  const votes = emotion === blend ? [[own], [own], [own]] : [[own], [CATEGORY[blend]], ['Frustration']];
  const remark = random.below(12);
  if (emotion === blend && remark === 0) votes[random.below(3)] = ['Other'];
  if (emotion === blend && remark === 1) votes[random.below(3)] = [own, 'Surprise'];
  const ratings = [0, 1].map((): Rating => {
    const [v, a, d] = RATING[emotion].map((value) =>
      Math.min(5, Math.max(1, value + random.between(-1, 1))),
    ) as [number, number, number];
    return [v, a, random.below(25) === 0 ? null : d];
  });
  return { label: labelByVote(votes), votes, selfReport: random.below(30) === 0 ? [] : [own], ratings };
}

/** `dialog/EmoEvaluation/<dialog>.txt`: all of the woman's turns, then the man's. */
export function evaluationText(turns: readonly Turn[], session: number): string {
  const blocks = ['F', 'M'].flatMap((letter) =>
    turns.filter(({ id }) => id.at(-4) === letter).map((turn) => block(turn, letter, session)),
  );
  return `% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n${blocks.join('\n')}\n`;
}

function block(
  { id, start, end, label, votes, selfReport, ratings }: Turn,
  letter: string,
  session: number,
): string {
  const mean = [0, 1, 2].map((axis) => {
    const given = ratings.flatMap((rating) => rating[axis] ?? []);
    return (given.length > 0 ? given.reduce((sum, value) => sum + value, 0) / given.length : 2.5).toFixed(4);
  });
  const categories = (names: readonly string[]): string =>
    names.length > 0 ? names.map((name) => `${name};`).join(' ') : ';';
  const scores = ([v, a, d]: Rating): string => `val ${v}; act ${a}; dom ${d === null ? '' : ` ${d}`};`;
  return [
    `[${start.toFixed(4)} - ${end.toFixed(4)}]\t${id}\t${label}\t[${mean.join(', ')}]`,
    ...votes.map((names, i) => `C-E${i + 2}:\t${categories(names)}\t()`),
    `C-${letter}${session}:\t${categories(selfReport)}\t()`,
    ...ratings.map((rating, i) => `A-E${i + 3}:\t${scores(rating)}\t()`),
    '',
  ].join('\n');
}

/** `dialog/transcriptions/<dialog>.txt`, in order of time, with the CRLF line ends of the release. */
export function transcriptionText(turns: readonly Turn[]): string {
  const time = (seconds: number): string => seconds.toFixed(4).padStart(8, '0');
  return turns
    .map(({ id, start, end, words }) => `${id} [${time(start)}-${time(end)}]: ${words}\r\n`)
    .join('');
}
