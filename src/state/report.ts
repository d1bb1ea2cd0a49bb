/** Gathers what a report of chosen runs is made of. */
import { corpora, runs } from '../clients/shelf';
import { statsClient } from '../clients/workers';
import { defaultBaseline, groupRuns, type RunGroup } from '../core/compare/groups';
import { seedQuestions, type SeedAnswer } from '../core/compare/over-seeds';
import type { ComparedRun } from '../core/compare/values';
import { completeQuery } from '../core/export/config-file';
import type { ReportRun } from '../core/export/report/types';
import { TASKS } from '../core/training/tasks';
import { useLibrary } from './library';

/**
 * @param ids in the order in which the report names them  @param page the address of this page, for the links
 * @param demoName what the demo corpus is called
 */
export async function reportRuns(ids: readonly string[], page: string, demoName: string): Promise<readonly ReportRun[]> {
  const entries = ids.flatMap((id) => useLibrary.getState().entries.find((entry) => entry.id === id) ?? []);
  return Promise.all(entries.map(async (entry): Promise<ReportRun> => {
    const [{ epochs }, corpus] = await Promise.all([runs.facts(entry.id), corpora.get(entry.corpusId)]);
    const { id, name, config, classes, state, backend, softwareVersion, createdAt, corpusId } = entry;
    const query = completeQuery(config);
    return {
      id, name, config, classes, state, backend, softwareVersion, createdAt, corpusId, epochs,
      corpusName: config.corpus.kind === 'demo' ? demoName : corpus?.name || config.corpus.name,
      link: query === null ? null : `${page}#/train${query === '' ? '' : `?${query}`}`,
    };
  }));
}

export interface ReportStatistics {
  readonly baseline: RunGroup;
  readonly groups: readonly RunGroup[];
  /** Validation UAR at the best epoch, every recipe against the baseline; one family. */
  readonly answers: readonly SeedAnswer[];
}

/** @returns null where there are no two recipes, or no pair of runs that share seed and validation set */
export async function reportStatistics(chosen: readonly ReportRun[]): Promise<ReportStatistics | null> {
  const compared = await Promise.all(chosen.filter(({ epochs }) => epochs.length > 0).map(async (run): Promise<ComparedRun> =>
    ({ ...run, updatedAt: run.createdAt, changed: (await runs.course(run.id)).changed })));
  const groups = groupRuns(compared);
  const baseline = defaultBaseline(groups);
  if (!baseline || groups.length < 2) return null;
  const questions = seedQuestions(baseline, groups, TASKS, { metric: 'uar', side: 'validation', moment: 'best' }).filter(({ pairs }) => pairs.length > 0);
  if (questions.length === 0) return null;
  return { baseline, groups, answers: await statsClient.connect().call('seeds', { questions }) };
}
