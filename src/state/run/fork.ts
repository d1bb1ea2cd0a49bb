/**
 * Forks: a checkpoint of a stored run becomes the beginning of another one, which then runs. The trainer
 * copies, the page keeps the record.
 */
import { create } from 'zustand';
import { runs } from '../../clients/shelf';
import { trainerClient } from '../../clients/workers';
import { ConfigError, EquipoiseError, StorageError, toWire } from '../../core/errors/errors';
import { parseRunConfig } from '../../core/config/parse';
import { MAX_NAME, uniqueName } from '../../core/compare/run-name';
import { asComputedNow, strategyInForce } from '../../core/training/segments';
import { SOFTWARE_VERSION } from '../../core/version';
import { isTrainers } from '../../core/run/checkpoint';
import { untouched, type RunRecord } from '../../core/run/record';
import { useRun } from './run';
import type { ForkChoice, ForkState, ForkTarget } from '../types';

/** @throws EquipoiseError `run-missing` */
async function targetOf(runId: string): Promise<ForkTarget & { readonly record: RunRecord }> {
  const record = await runs.get(runId);
  if (!record) throw new EquipoiseError('run-missing');
  const { manifests } = await runs.facts(runId);
  const { trained: view } = useRun.getState();
  return {
    record,
    runId,
    name: record.name,
    config: record.config,
    live: view?.id === runId && view.live,
    checkpoints: manifests
      .flatMap(({ state, ...manifest }) => (isTrainers(state) ? [{ ...manifest, state }] : []))
      .map(({ which, step, epoch, bytes, state }) => ({
        which,
        step,
        epoch,
        bytes,
        strategy: strategyInForce(state),
        instruments: state.instruments,
      }))
      .reverse(),
  };
}

/** The record comes first: an interrupted copy leaves something that can be deleted. */
async function makeFork(
  from: string,
  { which = 'last', strategy, epochs, patience, name, ...rest }: ForkChoice,
): Promise<string> {
  const fields = Object.keys(rest).join(', ');
  if (fields !== '') throw new ConfigError('fork-keeps', { fields: fields.slice(0, 200) });
  const { record: parent, checkpoints } = await targetOf(from);
  const checkpoint = checkpoints.find((candidate) => candidate.which === which);
  if (!checkpoint)
    throw new StorageError('checkpoint-missing', {
      which,
    });
  const { step, epoch } = checkpoint;
  const config = parseRunConfig({
    ...parent.config,
    strategy: asComputedNow(strategy ?? checkpoint.strategy),
    instruments: checkpoint.instruments,
    epochs: epochs ?? parent.config.epochs,
    patience: patience ?? parent.config.patience,
    origin: { runId: from, name: parent.name, which, step, epoch },
  });
  const now = Date.now();
  const child: RunRecord = {
    ...untouched(config),
    id: crypto.randomUUID(),
    name: name
      ? name.slice(0, MAX_NAME)
      : uniqueName(
          `${config.strategy.id} · ${config.seed} @ ${step}`,
          new Set((await runs.list()).map((run) => run.name)),
        ),
    config,
    corpusId: parent.corpusId,
    packId: parent.packId,
    classes: parent.classes,
    data: parent.data,
    createdAt: now,
    updatedAt: now,
    state: 'paused',
    backend: parent.backend,
    backendSoftware: parent.backendSoftware,
    softwareVersion: SOFTWARE_VERSION,
  };
  await runs.put(child);
  try {
    const made = await trainerClient
      .connect()
      .call('fork', { from, which, name: parent.name, runId: child.id, config });
    await runs.put({ ...child, ...made });
  } catch (error) {
    await runs.remove(child.id);
    throw error;
  }
  return child.id;
}

export const useFork = create<ForkState>()((set, get) => ({
  forking: false,
  error: null,
  asking: null,
  ask: async (runId) => {
    try {
      set({ asking: await targetOf(runId), error: null });
    } catch (error) {
      set({ error: toWire(error) });
    }
  },
  close: () => set({ asking: null, error: null }),
  fork: async (runId, choice = {}) => {
    if (get().forking) return null;
    set({ forking: true, error: null });
    try {
      const { trained: view, starting, stop, resume } = useRun.getState();
      if (starting || (view?.live && view.state !== 'paused')) throw new EquipoiseError('busy');
      const id = await makeFork(runId, choice);
      set({ asking: null });
      if (view?.live) await stop();
      await resume(id);
      const { error } = useRun.getState();
      set({ error });
      return error ? null : id;
    } catch (error) {
      set({ error: toWire(error) });
      return null;
    } finally {
      set({ forking: false });
    }
  },
}));
