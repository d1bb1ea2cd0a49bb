/**
 * What a reader must know before the runs are compared: each with the marks of the runs it concerns, none
 * left out.
 */
import { isSeeded } from '../../splits/registry';
import { withoutTurn } from '../../splits/turns';
import { epochAt, type Moment } from '../../compare/values';
import { isOlder } from '../../training/segments';
import type { Layout } from './layout';
import type { Caveat, ReportRun } from './types';

export interface FoundCaveat {
  readonly code: Caveat;
  /** Positions of the runs it concerns; empty where it concerns all. */
  readonly runs: readonly number[];
}

const differ = (values: readonly string[]): boolean => new Set(values).size > 1;

export interface Shown {
  /** Runs whose lines are thinned, and those without a line. */
  readonly thinned: readonly number[];
  readonly notDrawn: readonly number[];
  readonly moment: Moment;
}

export function caveatsOf(
  runs: readonly ReportRun[],
  { recipes }: Pick<Layout, 'recipes'>,
  { thinned, notDrawn, moment }: Shown,
): readonly FoundCaveat[] {
  const where = (test: (run: ReportRun, index: number) => boolean): readonly number[] =>
    runs.flatMap((run, i) => (test(run, i) ? [i] : []));
  const across = (read: (run: ReportRun) => unknown): boolean =>
    differ(runs.map((run) => JSON.stringify(read(run))));
  const some = (code: Caveat, concerned: readonly number[]): FoundCaveat[] =>
    concerned.length > 0 ? [{ code, runs: concerned }] : [];
  const all = (code: Caveat, holds: boolean): FoundCaveat[] => (holds ? [{ code, runs: [] }] : []);
  const random = runs.filter(({ config }) => isSeeded(config.split));
  // Folds of one split are what a recipe is repeated over, not another split.
  const folds = recipes.some(({ group }) => group.folds.length > 0);
  const counted = new Set(recipes.flatMap(({ group }) => group.runs.map(({ id }) => id)));
  return [
    ...some(
      'no-epochs',
      where(({ epochs }) => epochs.length === 0),
    ),
    ...some(
      'synthetic',
      where(({ config }) => config.corpus.kind === 'demo'),
    ),
    ...some(
      'imported',
      where(({ imported }) => imported),
    ),
    ...all(
      'corpus',
      across(({ corpusId }) => corpusId),
    ),
    ...all(
      'label-scheme',
      across(({ config }) => config.labelScheme),
    ),
    ...all(
      'split',
      across(({ config }) => (folds ? withoutTurn(config.split) : config.split)),
    ),
    ...all('split-seed', random.length > 1 && differ(random.map(({ config }) => String(config.seed)))),
    ...all(
      'tasks',
      across(({ config }) => config.tasks),
    ),
    ...some(
      'unmeasurable',
      where(({ config, epochs }) =>
        config.tasks.some((_, i) => epochs.at(-1)?.validation.tasks[i]?.unmeasurable !== undefined),
      ),
    ),
    ...some(
      'left-out',
      where(({ epochs }) => epochs.at(-1)?.validation.tasks.some(({ leftOut = 0 }) => leftOut > 0) ?? false),
    ),
    ...some(
      'counts-all',
      where(({ epochs }) => epochs.some(({ countsAll }) => countsAll === true)),
    ),
    ...some(
      'changed',
      where(({ changed }) => changed),
    ),
    ...some(
      'older-formula',
      where(
        ({ config, segments }) =>
          isOlder(config.strategy) ||
          segments.some(({ why, strategy }) => why !== 'formula' && isOlder(strategy)),
      ),
    ),
    ...some(
      'fork',
      where(({ config }) => Boolean(config.origin)),
    ),
    // The best epoch of a fork may be one that it was given.
    ...some(
      'fork-best',
      where(
        ({ config, epochs }) =>
          (epochAt(epochs, moment)?.step ?? Number.POSITIVE_INFINITY) <= (config.origin?.step ?? -1),
      ),
    ),
    ...some(
      'unfinished',
      where(({ state, epochs }) => state !== 'finished' && epochs.length > 0),
    ),
    ...some(
      'early',
      where(({ state, epochs, config }) => state === 'finished' && epochs.length < config.epochs),
    ),
    ...all(
      'epochs',
      across(({ epochs }) => epochs.length),
    ),
    ...all(
      'backend',
      across(({ backend }) => backend),
    ),
    ...all(
      'version',
      across(({ softwareVersion }) => softwareVersion),
    ),
    ...some(
      'repeats',
      where(({ id }) => !counted.has(id)),
    ),
    ...all('one-seed', runs.length > 1 && recipes.every(({ group }) => group.runs.length === 1)),
    ...some('thinned', thinned),
    ...some('not-drawn', notDrawn),
  ];
}
