/**
 * Gathers what a report of chosen runs is made of: their records and histories, and the answers of the
 * statistics worker.
 */
import { corpora, runs } from '../../clients/shelf';
import { statsClient } from '../../clients/workers';
import { foldRuns, overFolds } from '../../core/compare/cross-validation';
import { groupRuns, type Over } from '../../core/compare/groups';
import { seedQuestions } from '../../core/compare/over-seeds';
import { partOf, predictionsOn, type Part } from '../../core/compare/part';
import type { Reading } from '../../core/compare/values';
import { completeQuery } from '../../core/export/config-file';
import { inOrder } from '../../core/export/report/layout';
import type { GatheredReport, ReportRun, ReportStatistics } from '../../core/export/report/types';
import { segmentsUpTo } from '../../core/training/segments';
import { comparedKinds, comparedTasks } from '../../core/compare/compared-tasks';
import type { RunRecord } from '../../storage/schema';
import { comparedRun } from './compare';

export interface ReportRequest {
  readonly ids: readonly string[];
  /**
   * A run of the recipe that the others are measured against; null: the unweighted sum, where there is one.
   */
  readonly baseline: string | null;
  /** Two runs that are compared on their utterances. */
  readonly pair: readonly [first: string, second: string] | null;
  /** On which; validation where one of the two has no test part. */
  readonly part: Part;
  /** What a recipe's runs are repeated over. */
  readonly over: Over;
  readonly reading: Reading;
  /** The address of this page, for the links. */
  readonly page: string;
  /** What the demo corpus is called. */
  readonly demoName: string;
}

async function reportRun(record: RunRecord, { page, demoName }: ReportRequest): Promise<ReportRun> {
  const [run, corpus] = await Promise.all([comparedRun(record), corpora.get(record.corpusId)]);
  const { config } = run;
  const query = completeQuery(config);
  return {
    ...run,
    softwareVersion: record.softwareVersion,
    imported: record.imported !== null,
    segments: segmentsUpTo(record.segments, run.epochs.at(-1)?.step ?? 0),
    corpusName: config.corpus.kind === 'demo' ? demoName : corpus?.name || config.corpus.name,
    link: query === null ? null : `${page}#/train${query === '' ? '' : `?${query}`}`,
  };
}

/** @throws what the statistics worker cannot do */
export async function gatherReport(request: ReportRequest): Promise<GatheredReport> {
  const records = (await runs.list()).filter(({ id }) => request.ids.includes(id));
  const chosen = inOrder(
    await Promise.all(records.map((record) => reportRun(record, request))),
    request.baseline,
    request.over,
  );
  const reading = { ...request.reading, kinds: comparedKinds(chosen.map(({ config }) => config)) };
  return {
    runs: chosen,
    over: request.over,
    reading,
    statistics: await statisticsOf(chosen, { ...request, reading }),
  };
}

async function statisticsOf(
  chosen: readonly ReportRun[],
  { pair, part: wanted, over, reading }: ReportRequest,
): Promise<ReportStatistics | null> {
  const groups = groupRuns(
    chosen.filter(({ epochs }) => epochs.length > 0),
    over,
  );
  const [baseline] = groups;
  if (!baseline) return null;
  const worker = statsClient.connect();
  const questions = seedQuestions(
    baseline,
    groups,
    comparedTasks(groups.map(({ config }) => config)),
    reading,
  ).filter(({ pairs }) => pairs.length > 0);
  const part = partOf(
    wanted,
    chosen.filter(({ id }) => pair?.includes(id)),
  );
  const on = predictionsOn(part, reading.moment);
  const recipes = overFolds(chosen);
  const foldsOn = predictionsOn('validation', reading.moment);
  const [together, answers, comparison] = await Promise.all([
    recipes.length > 0 && foldsOn && foldsOn !== 'test'
      ? worker.call('together', { recipes: recipes.map(foldRuns), on: foldsOn })
      : null,
    questions.length === 0 ? [] : worker.call('seeds', { questions }),
    pair && on ? worker.call('pair', { first: pair[0], second: pair[1], on }) : null,
  ]);
  const folds = recipes.map((group, i) => ({ group, together: together?.[i] ?? null }));
  return {
    baseline,
    groups,
    answers,
    folds,
    pair: pair && { first: pair[0], second: pair[1], part, comparison },
  };
}
