/**
 * On which utterances two runs are set side by side: those of the validation side, or of the test part that
 * their split holds out.
 */
import type { SplitChoice } from '../splits/registry';
import { testedOf } from '../training/monitor/tested';
import type { ComparedRun, Moment } from './values';

export const PARTS = ['validation', 'test'] as const;
export type Part = (typeof PARTS)[number];

/** Whether each of the runs has scored a test part. */
export const allTested = (runs: readonly Pick<ComparedRun, 'epochs'>[]): boolean =>
  runs.every(({ epochs }) => testedOf(epochs) !== null);

/** The part that was chosen, where the runs have it. */
export const partOf = (wanted: Part, runs: readonly Pick<ComparedRun, 'epochs'>[]): Part =>
  wanted === 'test' && allTested(runs) ? 'test' : 'validation';

/** Which stored predictions are of this part; null where none are kept of this epoch. */
export const predictionsOn = (part: Part, moment: Moment): 'best' | 'last' | 'test' | null =>
  part === 'test' ? 'test' : typeof moment === 'number' ? null : moment;

/** The split that made this part: it decides whether training has heard the part's speakers. */
export function splitOfPart({ test, ...main }: SplitChoice, part: Part): SplitChoice {
  return part === 'test' && test ? test : main;
}
