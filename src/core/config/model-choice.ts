/**
 * The model that a configuration asks for, before a run is prepared: for counting parameters and comparing
 * weights.
 */
import { ADAPTERS } from '../corpus/adapters/registry';
import { applyScheme, schemeOf, type LabelledCorpus } from '../corpus/label-schemes';
import type { CorpusManifest } from '../corpus/types';
import type { ModelChoice } from '../model/architectures';
import { headOf } from '../tasks/head';
import { levelNames } from '../tasks/levels';
import type { RunConfig } from './run-config';

/** Classes that are not known yet are no number: the model then has no such head, and says so. */
const orOne = (names: readonly string[] = []): readonly string[] => (names.length === 0 ? [''] : names);

/** What is known of an adapter's columns before a copy is open. */
function usualClasses(labelScheme: string): LabelledCorpus['classes'] {
  const adapter = ADAPTERS.find(({ schemes }) => schemes.some(({ id }) => id === labelScheme)) ?? ADAPTERS[0];
  const scheme = schemeOf(adapter, labelScheme);
  return Object.fromEntries(
    adapter.columns.map(({ id, classes }) => [
      id,
      id === scheme.column
        ? scheme.classes
        : (classes ?? adapter.groups.find((one) => one.id === id)?.usual ?? []),
    ]),
  );
}

/** @param manifest of the open corpus, which decides how many speakers there are */
export function modelChoice(
  { architecture, width, inputSize, tasks, labelScheme, exclude }: RunConfig,
  manifest: CorpusManifest | null,
): ModelChoice {
  const classes = manifest
    ? applyScheme(manifest, { labelScheme, exclude }).classes
    : usualClasses(labelScheme);
  return {
    architecture,
    width,
    inputSize,
    heads: tasks.map(({ id, column, kind, levels }) =>
      headOf(id, kind === 'number' ? [] : levels ? levelNames(levels) : orOne(classes[column])),
    ),
  };
}
