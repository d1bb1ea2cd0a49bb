/**
 * The trainer worker: owns the tfjs backend and its device, runs one run at a time and is the one writer of
 * its checkpoints and history. Here are its messages; how a run begins is src/engine/run/begin, the loop
 * src/engine/run/trainer.ts.
 */
import { parseRunConfig } from '../src/core/config/parse';
import { BackendError, EquipoiseError } from '../src/core/errors/errors';
import type { TrainerContract } from '../src/core/protocol/contracts/trainer';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import type { RunStarted } from '../src/core/run/messages';
import { wasmSimdPeak } from '../src/engine/bench/wasm-peak';
import { availableBackends, chooseBackend, onBreakdown } from '../src/engine/platform/backend';
import { beginRun, START_MS, type RunRequest } from '../src/engine/run/begin/begin';
import { checkedEvent, type BeginPorts } from '../src/engine/run/begin/ports';
import { beginRangeTest } from '../src/engine/run/begin/range-test';
import { forkState } from '../src/engine/run/fork';
import type { Trainer } from '../src/engine/run/trainer';
import { trainersState } from '../src/core/run/checkpoint';
import { Connection } from '../src/storage/connection';
import { forkRun } from '../src/storage/fork';
import { breathe } from './lib/breathe';
import { samplerCount } from './lib/cores';
import { holdLifeline } from './lib/lifeline';
import { holdLock } from './lib/lock';
import { runStorage } from './lib/run-storage';
import { SamplerPool } from './lib/sampler-pool';
import { tuneKernels } from './lib/tune-kernels';
import '../src/engine/platform/wasm-paths';
import './lib/wasm-threads';

type Requests = TrainerContract['requests'];

let current: Trainer | null = null;
/** A range test is under way. */
let testing = false;
const database = new Connection();
const storage = runStorage(database);

// What cannot be removed now is tried again at the next start; a database that does not open is told to
// whoever needs it.
const cleaned = storage.removeLeftovers().catch(() => undefined);

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

/** @throws BackendError `busy` */
function claim(): void {
  begun = true;
  if (current || testing) throw new BackendError('busy');
}

async function begin(request: RunRequest): Promise<RunStarted> {
  claim();
  await cleaned;
  const release = await holdLock(`run:${request.runId}`, request.recovery ? RECOVERY_LOCK_MS : 0);
  try {
    const { trainer, started, run } = await beginRun(ports, request);
    current = trainer;
    void run().finally(() => {
      current = null;
      release();
    });
    return started;
  } catch (error) {
    release();
    throw error;
  }
}

/** @throws StorageError `checkpoint-missing`, `checkpoint-damaged`, `quota`; ConfigError `fork-over`, `fork-keeps` */
async function fork(request: Requests['fork']['payload']): Promise<Requests['fork']['result']> {
  const { from, which, name, runId, config } = request;
  const { state } = await forkRun(await database.get(), from, which, runId, (manifest) => {
    const { step, epoch } = manifest;
    return forkState(
      trainersState(manifest.state),
      parseRunConfig({ ...config, origin: { runId: from, name, which, step, epoch } }),
    );
  });
  const { config: made, segments, adjustments } = trainersState(state);
  return { config: made, segments, adjustments };
}

function running(): Trainer {
  if (!current) throw new EquipoiseError('no-run');
  return current;
}

const { emit, alive, lifeline } = serve<TrainerContract>(self as unknown as Endpoint, {
  backends: async () => {
    const reports = await availableBackends();
    // A failure is told to whoever then asks for it. Threads are measured when a run begins: by then nothing
    // else is at work.
    if (!begun)
      warm ??= chooseBackend('auto', 1).then(
        ({ threads: _undecided, ...report }) => emit(checkedEvent(report)),
        () => undefined,
      );
    return reports;
  },
  start: (request) => begin({ ...request, from: null, recovery: null }),
  resume: ({ which, ...request }) => begin({ ...request, from: which }),
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
    claim();
    testing = true;
    alive(START_MS);
    try {
      return await beginRangeTest(ports, request, {
        cancelled: () => signal.aborted,
        onPoint: (point) => {
          alive(START_MS);
          progress(point);
        },
      });
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
    await trainer.rewrite(rows, (kept) => storage.rewrite(trainer.runId, kept, epochs, log));
    return null;
  },
  setInstruments: async ({ instruments }) => {
    running().control.setInstruments(instruments);
    return null;
  },
});

const ports: BeginPorts = {
  storage,
  openSamplers: ({ workers, ...request }) =>
    SamplerPool.open({ ...request, workers: workers ?? samplerCount() }),
  tune: async (...given) => tuneKernels(await database.get(), ...given),
  warm: () => warm,
  emit,
  alive,
  breathe,
};

holdLifeline(lifeline);
// Without a run there is nothing to save: the next one asks for a new worker with a new backend.
onBreakdown((error) => {
  if (current) current.breakDown(error);
  else close();
});
