/**
 * The trainer worker: owns the tfjs backend and its device, reads corpus and features from storage, runs one
 * run at a time and is the one writer of its checkpoints and history. The loop itself is
 * src/engine/run/trainer.ts.
 */
import { asDetails, BackendError, EquipoiseError, StorageError, toWire } from '../src/core/errors/errors';
import { headOf } from '../src/core/tasks/head';
import { buildModel } from '../src/core/model/architectures';
import type { StartNote, TrainerContract } from '../src/core/protocol/contracts';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import type { RunStarted } from '../src/core/run/messages';
import type { Dataset } from '../src/core/training/dataset';
import type { ByHand } from '../src/core/training/adjustments';
import type { BackendReport, EpochRecord } from '../src/core/training/events';
import { memoryPlan } from '../src/core/training/memory/memory-plan';
import { measureNotes, requireMeasurable } from '../src/core/training/notes/measure-notes';
import { copyNotes } from '../src/core/training/notes/copy-notes';
import { rateNotes } from '../src/core/training/notes/rate-notes';
import { MAX_TRIES, type RecoveryNote } from '../src/core/training/recovery';
import { prepareRunData } from '../src/core/training/run-data';
import type { BackendId, RunConfig } from '../src/core/config/run-config';
import { parseRunConfig } from '../src/core/config/parse';
import type { StrategyChoice } from '../src/core/training/segments';
import { stepNeeds } from '../src/core/training/memory/strategy-cost';
import { SOFTWARE_VERSION } from '../src/core/version';
import { weightsMissing } from '../src/core/weights/state-dict';
import { Optimizer } from '../src/engine/optimizers/optimizer';
import { availableBackends, chooseBackend, memory, onBreakdown } from '../src/engine/platform/backend';
import { wasmSimdPeak } from '../src/engine/bench/wasm-peak';
import { nameFault } from '../src/engine/platform/faults';
import { forkState } from '../src/engine/run/fork';
import { GradientAverages } from '../src/engine/step/gradient-averages';
import { memoryLimits } from '../src/engine/platform/memory-limits';
import { Network } from '../src/engine/network/network';
import { runTensors, restoreRun, type RunArrays } from '../src/engine/run/run-checkpoint';
import { loadStateDict } from '../src/engine/run/state-dict';
import { Trainer } from '../src/engine/run/trainer';
import type { TrainerHost, TrainerState } from '../src/engine/run/trainer-host';
import { withLock } from '../src/storage/blocked';
import {
  manifests,
  readPieces,
  removeOrphans,
  runsWithOrphans,
  writeCheckpoint,
} from '../src/storage/checkpoints';
import { Connection } from '../src/storage/connection';
import { storedCorpus } from '../src/storage/corpora';
import { forkRun } from '../src/storage/fork';
import {
  appendHistory,
  appendLog,
  cutAfter,
  nextLogSeq,
  readEpochs,
  rewriteHistory,
} from '../src/storage/history';
import type { CorpusRecord, PackRecord } from '../src/storage/schema';
import { readWeights } from '../src/storage/weights';
import { breathe } from './lib/breathe';
import { samplerCount } from './lib/cores';
import { holdLifeline } from './lib/lifeline';
import { holdLock } from './lib/lock';
import { rangeTest } from './lib/range-test';
import { SamplerPool } from './lib/sampler-pool';
import { tuneKernels } from './lib/tune-kernels';
import '../src/engine/platform/wasm-paths';
import './lib/wasm-threads';

interface Start {
  readonly runId: string;
  readonly config: RunConfig;
  readonly packId: string;
  readonly samplers: number | null;
  readonly tune: boolean;
  readonly paused: boolean;
  readonly pace?: number | null;
  readonly byHand?: ByHand | null;
  readonly next?: StrategyChoice | null;
  readonly notes?: readonly StartNote[];
}

type Note = TrainerHost['notes'][number];

let current: Trainer | null = null;
/** A range test is under way. */
let testing = false;
const database = new Connection();
/** What the run under way reads of others' stores: put back where the database was deleted under it. */
let needed: { readonly pack: PackRecord; readonly corpus: CorpusRecord } | null = null;

/**
 * What a kill left of any run's checkpoints - of the paper's model, up to 765 MB - goes at the next start,
 * unless that run is being trained.
 */
async function removeLeftovers(): Promise<void> {
  const db = await database.get();
  for (const runId of await runsWithOrphans(db))
    await withLock(`run:${runId}`, (held) => (held ? removeOrphans(db, runId) : undefined), {
      ifAvailable: true,
    });
}
// What cannot be removed now is tried again at the next start; a database that does not open is told to
// whoever needs it.
const cleaned = removeLeftovers().catch(() => undefined);

/**
 * The backend that `auto` means is loaded and checked before anyone presses Play: the first chart is there
 * sooner.
 */
let warm: Promise<unknown> | null = null;
/** From then on the backend is the run's: to look again for backends must not change it. */
let begun = false;

/**
 * A run that recovers may find the lock still held: the browser takes a moment to clear away a worker that
 * hung.
 */
const RECOVERY_LOCK_MS = 15_000;
/**
 * Loading a backend, checking it, measuring its kernels, reading a checkpoint: on a slow machine, with the
 * paper's model.
 */
const START_MS = 900_000;

async function begin(
  request: Start,
  which: 'best' | 'last' | null,
  recovery: RecoveryNote | null,
): Promise<RunStarted> {
  begun = true;
  if (current || testing)
    throw new BackendError('busy', 'A run is under way in this tab.', 'Stop or finish it first.');
  const { runId, packId, paused } = request;
  const config = parseRunConfig(request.config);
  await cleaned;
  const release = await holdLock(`run:${runId}`, recovery ? RECOVERY_LOCK_MS : 0);
  let pool: SamplerPool | null = null;
  let network: Network | null = null;
  try {
    alive(START_MS);
    const db = await database.get();
    const pack = await db.get('packs', packId);
    const corpus = pack && (await storedCorpus(db, pack.corpusId));
    if (!pack || !corpus)
      throw new StorageError(
        'features-missing',
        'The features of this run are no longer stored.',
        'Open the corpus again; they are computed anew.',
      );
    const {
      dataset,
      data,
      notes: dataNotes,
    } = prepareRunData(corpus.manifest, config, pack, (await db.get('runs', runId))?.data);
    if (!which) requireMeasurable(dataset, config);
    await warm;
    // A thread that did not answer is not waited for a second time.
    const chosen = await chooseBackend(
      config.backend,
      recovery?.fault.details['thread'] === undefined ? 'measured' : 1,
    );
    const heads = config.tasks.map((task, i) => headOf(task.id, dataset.classes[i]!));
    const spec = buildModel({
      architecture: config.architecture,
      width: config.width,
      inputSize: config.inputSize,
      heads,
    });
    // A run that recovers must compute as it did before: with the winners that are known, and no new ones.
    const tuned = await tuneKernels(
      db,
      chosen,
      spec,
      memoryPlan(spec, { ...config, ...stepNeeds(config, chosen) }, chosen.limits ?? memoryLimits(chosen.id))
        .microBatch,
      {
        measure: request.tune && !recovery,
        onProgress: (done, total, kernel) => emit({ kind: 'tuning', runId, done, total, kernel }),
      },
    );
    const { backend } = tuned;
    checked(backend);
    network = Network.create(spec, config.seed);
    const optimizer = new Optimizer(config.optimizer, network, config.clipNorm);
    const notes: Note[] = [
      ...(request.notes ?? []),
      ...dataNotes,
      ...(which
        ? []
        : [
            ...rateNotes(corpus.manifest, dataset, config.features.sampleRate),
            ...copyNotes(corpus.manifest, dataset),
          ]),
    ];
    notes.push(...backendNotes(backend), ...threadNotes(backend), ...tuned.notes);
    const arrays: RunArrays = { network, optimizer, averages: new GradientAverages(network) };
    const state = which ? await restore(arrays, runId, which, notes) : null;
    if (!state && config.origin)
      throw new StorageError('checkpoint-missing', 'This run has no such checkpoint.', 'Fork it again.', {
        which: 'last',
      });
    if (state && config.origin && state.step === config.origin.step)
      notes.push({
        level: 'info',
        code: 'forked',
        details: {
          name: config.origin.name,
          step: state.step,
          epoch: state.epoch,
          strategy: config.strategy.id,
        },
      });
    // also where a run was interrupted before its first checkpoint
    if (!state) requireMeasurable(dataset, config);
    notes.push(...measureNotes(dataset, config, state === null, state?.checks));
    if (!state && config.initialWeights)
      await loadInitialWeights(network, config.initialWeights, dataset.classes, notes);
    if (recovery) notes.unshift(...recoveryNotes(recovery, state?.step ?? 0));
    if (state && state.backend !== backend.id)
      notes.push({
        level: 'warning',
        code: 'backend-changed',
        details: { from: state.backend, to: backend.id },
      });
    const samplers = await SamplerPool.open({
      packId,
      inputSize: config.inputSize,
      seed: config.seed,
      augmentations: config.augmentations,
      workers: request.samplers ?? samplerCount(),
      onReplaced: ({ message }) =>
        current?.note({ level: 'warning', code: 'sampler-replaced', details: { message } }),
    });
    pool = samplers;
    await cutAfter(db, runId, state?.step ?? 0);
    await removeOrphans(db, runId);
    const trainer = new Trainer(
      config,
      dataset,
      arrays,
      {
        runId,
        backend,
        softwareVersion: SOFTWARE_VERSION,
        breathe,
        memory,
        emit,
        alive,
        notes,
        firstLogSeq: await nextLogSeq(db, runId),
        images: (ids, epoch) => samplers.sample(ids, epoch),
        restoreBest: () => restoreBest(arrays, runId),
        saveHistory: (rows, epochs) => database.use((now) => appendHistory(now, runId, rows, epochs)),
        saveLog: (entries) => database.use((now) => appendLog(now, runId, entries)),
        saveCheckpoint: async (snapshot, kinds, onPiece) =>
          (
            await database.use((now) =>
              writeCheckpoint(
                now,
                {
                  runId,
                  step: snapshot.step,
                  epoch: snapshot.epoch,
                  state: snapshot,
                  tensors: runTensors(arrays, snapshot.step, onPiece),
                },
                kinds,
              ),
            )
          ).bytes,
      },
      state,
      paused,
    );
    trainer.setPace(request.pace ?? null);
    if (request.byHand) trainer.control.setByHand(request.byHand);
    if (request.next) trainer.control.askFor(request.next);
    current = trainer;
    needed = { pack, corpus };
    void trainer.run().finally(() => {
      current = null;
      samplers.close();
      arrays.averages.end();
      arrays.optimizer.dispose();
      arrays.network.dispose();
      release();
    });
    return { backend, classes: dataset.classes, data };
  } catch (error) {
    if (error instanceof BackendError && error.code === 'self-check')
      emit({
        kind: 'checked',
        backend: null,
        failed: [{ id: config.backend as BackendId, error: toWire(error) }],
      });
    alive(null);
    pool?.close();
    network?.dispose();
    release();
    throw nameFault(error);
  }
}

const checked = (backend: BackendReport): void =>
  emit({ kind: 'checked', backend, failed: backend.passedOver ?? [] });

/** What the log says of the choice of the backend, where it was not plain. */
const backendNotes = ({ id, passedOver = [], replaced = [], avoided = [] }: BackendReport): Note[] => [
  ...passedOver.map(({ id: better, error }): Note => ({
    level: 'warning',
    code: 'backend-passed-over',
    details: { backend: better, instead: id, message: error.message },
  })),
  ...(replaced.length > 0
    ? [
        {
          level: 'warning' as const,
          code: 'kernels-replaced',
          details: { backend: id, kernels: replaced.join(', ') },
        },
      ]
    : []),
  ...(avoided.length > 0
    ? [
        {
          level: 'warning' as const,
          code: 'variants-avoided',
          details: { backend: id, variants: avoided.join(', ') },
        },
      ]
    : []),
];

/** What the log says of wasm's threads. */
function threadNotes({ threads }: BackendReport): Note[] {
  if (!threads) return [];
  const { used, reason, measured, message } = threads;
  if (reason === 'failed')
    return [{ level: 'warning', code: 'threads-failed', details: { message: message ?? '' } }];
  if (reason === 'pinned') return [{ level: 'info', code: 'threads-pinned', details: { threads: used } }];
  return measured
    ? [
        {
          level: 'info',
          code: used > 1 ? 'threads-faster' : 'threads-no-gain',
          details: { threads: measured.threads, gain: Number(measured.gain.toFixed(2)) },
        },
      ]
    : [];
}

const recoveryNotes = ({ attempt, unlogged }: RecoveryNote, step: number): Note[] => [
  ...unlogged.map((fault) => ({ level: 'warning' as const, code: 'fault', details: asDetails(fault) })),
  { level: 'warning', code: 'recovered', details: { step, attempt, of: MAX_TRIES } },
];

/**
 * Loads the wanted checkpoint; the other one stands in for a damaged one, and a note says so.
 * @returns null when the run was interrupted before its first checkpoint: it then starts again, with the same
 * seed
 */
async function restore(
  arrays: RunArrays,
  runId: string,
  which: 'best' | 'last',
  notes: Note[],
): Promise<TrainerState | null> {
  const db = await database.get();
  const found = await manifests(db, runId);
  const candidates = [...found.filter((m) => m.which === which), ...found.filter((m) => m.which !== which)];
  for (const [i, manifest] of candidates.entries()) {
    const state = manifest.state as TrainerState;
    try {
      await restoreRun(arrays, readPieces(db, manifest), state);
      return { ...state, ended: null };
    } catch (error) {
      if (i === candidates.length - 1) throw error;
      notes.push({
        level: 'warning',
        code: 'checkpoint-fallback',
        details: { damaged: manifest.which, step: candidates[i + 1]!.step },
      });
    }
  }
  return null;
}

/** The best checkpoint's weights into the network. @returns the record of its epoch */
async function restoreBest(arrays: RunArrays, runId: string): Promise<EpochRecord | null> {
  const db = await database.get();
  const best = (await manifests(db, runId)).find(({ which }) => which === 'best');
  const record = best && (await readEpochs(db, runId)).find(({ step }) => step === best.step);
  if (!record) return null;
  await restoreRun(arrays, readPieces(db, best), best.state as TrainerState);
  return record;
}

/** @throws StorageError `checkpoint-missing`, `checkpoint-damaged`, `quota`; ConfigError `fork-over` */
async function fork({
  from,
  which,
  name,
  runId,
  config,
}: TrainerContract['requests']['fork']['payload']): Promise<TrainerContract['requests']['fork']['result']> {
  const { state } = await forkRun(await database.get(), from, which, runId, (manifest) => {
    const { step, epoch } = manifest;
    return forkState(
      manifest.state as TrainerState,
      parseRunConfig({ ...config, origin: { runId: from, name, which, step, epoch } }),
    );
  });
  const forked = state as TrainerState;
  return { config: forked.config, segments: forked.segments ?? [], adjustments: forked.adjustments ?? [] };
}

/** @throws WeightsError `weights-missing`, `weights-mismatch`; StorageError `weights-damaged` */
async function loadInitialWeights(
  network: Network,
  wanted: NonNullable<RunConfig['initialWeights']>,
  classes: Dataset['classes'],
  notes: Note[],
): Promise<void> {
  const db = await database.get();
  const record = await db.get('weights', wanted.id);
  if (!record) throw weightsMissing(wanted);
  await loadStateDict(network, record.tensors, readWeights(db, record));
  notes.push({
    level: 'info',
    code: 'initial-weights',
    details: { name: record.name, id: record.id.slice(0, 8), arrays: record.tensors.length },
  });
  const told = new Map(record.classes);
  for (const [i, { task }] of network.spec.heads.entries()) {
    const theirs = told.get(task);
    // The shapes agree, the meaning of the outputs does not: another corpus, another order.
    if (theirs && theirs.join() !== classes[i]!.join())
      notes.push({
        level: 'warning',
        code: 'initial-classes',
        details: { task, theirs: theirs.join(', '), ours: classes[i]!.join(', ') },
      });
  }
}

function running(): Trainer {
  if (!current) throw new EquipoiseError('no-run', 'No run is under way.', 'Start or continue one.');
  return current;
}

const { emit, alive, lifeline } = serve<TrainerContract>(self as unknown as Endpoint, {
  backends: async () => {
    const reports = await availableBackends();
    // A failure is told to whoever then asks for it. Threads are measured when a run begins: by then nothing
    // else is at work.
    if (!begun)
      warm ??= chooseBackend('auto', 1).then(
        ({ threads: _undecided, ...report }) => checked(report),
        () => undefined,
      );
    return reports;
  },
  start: (request) => begin(request, null, null),
  resume: (request) => begin(request, request.which, request.recovery),
  peak: async () => {
    const peak = current ? null : wasmSimdPeak();
    return peak && peak * 1e9;
  },
  setPace: async ({ stepsPerSecond }) => {
    current?.setPace(stepsPerSecond);
    return null;
  },
  play: async () => {
    running().play();
    return null;
  },
  pause: async () => {
    await running().pause();
    return null;
  },
  step: async () => {
    await running().singleStep();
    return null;
  },
  stop: async () => {
    await running().stop();
    return null;
  },
  switchStrategy: async ({ strategy }) => {
    running().control.switchStrategy(strategy);
    return null;
  },
  fork,
  rangeTest: async (request, { signal, progress }) => {
    if (current || testing)
      throw new BackendError('busy', 'A run is under way in this tab.', 'Stop or finish it first.');
    testing = true;
    begun = true;
    const config = parseRunConfig(request.config);
    alive(START_MS);
    try {
      await warm;
      return await rangeTest(
        await database.get(),
        { ...request, config },
        {
          cancelled: () => signal.aborted,
          onPoint: (point) => {
            alive(START_MS);
            progress(point);
          },
          begin: async (network, classes) => {
            if (config.initialWeights) await loadInitialWeights(network, config.initialWeights, classes, []);
          },
        },
      );
    } finally {
      testing = false;
      alive(null);
    }
  },
  setStrategyOptions: async ({ options, segment }) => ({
    acting: running().control.setOptions(options, segment),
  }),
  rewrite: async ({ rows, epochs, log }) => {
    const trainer = running();
    const { runId } = trainer;
    await trainer.rewrite(rows, (kept) =>
      database.use(async (db) => {
        await db.put('corpora', needed!.corpus);
        await db.put('packs', needed!.pack);
        await rewriteHistory(db, runId, kept, epochs, log);
      }),
    );
    return null;
  },
  setInstruments: async ({ instruments }) => {
    running().control.setInstruments(instruments);
    return null;
  },
});

holdLifeline(lifeline);
// Without a run there is nothing to save: the next one asks for a new worker with a new backend.
onBreakdown((error) => {
  if (current) current.breakDown(error);
  else close();
});
