/** What a reader must know before the runs are compared: each with the marks of the runs it concerns, none left out. */
import type { Caveat, ReportRun } from './types';

export interface FoundCaveat {
  readonly code: Caveat;
  /** Positions of the runs it concerns; empty where it concerns all. */
  readonly runs: readonly number[];
}

const differ = (values: readonly string[]): boolean => new Set(values).size > 1;
const recipe = ({ config: { seed: _seed, backend: _backend, ...rest } }: ReportRun): string => JSON.stringify(rest);

export function caveatsOf(runs: readonly ReportRun[], thinned: readonly number[]): readonly FoundCaveat[] {
  const where = (test: (run: ReportRun) => boolean): readonly number[] => runs.flatMap((run, i) => (test(run) ? [i] : []));
  const across = (read: (run: ReportRun) => unknown): boolean => differ(runs.map((run) => JSON.stringify(read(run))));
  const some = (code: Caveat, concerned: readonly number[]): FoundCaveat[] => (concerned.length > 0 ? [{ code, runs: concerned }] : []);
  const all = (code: Caveat, holds: boolean): FoundCaveat[] => (holds ? [{ code, runs: [] }] : []);
  const random = runs.filter(({ config }) => config.split.kind === 'random');
  return [
    ...some('no-epochs', where(({ epochs }) => epochs.length === 0)),
    ...some('synthetic', where(({ config }) => config.corpus.kind === 'demo')),
    ...all('corpus', across(({ corpusId }) => corpusId)),
    ...all('label-scheme', across(({ config }) => config.labelScheme)),
    ...all('split', across(({ config }) => config.split)),
    ...all('split-seed', random.length > 1 && differ(random.map(({ config }) => String(config.seed)))),
    ...all('tasks', across(({ config }) => config.tasks)),
    ...some('unfinished', where(({ state, epochs }) => state !== 'finished' && epochs.length > 0)),
    ...all('epochs', across(({ epochs }) => epochs.length)),
    ...all('backend', across(({ backend }) => backend)),
    ...all('version', across(({ softwareVersion }) => softwareVersion)),
    ...all('one-seed', runs.length > 1 && new Set(runs.map(recipe)).size === runs.length),
    ...some('thinned', thinned),
  ];
}
