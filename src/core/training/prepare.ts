/** From a manifest and a run configuration to the run's examples: scheme, split, labels. Pure. */
import { applyScheme, requireScheme, withLevels, type LabelledCorpus } from '../corpus/label-schemes';
import { makeSplit } from '../splits/make';
import type { CorpusManifest } from '../corpus/types';
import { ConfigError, CorpusError } from '../errors/errors';
import type { Dataset, Example } from './dataset';
import type { RunConfig } from '../config/run-config';
import { labelKey } from '../tasks/levels';
import type { TaskSpec } from '../tasks/types';
import { nothingToTrain } from './nothing-to-train';
import { voteTargets } from './vote-targets';

/**
 * @param available ids whose features exist; utterances without are left out (they are reported by the
 * feature summary)
 * @throws CorpusError `nothing-to-train` when a side is empty, `unknown-scheme`, `no-votes`
 */
export function prepareDataset(
  manifest: CorpusManifest,
  config: RunConfig,
  available: ReadonlySet<string>,
): Dataset {
  requireScheme(manifest, config.labelScheme);
  const readable = { ...manifest, utterances: manifest.utterances.filter(({ id }) => available.has(id)) };
  const labelled = withLevels(applyScheme(readable, config), config.tasks);
  const split = makeSplit(labelled.items, config.split, config.seed);
  const classes = config.tasks.map((task) => classesOf(task, labelled));
  const votes = config.tasks.map((task, i) =>
    task.targets ? voteTargets(readable, config.labelScheme, task, classes[i]!) : undefined,
  );
  const byVotes = votes.some((one) => one !== undefined);
  const example = (item: (typeof labelled.items)[number]): Example => ({
    id: item.id,
    labels: config.tasks.map((task) => item.labels[labelKey(task)] ?? Number.NaN),
    ...(byVotes ? { shares: votes.map((one) => one?.sharesOf(item.id)) } : {}),
  });
  /** Whoever has no label of any of the run's tasks is not part of the run. */
  const isLabelled = ({ labels }: Example): boolean => labels.some((label) => !Number.isNaN(label));
  const dataset: Dataset = {
    classes,
    train: split.train.map(example).filter(isLabelled),
    validation: split.validation.map(example).filter(isLabelled),
    ...(split.test ? { test: split.test.map(example).filter(isLabelled) } : {}),
  };
  const found = { utterances: manifest.utterances.length, readable: readable.utterances.length };
  const nothing = nothingToTrain(config, found, labelled, split, dataset);
  if (nothing) throw nothing;
  if (!byVotes) return dataset;
  const all = [...dataset.train, ...dataset.validation, ...(dataset.test ?? [])];
  const counts = config.tasks.flatMap(({ id, column }, i) => {
    const own = votes[i]?.count(all, i);
    if (own?.used === 0) throw new CorpusError('no-votes', { task: id, column });
    return own ? [[id, own] as const] : [];
  });
  return { ...dataset, votes: Object.fromEntries(counts) };
}

/** @throws ConfigError `no-column` where no utterance has such labels */
function classesOf(task: TaskSpec, { classes, numbers }: LabelledCorpus): readonly string[] {
  const { id, column, kind } = task;
  const key = labelKey(task);
  if (kind === 'number' && numbers.includes(column)) return [];
  if (kind === 'classes' && (classes[key]?.length ?? 0) > 0) return classes[key]!;
  throw new ConfigError('no-column', { task: id, column });
}
