/**
 * What the whole Compare screen speaks of: the recipes with their letters and names, the baseline, who takes
 * part, which tasks.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenRuns } from '../../core/compare/choice';
import { defaultBaseline, groupRuns, type RunGroup } from '../../core/compare/groups';
import { replicatesOf, repetitionsOf, type Replicates } from '../../core/compare/replicates';
import type { ComparedRun, Reading } from '../../core/compare/values';
import { measures, type Measures } from '../../core/compare/yardsticks';
import { comparedKinds, comparedTasks } from '../../core/compare/compared-tasks';
import type { TaskId } from '../../core/tasks/types';
import type { StrategyId } from '../../core/weighting/types';
import { useCompare } from '../../state/runs/compare';
import { useFormat } from '../../ui/text/format';
import { recipeName } from '../../ui/text/recipe-name';
import { MAX_SERIES, memberStyle, type SeriesStyle } from '../../ui/series';

export interface Member {
  readonly group: RunGroup;
  /**
   * Letter and looks, by when it was begun among those compared, so that neither moves with the choice of a
   * baseline; the baseline is drawn in ink.
   */
  readonly style: SeriesStyle;
  readonly name: string;
}

export interface Comparison {
  /** All recipes that the screen is about, the baseline first, then as they were begun. */
  readonly members: readonly Member[];
  readonly baseline: Member;
  /** Those the user has not taken out; always the baseline. */
  readonly compared: readonly Member[];
  /** Those of them whose curves are drawn: at most MAX_SERIES. */
  readonly drawn: readonly Member[];
  /**
   * Recipes whose best scores may be set side by side, together: same corpus, labels, split, tasks and
   * monitor.
   */
  readonly alike: Measures<RunGroup>;
  /** Tasks that any of them has. */
  readonly tasks: readonly TaskId[];
  readonly reading: Reading;
  /** What those in the comparison are repeated over. */
  readonly replicates: Replicates;
}

/** The strategy's name in the language on screen; an unknown one by its id. */
export function useStrategyName(): (id: StrategyId) => string {
  const { t } = useTranslation();
  return (id) => t(`strategy.${id}.name`, { defaultValue: id });
}

export function useComparison(): Comparison | null {
  const { t } = useTranslation();
  const format = useFormat();
  const runs = useCompare((s) => s.runs);
  const {
    metric,
    number,
    side,
    moment,
    only,
    over,
    baseline: wanted,
    left,
    drawn,
  } = useCompare((s) => s.choice);
  return useMemo(() => {
    const groups = groupRuns(
      chosenRuns(runs, only).runs.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
      over,
    );
    const baseline = groups.find(({ key }) => key === wanted) ?? defaultBaseline(groups);
    if (!baseline) return null;
    const members = [baseline, ...groups.filter((group) => group !== baseline)].map((group): Member => ({
      group,
      style: memberStyle(groups.indexOf(group), groups.indexOf(baseline)),
      name: recipeName(t, format, group, groups),
    }));
    const compared = members.filter(({ group }) => group === baseline || !left.includes(group.key));
    return {
      members,
      baseline: members[0]!,
      compared,
      reading: { metric, number, side, moment, kinds: comparedKinds(groups.map(({ config }) => config)) },
      drawn: (drawn === null ? compared : compared.filter(({ group }) => drawn.includes(group.key))).slice(
        0,
        MAX_SERIES,
      ),
      alike: measures(
        members.map(({ group }) => group),
        ({ config, folds, runs: [run] }) => ({
          corpusId: run!.corpusId,
          config,
          epoch: run!.epochs.at(-1) ?? null,
          allFolds: folds.length > 0,
        }),
      ),
      tasks: comparedTasks(groups.map(({ config }) => config)),
      replicates: replicatesOf(compared.flatMap(({ group }) => repetitionsOf(group))),
    };
  }, [t, format, runs, metric, number, side, moment, only, over, wanted, left, drawn]);
}

/**
 * Those in the comparison that were measured as the baseline was: others cannot be better or worse than it.
 */
export const likeBaseline = ({ compared, alike, baseline }: Comparison): readonly RunGroup[] =>
  compared
    .map(({ group }) => group)
    .filter((group) => alike.groupOf.get(group) === alike.groupOf.get(baseline.group));

/** The member of a group that takes part. */
export const memberOf = ({ members }: Comparison, group: RunGroup): Member =>
  members.find((member) => member.group === group)!;

/** Letters of groups, for a sentence. */
export const lettersOf = (comparison: Comparison, groups: readonly RunGroup[]): string =>
  groups.map((group) => memberOf(comparison, group).style.letter).join(', ');

/** A run with the recipe it belongs to. */
export interface Candidate {
  readonly run: ComparedRun;
  readonly member: Member;
}

export const candidatesOf = (members: readonly Member[]): readonly Candidate[] =>
  members.flatMap((member) => member.group.runs.map((run) => ({ run, member })));

/**
 * The two runs side by side: those chosen, else the baseline's first and the next recipe's of the same seed.
 */
export function chosenPair(
  { members, compared }: Comparison,
  first: string | null,
  second: string | null,
): readonly [Candidate, Candidate] | null {
  const all = candidatesOf(members);
  const a = all.find(({ run }) => run.id === first) ?? all[0];
  const others = candidatesOf(compared).filter(({ run }) => run !== a?.run);
  const b =
    all.find(({ run }) => run.id === second && run !== a?.run) ??
    others.find(({ run, member }) => member !== a?.member && run.config.seed === a?.run.config.seed) ??
    others.find(({ member }) => member !== a?.member) ??
    others[0];
  return a && b ? [a, b] : null;
}
