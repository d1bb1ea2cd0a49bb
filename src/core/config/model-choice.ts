/**
 * The model that a configuration asks for, before a run is prepared: for counting parameters and comparing
 * weights.
 */
import { ALL_SCHEMES } from '../corpus/adapters/registry';
import { applyScheme, type LabelledCorpus } from '../corpus/label-schemes';
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
  const scheme = ALL_SCHEMES.find(({ id }) => id === labelScheme);
  const usual: LabelledCorpus['classes'] = {
    emotion: scheme?.classes ?? [],
    speaker: Array.from({ length: USUAL_SPEAKERS }, String),
    gender: ['female', 'male'],
  };
  const classes = manifest ? applyScheme(manifest, labelScheme).classes : usual;
  return {
    architecture,
    width,
    inputSize,
    heads: tasks.map(({ id, column }) => ({ task: id, classes: classes[column]?.length ?? 0 })),
  };
}
