/** From a manifest and a run configuration to the run's examples: scheme, split, labels. Pure. */
import { applyScheme, requireScheme, type LabelledCorpus } from '../corpus/label-schemes';
import { makeSplit } from '../splits/make';
import type { CorpusManifest } from '../corpus/types';
import { ConfigError, CorpusError } from '../errors/errors';
import type { Dataset, Example } from './dataset';
import type { RunConfig } from '../config/run-config';
import type { TaskSpec } from '../tasks/types';

/**
 * @param available ids whose features exist; utterances without are left out (they are reported by the
 * feature summary)
 * @throws CorpusError `nothing-to-train` when a side is empty, `unknown-scheme`
 */
export function prepareDataset(
  manifest: CorpusManifest,
  config: RunConfig,
  available: ReadonlySet<string>,
): Dataset {
  requireScheme(manifest, config.labelScheme);
  const readable = { ...manifest, utterances: manifest.utterances.filter(({ id }) => available.has(id)) };
  const labelled = applyScheme(readable, config.labelScheme);
  const split = makeSplit(labelled.items, config.split, config.seed);
  const example = (item: (typeof labelled.items)[number]) => ({
    id: item.id,
    labels: config.tasks.map(({ column }) => item.labels[column] ?? Number.NaN),
  });
  /** Whoever has no label of any of the run's tasks is not part of the run. */
  const isLabelled = ({ labels }: Example): boolean => labels.some((label) => !Number.isNaN(label));
  const dataset = {
    classes: config.tasks.map((task) => classesOf(task, labelled)),
    train: split.train.map(example).filter(isLabelled),
    validation: split.validation.map(example).filter(isLabelled),
    ...(split.test ? { test: split.test.map(example).filter(isLabelled) } : {}),
  };
  if (dataset.train.length === 0 || dataset.validation.length === 0)
    throw new CorpusError('nothing-to-train', {
      train: dataset.train.length,
      validation: dataset.validation.length,
    });
  return dataset;
}

/** @throws ConfigError `no-column` where no utterance has such labels */
function classesOf({ id, column, kind }: TaskSpec, { classes, numbers }: LabelledCorpus): readonly string[] {
  if (kind === 'number' && numbers.includes(column)) return [];
  if (kind === 'classes' && (classes[column]?.length ?? 0) > 0) return classes[column]!;
  throw new ConfigError('no-column', { task: id, column });
}
