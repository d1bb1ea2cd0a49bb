/**
 * The trainer worker: owns the tfjs backend and its device, reads corpus and features from storage, runs one run at a
 * time and is the one writer of its checkpoints and history. The loop itself is src/engine/trainer.ts.
 */
import { BackendError, EquipoiseError, StorageError } from '../src/core/errors/errors';
import { buildModel } from '../src/core/model/architectures';
import type { RunStarted, TrainerContract } from '../src/core/protocol/contracts';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { prepareDataset } from '../src/core/training/prepare';
import type { RunConfig } from '../src/core/training/run-config';
import { parseRunConfig } from '../src/core/training/run-config-schema';
import { SOFTWARE_VERSION } from '../src/core/version';
import { Adam } from '../src/engine/adam';
import { availableBackends, chooseBackend, memory } from '../src/engine/backend';
import { Network } from '../src/engine/network';
import { readRun, writeRun } from '../src/engine/run-checkpoint';
import { Trainer, type TrainerHost, type TrainerState } from '../src/engine/trainer';
import { manifests, readTensors, removeOrphans, writeCheckpoint } from '../src/storage/checkpoints';
import { appendHistory, appendLog, cutAfter, nextLogSeq } from '../src/storage/history';
import { openDatabase } from '../src/storage/schema';
import { breathe } from './lib/breathe';
import { holdLock } from './lib/lock';
import { SamplerPool } from './lib/sampler-pool';
import '../src/engine/wasm-paths';

interface Start {
  readonly runId: string;
  readonly config: RunConfig;
  readonly packId: string;
  readonly paused: boolean;
}

type Note = TrainerHost['notes'][number];

let current: Trainer | null = null;
const database = openDatabase();

/** The backend that `auto` means is loaded and checked before anyone presses Play: the first chart is there sooner. */
let warm: Promise<unknown> | null = null;

/** One sampler leaves the other core to the trainer; more only where there are cores to spare. */
const samplerCount = (): number => Math.max(1, Math.min(4, Math.floor((navigator.hardwareConcurrency - 1) / 2)));

async function begin(request: Start, which: 'best' | 'last' | null): Promise<RunStarted> {
  if (current) throw new BackendError('busy', 'A run is under way in this tab.', 'Stop or finish it first.');
  const { runId, packId, paused } = request;
  const config = parseRunConfig(request.config);
  const release = await holdLock(`run:${runId}`);
  let pool: SamplerPool | null = null;
  let network: Network | null = null;
  try {
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
    const notes: Note[] = [];
    const state = which ? await restore(network, adam, runId, which, notes) : null;
    if (state && state.backend !== backend.id) notes.push({ level: 'warning', code: 'backend-changed', details: { from: state.backend, to: backend.id } });
    const samplers = await SamplerPool.open({ packId, inputSize: config.inputSize, seed: config.seed, workers: samplerCount() });
    pool = samplers;
    await cutAfter(db, runId, state?.step ?? 0);
    await removeOrphans(db, runId);
    const [liveNetwork, liveAdam] = [network, adam];
    const trainer = new Trainer(config, dataset, network, adam, {
      runId, backend, softwareVersion: SOFTWARE_VERSION, breathe, memory, emit, notes,
      firstLogSeq: await nextLogSeq(db, runId),
      images: (ids, epoch) => samplers.sample(ids, epoch),
      saveHistory: (rows, epochs) => appendHistory(db, runId, rows, epochs),
      saveLog: (entries) => appendLog(db, runId, entries),
      saveCheckpoint: async (snapshot, kinds) =>
        (await writeCheckpoint(db, { runId, step: snapshot.step, epoch: snapshot.epoch, state: snapshot, tensors: readRun(liveNetwork, liveAdam) }, kinds)).bytes,
    }, state, paused);
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
    pool?.close();
    network?.dispose();
    release();
    throw error;
  }
}

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
      await writeRun(network, adam, readTensors(db, manifest), state.adamIterations);
      return { ...state, ended: null };
    } catch (error) {
      if (i === candidates.length - 1) throw error;
      notes.push({ level: 'warning', code: 'checkpoint-fallback', details: { damaged: manifest.which, step: candidates[i + 1]!.step } });
    }
  }
  return null;
}

function running(): Trainer {
  if (!current) throw new EquipoiseError('no-run', 'No run is under way.', 'Start or continue one.');
  return current;
}

const { emit } = serve<TrainerContract>(self as unknown as Endpoint, {
  backends: async () => {
    const reports = await availableBackends();
    warm ??= chooseBackend('auto').catch(() => undefined); // a failure is told to whoever then asks for it
    return reports;
  },
  start: (request) => begin(request, null),
  resume: (request) => begin(request, request.which),
  play: async () => { running().play(); return null; },
  pause: async () => { await running().pause(); return null; },
  step: async () => { await running().singleStep(); return null; },
  stop: async () => { await running().stop(); return null; },
  setStrategyOptions: async ({ options }) => { running().setStrategyOptions(options); return null; },
});
