/**
 * The statistics worker: reads the predictions that two runs' checkpoints hold and compares them; answers
 * tests over seeds; thins the steps of long runs. The arithmetic is core's (core/compare, core/stats). It
 * writes nothing to storage.
 */
import { checksOfRecord } from '../src/core/training/notes/as-measured';
import { comparePair, type RunPredictions } from '../src/core/compare/on-utterances';
import { CurveThinner, type StepCurves } from '../src/core/compare/over-steps';
import { answerSeeds } from '../src/core/compare/over-seeds';
import { StorageError } from '../src/core/errors/errors';
import type { StatsContract } from '../src/core/protocol/contracts';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled, type CancelSignal } from '../src/core/progress';
import { manifests } from '../src/storage/checkpoints';
import { Connection } from '../src/storage/connection';
import { storedCorpus } from '../src/storage/corpora';
import { eachStepBlock, lastStep, readEpochs } from '../src/storage/history';
import { breathe } from './lib/breathe';
import { holdLifeline } from './lib/lifeline';
import { taskIds } from '../src/core/tasks/types';
import { readRun } from '../src/storage/runs';

const database = new Connection();

/** Enough for the second digit of an interval's ends; the same draws every time. */
const BOOTSTRAP = { resamples: 2000, confidence: 0.95, seed: 1 };

async function predictionsOf(
  runId: string,
  which: 'best' | 'last',
): Promise<{ readonly corpusId: string; readonly predictions: RunPredictions | null }> {
  const db = await database.get();
  const [run, found] = await Promise.all([readRun(db, runId), manifests(db, runId)]);
  if (!run) throw new StorageError('run-missing', 'This run is no longer stored.', 'Start a new one.');
  const manifest = found.find((candidate) => candidate.which === which);
  const state = manifest?.state;
  const stored = state?.predictions;
  const epochs = await readEpochs(db, runId);
  // A checkpoint in the middle of an epoch holds the predictions of the epoch before.
  const at = epochs.findLast(({ step }) => step <= (manifest?.step ?? 0));
  const epoch = at?.epoch ?? 0;
  // An imported run and one of 0.1.0 have no checks: what the epoch's record says then.
  const checks = state?.checks ?? (at ? checksOfRecord(at) : []);
  return {
    corpusId: run.corpusId,
    predictions: stored
      ? { ...stored, epoch, tasks: taskIds(run.config), classes: run.classes, checks }
      : null,
  };
}

async function pair(firstId: string, secondId: string, which: 'best' | 'last', signal: CancelSignal) {
  const [first, second] = await Promise.all([predictionsOf(firstId, which), predictionsOf(secondId, which)]);
  if (!first.predictions || !second.predictions)
    return { kind: 'no-predictions', which: first.predictions ? 'second' : 'first' } as const;
  const corpus = await storedCorpus(await database.get(), first.corpusId);
  const speakers = corpus
    ? new Map(corpus.manifest.utterances.map(({ id, groups }) => [id, groups['speaker'] ?? '']))
    : null;
  return comparePair(first.predictions, second.predictions, speakers, BOOTSTRAP, async () => {
    await breathe();
    throwIfCancelled(signal, 'comparison');
  });
}

async function stepsOf(runId: string, points: number, signal: CancelSignal): Promise<StepCurves> {
  const db = await database.get();
  const run = await readRun(db, runId);
  if (!run) throw new StorageError('run-missing', 'This run is no longer stored.', 'Start a new one.');
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
  pair: ({ first, second, which }, { signal }) => pair(first, second, which, signal),
  steps: async ({ runIds, points }, { signal }) => {
    const curves: StepCurves[] = [];
    for (const runId of runIds) curves.push(await stepsOf(runId, points, signal));
    return curves;
  },
  seeds: ({ questions }) => Promise.resolve(answerSeeds(questions)),
});

holdLifeline(lifeline);
