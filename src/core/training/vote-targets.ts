/**
 * Votes as targets: what listeners chose of an utterance, as shares of a task's classes. Votes are merged as the
 * label scheme merges labels; what is none of its classes is left out, and the rest adds up to 1. The label still
 * decides which utterances are in the run and what scores are counted against
 * (docs/decisions/0049-votes-as-targets.md).
 */
import type { Selection } from '../corpus/exclusion';
import { descriptionOf } from '../corpus/adapters/registry';
import { applyScheme, schemeOf } from '../corpus/label-schemes';
import type { CorpusManifest } from '../corpus/types';
import { sharesOf, type VoteShares } from '../corpus/votes';
import { hashName } from '../random/streams';
import type { TaskSpec } from '../tasks/types';
import type { Example, VoteCounts } from './dataset';

/** Of each utterance that has votes on a column, by its id. */
function votesOnColumn(
  manifest: CorpusManifest,
  labelScheme: string,
  column: string,
  classes: readonly string[],
): ReadonlyMap<string, VoteShares> {
  const scheme = schemeOf(descriptionOf(manifest), labelScheme);
  const classOf = (value: string): string | undefined =>
    column !== scheme.column
      ? value
      : Object.hasOwn(scheme.classOf, value)
        ? scheme.classOf[value]
        : undefined;
  return new Map(
    manifest.utterances.flatMap(({ id, votes }) =>
      votes?.[column] ? [[id, sharesOf(votes[column], classes, classOf)] as const] : [],
    ),
  );
}

interface VoteTargets {
  /** By utterance. Null where it has no vote for any of the classes. */
  readonly sharesOf: (id: string) => readonly number[] | null;
  /** Of these examples. @param task its place in their labels */
  readonly count: (examples: readonly Pick<Example, 'id' | 'labels'>[], task: number) => VoteCounts;
}

/** The votes on a task's column as targets. @param classes of the task, in order of index */
export function voteTargets(
  manifest: CorpusManifest,
  labelScheme: string,
  { column }: Pick<TaskSpec, 'column'>,
  classes: readonly string[],
): VoteTargets {
  const votes = votesOnColumn(manifest, labelScheme, column, classes);
  return {
    sharesOf: (id) => votes.get(id)?.shares ?? null,
    count: (examples, task) => {
      const labelled = examples.filter(({ labels }) => !Number.isNaN(labels[task]!));
      const used = labelled.filter(({ id }) => votes.get(id)?.shares);
      const facts = used.map(({ id }) => `${id}|${votes.get(id)!.shares!.join(',')}`).sort();
      return {
        used: used.length,
        labelOnly: labelled.length - used.length,
        outside: labelled.reduce((sum, { id }) => sum + (votes.get(id)?.outside ?? 0), 0),
        digest: hashName(facts.join('\n')),
      };
    },
  };
}

/**
 * The same count of all that the scheme uses, whatever the split: what can be said before a run. Null where the
 * corpus has no votes on the column.
 */
export function votesOfCorpus(
  manifest: CorpusManifest,
  chosen: Selection,
  column: string,
): VoteCounts | null {
  if (!hasVotes(manifest, column)) return null;
  const { items, classes } = applyScheme(manifest, chosen);
  const examples = items.map(({ id, labels }) => ({ id, labels: [labels[column] ?? Number.NaN] }));
  return voteTargets(manifest, chosen.labelScheme, { column }, classes[column] ?? []).count(examples, 0);
}

const hasVotes = ({ utterances }: Pick<CorpusManifest, 'utterances'>, column: string): boolean =>
  utterances.some(({ votes }) => votes?.[column] !== undefined);
