/**
 * The model that a configuration asks for, before a run is prepared: for counting parameters and comparing
 * weights.
 */
import { ALL_SCHEMES } from '../corpus/adapters/registry';
import { applyScheme, type LabelledCorpus } from '../corpus/label-schemes';
import type { CorpusManifest } from '../corpus/types';
import type { ModelChoice } from '../model/architectures';
import { headOf } from '../tasks/head';
import type { RunConfig } from './run-config';

/** Classes that are not known yet are no number: the model then has no such head, and says so. */
const orOne = (names: readonly string[] = []): readonly string[] => (names.length === 0 ? [''] : names);

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
    heads: tasks.map(({ id, column, kind }) => headOf(id, kind === 'number' ? [] : orOne(classes[column]))),
  };
}
