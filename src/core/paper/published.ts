/**
 * Tables 3, 4 and 5 of Ryabinov, Uzdiaev, Vatamaniuk, “Applying Multitask Deep Learning to Emotion
 * Recognition in Speech”, Proc. Southwest State University 2021; 25(1): 82-109, doi
 * 10.21869/2223-1560-2021-25-1-82-109: as printed, on IEMOCAP (4 classes). Averages are macro.
 */
import type { PaperTask } from '../tasks/presets';
import type { PaperModelId } from './paper-models';

export interface PublishedScores {
  /** Null where the table has a dash. */
  readonly accuracy: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

const scores = (
  accuracy: number | null,
  precision: number | null,
  recall: number | null,
  f1: number | null,
): PublishedScores => ({ accuracy, precision, recall, f1 });

/** The proposed model, by task. */
export const TABLE_3: Readonly<Record<PaperTask, PublishedScores>> = {
  emotion: scores(0.712, 0.685, 0.666, 0.673),
  speaker: scores(0.782, 0.774, 0.771, 0.767),
  gender: scores(0.969, 0.969, 0.969, 0.969),
};

/** The proposed model, by emotion; a class has no accuracy. */
export const TABLE_4: readonly (readonly [emotion: string, PublishedScores])[] = [
  ['angry', scores(null, 0.82, 0.76, 0.79)],
  ['happy', scores(null, 0.5, 0.39, 0.44)],
  ['neutral', scores(null, 0.7, 0.78, 0.74)],
  ['sad', scores(null, 0.72, 0.73, 0.73)],
];

/**
 * Emotion; what others published is no model to run here. F1 of the proposed model is .673 in table 3 and
 * .672 here, as printed.
 */
export const TABLE_5: readonly {
  readonly key: string;
  readonly model: PaperModelId | null;
  readonly scores: PublishedScores;
}[] = [
  { key: 'chen', model: null, scores: scores(null, null, 0.647, null) },
  { key: 'gideon', model: null, scores: scores(null, null, 0.657, null) },
  { key: 'satt', model: null, scores: scores(0.688, null, null, null) },
  { key: 'latif', model: null, scores: scores(0.688, null, null, null) },
  { key: 'reference-1', model: 'reference-1', scores: scores(0.688, 0.67, 0.624, 0.613) },
  { key: 'reference-2', model: 'reference-2', scores: scores(0.695, 0.674, 0.631, 0.63) },
  { key: 'proposed', model: 'proposed', scores: scores(0.712, 0.685, 0.666, 0.672) },
];
