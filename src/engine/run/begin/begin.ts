/**
 * From a request to a run that can take its first step: its examples, a backend that was checked and tuned,
 * the model with a checkpoint or weights from a file in it, samplers, and where all that it does is stored.
 * Not here: the loop (../trainer.ts), and that a worker has one run at a time (workers/trainer.ts).
 */
import { parseRunConfig } from '../../../core/config/parse';
import type { BackendId, RunConfig } from '../../../core/config/run-config';
import { asDetails, BackendError, toWire } from '../../../core/errors/errors';
import type { TrainerContract } from '../../../core/protocol/contracts/trainer';
import type { RunStarted } from '../../../core/run/messages';
import { backendNotes } from '../../../core/training/notes/backend-notes';
import { measureNotes, requireMeasurable } from '../../../core/training/notes/measure-notes';
import type { RecoveryNote } from '../../../core/training/recovery';
import { SOFTWARE_VERSION } from '../../../core/version';
import { Network } from '../../network/network';
import { Optimizer } from '../../optimizers/optimizer';
import { chooseBackend, memory } from '../../platform/backend';
import { nameFault } from '../../platform/faults';
import { GradientAverages } from '../../step/gradient-averages';
import type { RunArrays } from '../run-checkpoint';
import { runTensors } from '../run-checkpoint';
import { Trainer } from '../trainer';
import type { Note, TrainerHost } from '../trainer-host';
import { loadInitialWeights } from './initial-weights';
import { modelOf, plannedMicroBatch, readMaterial } from './material';
import { checkedEvent, type BeginPorts, type Samplers } from './ports';
import { requireForked, restore, restoreBest } from './restore';
import { dataNotes, forkNotes, movedNotes, recoveryNotes } from './start-notes';
import type { Which } from './run-storage';

type Requests = TrainerContract['requests'];
type Payload = Requests['start']['payload'] & Partial<Pick<Requests['resume']['payload'], 'byHand' | 'next'>>;

export interface RunRequest extends Payload {
  /** The checkpoint to go on from; null: the run begins. */
  readonly from: Which | null;
  /** The fault that it gets over; null where the user asked for it. */
  readonly recovery: RecoveryNote | null;
}

export interface BegunRun {
  readonly trainer: Trainer;
  readonly started: RunStarted;
  /** Runs to its end, then frees what the run holds. Never throws. */
  readonly run: () => Promise<unknown>;
}

/**
 * Loading a backend, checking it, measuring its kernels, reading a checkpoint: on a slow machine, with the
 * paper's model.
 */
export const START_MS = 900_000;

/** @throws what the run is refused with; everything that was made for it is freed then */
export async function beginRun(ports: BeginPorts, request: RunRequest): Promise<BegunRun> {
  const config = parseRunConfig(request.config);
  const held: (() => void)[] = [];
  const free = (): void => {
    for (const close of held.splice(0).reverse()) close();
  };
  try {
    ports.alive(START_MS);
    return await assemble(ports, request, config, held, free);
  } catch (error) {
    if (error instanceof BackendError && error.code === 'self-check')
      ports.emit({
        kind: 'checked',
        backend: null,
        failed: [{ id: config.backend as BackendId, error: toWire(error) }],
      });
    ports.alive(null);
    free();
    throw nameFault(error);
  }
}

async function assemble(
  ports: BeginPorts,
  request: RunRequest,
  config: RunConfig,
  held: (() => void)[],
  free: () => void,
): Promise<BegunRun> {
  const { storage, emit } = ports;
  const { runId, packId, from, recovery } = request;
  const material = await readMaterial(storage, config, packId, runId);
  const { dataset, data } = material;
  if (from === null) requireMeasurable(dataset, config);
  await ports.warm();
  // A thread that did not answer is not waited for a second time.
  const stuck = recovery?.fault.details['thread'] !== undefined;
  const chosen = await chooseBackend(config.backend, stuck ? 1 : 'measured');
  const model = modelOf(config, dataset);
  const { backend, notes: tuned } = await ports.tune(
    chosen,
    model,
    plannedMicroBatch(model, config, chosen),
    {
      // A run that recovers must compute as it did before: with the winners that are known, and no new ones.
      measure: request.tune && !recovery,
      onProgress: (done, total, kernel) => emit({ kind: 'tuning', runId, done, total, kernel }),
    },
  );
  emit(checkedEvent(backend));
  const network = Network.create(model, config.seed);
  held.push(() => network.dispose());
  const optimizer = new Optimizer(config.optimizer, network, config.clipNorm);
  const arrays: RunArrays = { network, optimizer, averages: new GradientAverages(network) };
  held.push(
    () => optimizer.dispose(),
    () => arrays.averages.end(),
  );

  const restored = from && (await restore(arrays, await storage.checkpoints(runId), from));
  const state = restored?.state ?? null;
  requireForked(config, restored);
  if (!state) requireMeasurable(dataset, config); // also where it was interrupted before its first checkpoint
  const weights = state ? [] : await loadInitialWeights(network, storage, config, dataset.classes);
  const notes: Note[] = [
    ...recoveryNotes(recovery, state?.step ?? 0),
    ...(request.notes ?? []),
    ...dataNotes(material, config, from === null),
    ...backendNotes(backend),
    ...tuned,
    ...(restored?.notes ?? []),
    ...forkNotes(config, state),
    ...measureNotes(dataset, config, state === null, state?.checks ?? null),
    ...weights,
    ...movedNotes(state, backend.id),
  ];

  let trainer: Trainer | null = null;
  const samplers = await ports.openSamplers({
    packId,
    inputSize: config.inputSize,
    seed: config.seed,
    augmentations: config.augmentations,
    workers: request.samplers,
    onReplaced: (error) =>
      trainer?.note({ level: 'warning', code: 'sampler-replaced', details: asDetails(error) }),
  });
  held.push(() => samplers.close());
  await storage.cutAfter(runId, state?.step ?? 0);
  const host: TrainerHost = {
    ...hostOf(ports, runId, arrays, samplers),
    backend,
    notes,
    firstLogSeq: await storage.nextLogSeq(runId),
  };
  trainer = new Trainer(config, dataset, arrays, host, state, request.paused);
  trainer.setPace(request.pace ?? null);
  if (request.byHand) trainer.control.setByHand(request.byHand);
  if (request.next) trainer.control.askFor(request.next);
  const begun = trainer;
  return {
    trainer,
    started: { backend, classes: dataset.classes, data },
    run: () => begun.run().finally(free),
  };
}

/** Where what the run does is told and stored. */
const hostOf = (
  { storage, emit, alive, breathe }: BeginPorts,
  runId: string,
  arrays: RunArrays,
  samplers: Samplers,
): Omit<TrainerHost, 'backend' | 'notes' | 'firstLogSeq'> => ({
  runId,
  softwareVersion: SOFTWARE_VERSION,
  emit,
  alive,
  breathe,
  memory,
  images: (ids, epoch) => samplers.sample(ids, epoch),
  restoreBest: () => restoreBest(arrays, storage, runId),
  saveTested: (tested) => storage.saveTested(runId, tested),
  saveHistory: (rows, epochs) => storage.saveHistory(runId, rows, epochs),
  saveLog: (entries) => storage.saveLog(runId, entries),
  saveCheckpoint: (snapshot, kinds, onPiece) =>
    storage.saveCheckpoint(runId, snapshot, runTensors(arrays, snapshot.step, onPiece), kinds),
});
