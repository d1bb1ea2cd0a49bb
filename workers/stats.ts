/**
 * The statistics worker: reads the predictions that two runs' checkpoints hold and compares them; answers
 * tests over seeds; thins the steps of long runs; counts a corpus. The arithmetic is core's (core/compare,
 * core/stats, core/corpus/statistics). It writes nothing to storage.
 */
import { checksOfRecord } from '../src/core/training/notes/as-measured';
import { allFolds, missingFolds, type FoldRun } from '../src/core/compare/cross-validation';
import { poolFolds, type FoldsTogether } from '../src/core/compare/pooled';
import { offerOf, usualOffer } from '../src/core/splits/report';
import { allTurns, turnOf } from '../src/core/splits/turns';
import { acrossMatrix, type AcrossRun } from '../src/core/compare/across';
import type { RunConfig } from '../src/core/config/run-config';
import { sourceOf } from '../src/core/splits/registry';
import { comparePair } from '../src/core/compare/on-utterances';
import type { StoredPredictions } from '../src/core/compare/utterance-columns';
import { CurveThinner, type StepCurves } from '../src/core/compare/over-steps';
import { answerSeeds } from '../src/core/compare/over-seeds';
import { crossOf, histogramOf, overviewOf } from '../src/core/corpus/statistics/answers';
import { StorageError } from '../src/core/errors/errors';
import type { TaskCheck } from '../src/core/tasks/metrics/measurable';
import type { EpochRecord } from '../src/core/training/events';
import type { AcrossAnswer, PairedOn, StatsContract } from '../src/core/protocol/contracts/stats';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled, type CancelSignal } from '../src/core/progress';
import { manifests } from '../src/storage/checkpoints';
import { Connection } from '../src/storage/connection';
import { storedCorpus } from '../src/storage/corpora';
import { eachStepBlock, lastStep, readEpochs } from '../src/storage/history';
import { breathe } from './lib/breathe';
import { corpusFacts } from './lib/corpus-facts';
import { holdLifeline } from './lib/lifeline';
import { taskIds } from '../src/core/tasks/types';
import { readRun } from '../src/storage/runs';

const database = new Connection();

/** Enough for the second digit of an interval's ends; the same draws every time. */
const BOOTSTRAP = { resamples: 2000, confidence: 0.95, seed: 1 };

async function predictionsOf(
  runId: string,
  on: PairedOn,
): Promise<{
  readonly corpusId: string;
  readonly config: RunConfig;
  readonly predictions: StoredPredictions | null;
}> {
  const db = await database.get();
  const [run, found] = await Promise.all([readRun(db, runId), manifests(db, runId)]);
  if (!run) throw new StorageError('run-missing');
  const manifest = found.find(({ which }) => which === (on === 'test' ? 'best' : on));
  const state = manifest?.state;
  const made = on === 'test' ? state?.tested : state?.predictions;
  const epochs = await readEpochs(db, runId);
  // A checkpoint in the middle of an epoch holds the predictions of the epoch before.
  const at = epochs.findLast(({ step }) => step <= (manifest?.step ?? 0));
  const classes = { tasks: taskIds(run.config), classes: run.classes };
  return {
    corpusId: run.corpusId,
    config: run.config,
    predictions: made
      ? { ...made, ...classes, epoch: at?.epoch ?? 0, checks: checksOf(on, state?.checks ?? null, at) }
      : null,
  };
}

/**
 * What can be measured of the side. An imported run and one of 0.1.0 kept no checks, and nobody those of a test
 * part: what the epoch's record says then.
 */
function checksOf(
  on: PairedOn,
  kept: readonly TaskCheck[] | null,
  at: EpochRecord | undefined,
): readonly TaskCheck[] {
  if (on === 'test') return at?.test ? checksOfRecord({ train: at.train, validation: at.test }) : [];
  return kept ?? (at ? checksOfRecord(at) : []);
}

async function speakersOf(corpusId: string): Promise<ReadonlyMap<string, string> | null> {
  const corpus = await storedCorpus(await database.get(), corpusId);
  return corpus
    ? new Map(corpus.manifest.utterances.map(({ id, groups }) => [id, groups['speaker'] ?? '']))
    : null;
}

/** One recipe: the folds that its corpus has, which of them are missing, and those of complete seeds together. */
async function foldsTogether(
  runs: readonly FoldRun[],
  on: 'best' | 'last',
  signal: CancelSignal,
): Promise<FoldsTogether> {
  const db = await database.get();
  const first = runs[0] && (await readRun(db, runs[0].id));
  if (!first) throw new StorageError('run-missing');
  const { split, labelScheme } = first.config;
  const corpus = await storedCorpus(db, first.corpusId);
  const offer = corpus ? offerOf(corpus.manifest) : usualOffer(labelScheme);
  const expected = allTurns(split, offer).map((turn) => turnOf(turn) ?? '');
  const missing = missingFolds(runs, expected);
  const speakers = await speakersOf(first.corpusId);
  const seeds: FoldsTogether['seeds'][number][] = [];
  for (const seed of [...new Set(runs.map((run) => run.seed))].sort((a, b) => a - b)) {
    if (missing.some((one) => one.seed === seed)) {
      seeds.push({ seed, pooled: null });
      continue;
    }
    const folds = [];
    for (const { id, fold } of runs.filter((run) => run.seed === seed))
      folds.push({ fold, predictions: (await predictionsOf(id, on)).predictions });
    const pooled = await poolFolds(folds, speakers, BOOTSTRAP, async () => {
      await breathe();
      throwIfCancelled(signal, 'comparison');
    });
    seeds.push({ seed, pooled });
  }
  return { folds: allFolds(runs, expected), missing, seeds };
}

async function pair(firstId: string, secondId: string, on: PairedOn, signal: CancelSignal) {
  const [first, second] = await Promise.all([predictionsOf(firstId, on), predictionsOf(secondId, on)]);
  if (!first.predictions || !second.predictions)
    return { kind: 'no-predictions', which: first.predictions ? 'second' : 'first' } as const;
  const speakers = await speakersOf(first.corpusId);
  return comparePair(first.predictions, second.predictions, speakers, BOOTSTRAP, async () => {
    await breathe();
    throwIfCancelled(signal, 'comparison');
  });
}

/** Runs of one recipe, whose splits train on one value of the same column each. */
async function across(runIds: readonly string[], task: string, signal: CancelSignal): Promise<AcrossAnswer> {
  const found = await Promise.all(runIds.map((id) => predictionsOf(id, 'test')));
  const column = sourceOf(found[0]!.config.split)?.column ?? '';
  const runs = found.flatMap(({ config: { split }, predictions }): AcrossRun[] => {
    const source = sourceOf(split);
    return predictions && source ? [{ source: source.value, predictions }] : [];
  });
  const corpus = await storedCorpus(await database.get(), found[0]!.corpusId);
  const groups = new Map(corpus?.manifest.utterances.map((one) => [one.id, one.groups]));
  const values = corpus ? (offerOf(corpus.manifest).holdOut[column] ?? []) : [];
  const matrix = await acrossMatrix(
    task,
    runs,
    values,
    (id) => ({ value: groups.get(id)?.[column], speaker: groups.get(id)?.['speaker'] }),
    BOOTSTRAP,
    async () => {
      await breathe();
      throwIfCancelled(signal, 'comparison');
    },
  );
  return { matrix, untested: found.length - runs.length, unknown: corpus === undefined };
}

async function stepsOf(runId: string, points: number, signal: CancelSignal): Promise<StepCurves> {
  const db = await database.get();
  const run = await readRun(db, runId);
  if (!run) throw new StorageError('run-missing');
  const last = await lastStep(db, runId);
  const thinners = () => run.config.tasks.map(() => new CurveThinner(last, points));
  const [losses, effective] = [thinners(), thinners()];
  let count = 0;
  await eachStepBlock(db, runId, (rows) => {
    count += rows.length;
    for (const row of rows)
      for (const i of losses.keys()) {
        losses[i]!.push(row.step, row.losses[i]!);
        effective[i]!.push(row.step, row.effective[i]!);
      }
  });
  throwIfCancelled(signal, 'comparison');
  return {
    runId,
    count,
    losses: losses.map((one) => one.curve()),
    effective: effective.map((one) => one.curve()),
  };
}

const { lifeline } = serve<StatsContract>(self as unknown as Endpoint, {
  pair: ({ first, second, on }, { signal }) => pair(first, second, on, signal),
  predictions: async ({ runId, of }) => (await predictionsOf(runId, of)).predictions,
  steps: async ({ runIds, points }, { signal }) => {
    const curves: StepCurves[] = [];
    for (const runId of runIds) curves.push(await stepsOf(runId, points, signal));
    return curves;
  },
  together: async ({ recipes, on }, { signal }) => {
    const answers: FoldsTogether[] = [];
    for (const runs of recipes) answers.push(await foldsTogether(runs, on, signal));
    return answers;
  },
  across: ({ runIds, task }, { signal }) => across(runIds, task, signal),
  corpus: async ({ about }) => {
    const { facts, manifest, levels } = await corpusFacts(await database.get(), about);
    return { ...overviewOf(facts, manifest), levels };
  },
  histogram: async ({ about, column, by }) =>
    histogramOf((await corpusFacts(await database.get(), about)).facts, column, by),
  cross: async ({ about, rows, columns }) =>
    crossOf((await corpusFacts(await database.get(), about)).facts, rows, columns),
  seeds: ({ questions }) => Promise.resolve(answerSeeds(questions)),
});

holdLifeline(lifeline);
