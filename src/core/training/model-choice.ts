/**
 * The model that a configuration asks for, before a run is prepared: for counting parameters and comparing
 * weights.
 */
import { LABEL_SCHEMES } from '../corpus/label-schemes';
import type { CorpusManifest } from '../corpus/types';
import type { ModelChoice } from '../model/architectures';
import type { RunConfig } from './run-config';

/** As in IEMOCAP, until a corpus is open. */
const USUAL_SPEAKERS = 10;

/** @param manifest of the open corpus, which decides how many speakers there are */
export function modelChoice(
  { architecture, width, inputSize, tasks, labelScheme }: RunConfig,
  manifest: CorpusManifest | null,
): ModelChoice {
  const speaker = manifest ? new Set(manifest.utterances.map((u) => u.speaker)).size : USUAL_SPEAKERS;
  const classes = { emotion: LABEL_SCHEMES[labelScheme].classes.length, speaker, gender: 2 };
  return { architecture, width, inputSize, heads: tasks.map((task) => ({ task, classes: classes[task] })) };
}
