/**
 * The trainer worker: owns the tfjs backend and its device, reads corpus and features from storage, runs one run at a
 * time and is the one writer of its checkpoints and history. The loop itself is src/engine/trainer.ts.
 */
import { asDetails, BackendError, EquipoiseError, StorageError } from '../src/core/errors/errors';
import { buildModel } from '../src/core/model/architectures';
import type { RunStarted, TrainerContract } from '../src/core/protocol/contracts';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import type { Dataset } from '../src/core/training/dataset';
import type { BackendReport } from '../src/core/training/events';
import { prepareDataset } from '../src/core/training/prepare';
import { rateNotes } from '../src/core/training/rate-notes';
import { MAX_TRIES, type RecoveryNote } from '../src/core/training/recovery';
import type { InitialWeights, RunConfig } from '../src/core/training/run-config';
import { parseRunConfig } from '../src/core/training/run-config-schema';
import { SOFTWARE_VERSION } from '../src/core/version';
import { weightsMissing } from '../src/core/weights/state-dict';
import { Adam } from '../src/engine/adam';
import { availableBackends, chooseBackend, memory, onBreakdown } from '../src/engine/backend';
import { nameFault } from '../src/engine/faults';
import { Network } from '../src/engine/network';
import { readRun, writeRun } from '../src/engine/run-checkpoint';
import { loadStateDict } from '../src/engine/state-dict';
import { Trainer, type TrainerHost, type TrainerState } from '../src/engine/trainer';
import { manifests, readPieces, removeOrphans, writeCheckpoint } from '../src/storage/checkpoints';
import { appendHistory, appendLog, cutAfter, nextLogSeq } from '../src/storage/history';
import { openDatabase } from '../src/storage/schema';
import { readWeights } from '../src/storage/weights';
import { breathe } from './lib/breathe';
import { holdLifeline } from './lib/lifeline';
import { holdLock } from './lib/lock';
import { SamplerPool } from './lib/sampler-pool';
import '../src/engine/wasm-paths';

interface Start {
  readonly runId: string;
  readonly config: RunConfig;
  readonly packId: string;
  readonly samplers: number | null;
  readonly paused: boolean;
  readonly pace?: number | null;
}

type Note = TrainerHost['notes'][number];

let current: Trainer | null = null;
const database = openDatabase();

/** The backend that `auto` means is loaded and checked before anyone presses Play: the first chart is there sooner. */
let warm: Promise<unknown> | null = null;

/** One sampler leaves the other core to the trainer; more only where there are cores to spare. */
const samplerCount = (): number => Math.max(1, Math.min(4, Math.floor((navigator.hardwareConcurrency - 1) / 2)));

/** A run that recovers may find the lock still held: the browser takes a moment to clear away a worker that hung. */
const RECOVERY_LOCK_MS = 15_000;
/** Loading a backend, checking it, measuring its kernels, reading a checkpoint: on a slow machine, with the paper's model. */
const START_MS = 900_000;

async function begin(request: Start, which: 'best' | 'last' | null, recovery: RecoveryNote | null): Promise<RunStarted> {
  if (current) throw new BackendError('busy', 'A run is under way in this tab.', 'Stop or finish it first.');
  const { runId, packId, paused } = request;
  const config = parseRunConfig(request.config);
  const release = await holdLock(`run:${runId}`, recovery ? RECOVERY_LOCK_MS : 0);
  let pool: SamplerPool | null = null;
  let network: Network | null = null;
  try {
    alive(START_MS);
    const db = await database;
    const pack = await db.get('packs', packId);
    const corpus = pack && (await db.get('corpora', pack.corpusId));
    if (!pack || !corpus)
      throw new StorageError('features-missing', 'The features of this run are no longer stored.', 'Open the corpus again; they are computed anew.');
    const dataset = prepareDataset(corpus.manifest, config, new Set(Object.keys(pack.records)));
    await warm;
    const backend = await chooseBackend(config.backend);
    const heads = config.tasks.map((task, i) => ({ task, classes: dataset.classes[i]!.length }));
    const spec = buildModel({ architecture: config.architecture, width: config.width, inputSize: config.inputSize, heads });
    network = Network.create(spec, config.seed);
    const adam = new Adam(config.adam, network);
    const notes: Note[] = which ? [] : rateNotes(corpus.manifest, dataset, config.features.sampleRate);
    notes.push(...backendNotes(backend));
    const state = which ? await restore(network, adam, runId, which, notes) : null;
    if (!state && config.initialWeights) await loadInitialWeights(network, config.initialWeights, dataset.classes, notes);
    if (recovery) notes.unshift(...recoveryNotes(recovery, state?.step ?? 0));
    if (state && state.backend !== backend.id) notes.push({ level: 'warning', code: 'backend-changed', details: { from: state.backend, to: backend.id } });
    const samplers = await SamplerPool.open({
      packId, inputSize: config.inputSize, seed: config.seed, workers: request.samplers ?? samplerCount(),
      onReplaced: ({ message }) => current?.note({ level: 'warning', code: 'sampler-replaced', details: { message } }),
    });
    pool = samplers;
    await cutAfter(db, runId, state?.step ?? 0);
    await removeOrphans(db, runId);
    const [liveNetwork, liveAdam] = [network, adam];
    const trainer = new Trainer(config, dataset, network, adam, {
      runId, backend, softwareVersion: SOFTWARE_VERSION, breathe, memory, emit, alive, notes,
      firstLogSeq: await nextLogSeq(db, runId),
      images: (ids, epoch) => samplers.sample(ids, epoch),
      saveHistory: (rows, epochs) => appendHistory(db, runId, rows, epochs),
      saveLog: (entries) => appendLog(db, runId, entries),
      saveCheckpoint: async (snapshot, kinds, onPiece) =>
        (await writeCheckpoint(db, { runId, step: snapshot.step, epoch: snapshot.epoch, state: snapshot, tensors: readRun(liveNetwork, liveAdam, snapshot.step, onPiece) }, kinds)).bytes,
    }, state, paused);
    trainer.setPace(request.pace ?? null);
    current = trainer;
    void trainer.run().finally(() => {
      current = null;
      samplers.close();
      liveAdam.dispose();
      liveNetwork.dispose();
      release();
    });
    return { backend, classes: dataset.classes, train: dataset.train.length, validation: dataset.validation.length };
  } catch (error) {
    alive(null);
    pool?.close();
    network?.dispose();
    release();
    throw nameFault(error);
  }
}

/** What the log says of the choice of the backend, where it was not plain. */
const backendNotes = ({ id, passedOver = [], replaced = [] }: BackendReport): Note[] => [
  ...passedOver.map(({ id: better, error }): Note => ({ level: 'warning', code: 'backend-passed-over', details: { backend: better, instead: id, message: error.message } })),
  ...(replaced.length > 0 ? [{ level: 'warning' as const, code: 'kernels-replaced', details: { backend: id, kernels: replaced.join(', ') } }] : []),
];

const recoveryNotes = ({ attempt, fault, logged }: RecoveryNote, step: number): Note[] => [
  ...(logged ? [] : [{ level: 'warning' as const, code: 'fault', details: asDetails(fault) }]),
  { level: 'warning', code: 'recovered', details: { step, attempt, of: MAX_TRIES } },
];

/**
 * Loads the wanted checkpoint; the other one stands in for a damaged one, and a note says so.
 * @returns null when the run was interrupted before its first checkpoint: it then starts again, with the same seed
 */
async function restore(network: Network, adam: Adam, runId: string, which: 'best' | 'last', notes: Note[]): Promise<TrainerState | null> {
  const db = await database;
  const found = await manifests(db, runId);
  const candidates = [...found.filter((m) => m.which === which), ...found.filter((m) => m.which !== which)];
  for (const [i, manifest] of candidates.entries()) {
    const state = manifest.state as TrainerState;
    try {
      await writeRun(network, adam, readPieces(db, manifest), state.adamIterations);
      return { ...state, ended: null };
    } catch (error) {
      if (i === candidates.length - 1) throw error;
      notes.push({ level: 'warning', code: 'checkpoint-fallback', details: { damaged: manifest.which, step: candidates[i + 1]!.step } });
    }
  }
  return null;
}

/** @throws WeightsError `weights-missing`, `weights-mismatch`; StorageError `weights-damaged` */
async function loadInitialWeights(network: Network, wanted: InitialWeights, classes: Dataset['classes'], notes: Note[]): Promise<void> {
  const db = await database;
  const record = await db.get('weights', wanted.id);
  if (!record) throw weightsMissing(wanted);
  await loadStateDict(network, record.tensors, readWeights(db, record));
  notes.push({ level: 'info', code: 'initial-weights', details: { name: record.name, id: record.id.slice(0, 8), arrays: record.tensors.length } });
  const told = new Map(record.classes);
  for (const [i, { task }] of network.spec.heads.entries()) {
    const theirs = told.get(task);
    // The shapes agree, the meaning of the outputs does not: another corpus, another order.
    if (theirs && theirs.join() !== classes[i]!.join())
      notes.push({ level: 'warning', code: 'initial-classes', details: { task, theirs: theirs.join(', '), ours: classes[i]!.join(', ') } });
  }
}

function running(): Trainer {
  if (!current) throw new EquipoiseError('no-run', 'No run is under way.', 'Start or continue one.');
  return current;
}

const { emit, alive, lifeline } = serve<TrainerContract>(self as unknown as Endpoint, {
  backends: async () => {
    const reports = await availableBackends();
    warm ??= chooseBackend('auto').catch(() => undefined); // a failure is told to whoever then asks for it
    return reports;
  },
  start: (request) => begin(request, null, null),
  resume: (request) => begin(request, request.which, request.recovery),
  setPace: async ({ stepsPerSecond }) => { current?.setPace(stepsPerSecond); return null; },
  play: async () => { running().play(); return null; },
  pause: async () => { await running().pause(); return null; },
  step: async () => { await running().singleStep(); return null; },
  stop: async () => { await running().stop(); return null; },
  setStrategyOptions: async ({ options }) => { running().setStrategyOptions(options); return null; },
});

holdLifeline(lifeline);
// Without a run there is nothing to save: the next one asks for a new worker with a new backend.
onBreakdown((error) => { if (current) current.breakDown(error); else close(); });
