/**
 * `window.equipoise`: the workbench for scripts. The same stores as the screens use, nothing else; documented
 * in docs/automation.md. What is here is a promise: a change of meaning raises `version`.
 */
import { trainerClient } from '../clients/workers';
import type { Preset } from '../core/bench/cases';
import type { Recorded } from '../core/bench/line';
import type { TuningRecord } from '../core/bench/tuning';
import { CancelledError, ConfigError, EquipoiseError, fromWire, type WireError } from '../core/errors/errors';
import { DEFAULT_RANGE, type RangeResult, type RateRange } from '../core/optim/range-test';
import type { WeightsSummary } from '../core/protocol/contracts/weights';
import type { Adjustment } from '../core/training/adjustments';
import type { BackendReport, EpochRecord, RunState, StepRow, TrainerEvent } from '../core/training/events';
import type { BackendId, Instruments, RunConfig } from '../core/config/run-config';
import { parseRunConfig } from '../core/config/parse';
import type { StrategyChoice, StrategySegment } from '../core/training/segments';
import { sweepConfigs, type QueueItem } from '../core/training/sweep';
import type { StrategyId, StrategyOptions } from '../core/weighting/types';
import { useBackends } from './machine/backends';
import { useBench } from './machine/bench';
import { useDraft } from './draft';
import { importFile, type Imported } from './runs/exchange';
import { turnsNow } from './corpus/turns';
import { useFork } from './run/fork';
import { useLibrary } from './runs/library';
import { forecastMemory, type MemoryForecast } from './machine/memory-plan';
import { useQueue } from './queue/queue';
import { useRangeTest } from './run/range-test';
import { trainedSeries, useRun } from './run/run';
import { isWorkerCount, MAX_WORKERS, useSettings } from './settings';
import { useTuning } from './machine/tuning';
import type { ForkChoice, LibraryEntry, QueueStore, RunStore } from './types';
import { useWeights } from './runs/weights';
import { fieldsOfVersion2 } from '../core/config/migrations/from-version-1';

export interface RunSummary {
  readonly id: string;
  readonly state: RunState;
  readonly backend: string;
  readonly software: boolean;
  readonly config: RunConfig;
  readonly epochs: readonly EpochRecord[];
  readonly steps: readonly StepRow[];
  /** How often the run has gone back to its last checkpoint by itself. */
  readonly recoveries: number;
  /** Which strategy acted from which step on; `config.strategy` is the last of them. */
  readonly segments: readonly StrategySegment[];
  /** What was changed by hand while it went, step by step. */
  readonly adjustments: readonly Adjustment[];
  readonly error: WireError | null;
}

/** Where the run of this tab is. */
export interface RunPosition {
  readonly id: string;
  readonly name: string;
  readonly state: RunState;
  /** A trainer works on it or waits for Play. */
  readonly live: boolean;
  /** What comes before the first step and is under way; null where nothing is. */
  readonly starting: RunStore['starting'];
  /** What was asked for and waits for the step under way. */
  readonly asked: 'pause' | 'stop' | null;
  /** Steps and epochs done. */
  readonly step: number;
  readonly epoch: number;
  readonly epochs: number;
  /** 0: not known yet. */
  readonly stepsPerEpoch: number;
  readonly stepsPerSecond: number;
  readonly etaSeconds: number | null;
  /** Step of the last checkpoint. */
  readonly checkpoint: number | null;
  readonly error: WireError | null;
}

export interface BenchChoice {
  readonly preset?: Preset;
  /** Default: everything that is available but a graphics adapter in software. */
  readonly backends?: readonly BackendId[];
  /** A name for this machine, for the lines. */
  readonly machine?: string;
}

export interface SweepChoice {
  /** An id stands for the strategy with its defaults. */
  readonly strategies: readonly (StrategyId | StrategyChoice)[];
  readonly seeds: readonly number[];
  /** Every fold, session or speaker that the split can hold out; of a split without any, itself. */
  readonly allFolds?: boolean;
  readonly change?: Partial<RunConfig>;
  readonly name?: string;
}

export interface PageApi {
  readonly version: 1;
  /**
   * Starts a run of the draft with these changes and resolves when it is over. @throws the error that ended
   * it before its first step
   */
  readonly run: (change?: Partial<RunConfig>) => Promise<RunSummary>;
  /** Continues a stored run and resolves when it is over. */
  readonly resume: (id: string) => Promise<RunSummary>;
  /** Resolves when the step under way is done and a checkpoint is written. @throws `no-run` */
  readonly pause: () => Promise<void>;
  /**
   * Goes on with the run that is paused here, or takes back a pause or a stop that still waits. @throws
   * `no-run`
   */
  readonly play: () => Promise<void>;
  /** One optimiser step of the paused run; resolves when it is done and saved. @throws `no-run` */
  readonly step: () => Promise<void>;
  /**
   * Ends the run; `resume` continues it. `now` does not wait for the step under way: what was done since the
   * last checkpoint is lost. Calls a start off. @throws `no-run`
   */
  readonly stop: (how?: { readonly now?: boolean }) => Promise<void>;
  /** The run that this tab trains, or trained last; null where there is none. */
  readonly state: () => RunPosition | null;
  /**
   * What a step of the draft with these changes takes of memory here, and how many examples go through the
   * model at once. @throws ConfigError
   */
  readonly memoryPlan: (change?: Partial<RunConfig>) => Promise<MemoryForecast>;
  /**
   * Forks a stored run from its last or best checkpoint and resolves when the fork is over. @throws the error
   * that kept it from going on
   */
  readonly fork: (id: string, choice?: ForkChoice) => Promise<RunSummary>;
  /**
   * Another strategy for the run that goes, from its next epoch on; null takes that back. @throws ConfigError
   */
  readonly switchStrategy: (strategy: StrategyChoice | null) => Promise<void>;
  /** Options of the strategy in force that act live, from the next step on. @throws ConfigError */
  readonly setStrategyOptions: (options: StrategyOptions) => Promise<void>;
  /**
   * How often and where the gradients of the run that goes are measured, from its next step on; no number of
   * it depends on that. @throws ConfigError
   */
  readonly setInstruments: (instruments: Partial<Instruments>) => Promise<void>;
  /**
   * Queues strategies x seeds of the draft with these changes, after what is queued; resolves when they are
   * stored, not when they are done. @throws ConfigError
   */
  readonly sweep: (plan: SweepChoice) => Promise<{ readonly id: string; readonly runs: number }>;
  /** The queue as it is now. */
  readonly sweeps: () => Promise<{
    readonly status: QueueStore['status'];
    readonly items: readonly QueueItem[];
    readonly error: WireError | null;
  }>;
  /** Also pauses the queued run that goes. */
  readonly pauseSweeps: () => Promise<void>;
  readonly resumeSweeps: () => Promise<void>;
  readonly runs: () => Promise<readonly LibraryEntry[]>;
  /** The run's zip. */
  readonly exportRun: (id: string) => Promise<Blob>;
  /**
   * Imports a configuration file, which becomes the current configuration, or an exported run's zip, which is
   * stored as a run to look at.
   * @returns what it was, and of a run what was not read @throws ConfigError or StorageError why it was
   * refused
   */
  readonly importFile: (file: Blob, name?: string) => Promise<Imported>;
  /**
   * Workers that compute features, and that make training images, from the next start on; null: as many as
   * fit the machine. No result depends on it. @throws ConfigError
   */
  readonly setWorkers: (workers: number | null) => void;
  /**
   * Whether kernels that are new to this adapter are measured before a run on WebGPU, from the next start on.
   */
  readonly setAutotune: (on: boolean) => void;
  /**
   * Checks and stores a safetensors file; `run({ initialWeights: { id, name } })` starts from it. @throws
   * WeightsError why it was refused
   */
  readonly importWeights: (file: Blob, name?: string) => Promise<WeightsSummary>;
  /**
   * Trains a new network of the draft with these changes while the learning rate grows, and resolves with the
   * losses and the rate that they suggest. It is no run. @throws why it could not begin, or CancelledError
   */
  readonly rangeTest: (range?: Partial<RateRange>, change?: Partial<RunConfig>) => Promise<RangeResult>;
  /** The weights that are stored, newest first. */
  readonly weights: () => Promise<readonly WeightsSummary[]>;
  readonly removeWeights: (id: string) => Promise<void>;
  readonly backends: () => Promise<readonly BackendReport[]>;
  /**
   * Measures this machine as the screen `#/bench` does and resolves with its lines. @throws why it could not
   * be measured, or CancelledError
   */
  readonly bench: (choice?: BenchChoice) => Promise<readonly Recorded[]>;
  /** What the autotuner found on this browser's graphics adapters, newest first. */
  readonly tuning: () => Promise<readonly TuningRecord[]>;
  /** Forgets it: kernels are measured again when they are next needed. @throws while a run is trained */
  readonly resetTuning: () => Promise<void>;
  /** @returns the function that unsubscribes */
  readonly on: <K extends TrainerEvent['kind']>(
    kind: K,
    listener: (event: TrainerEvent & { readonly kind: K }) => void,
  ) => () => void;
}

const BACKENDS: readonly BackendId[] = ['webgpu', 'wasm', 'cpu'];
const ENDED: readonly RunState[] = ['finished', 'stopped', 'failed'];

function over(id: string): Promise<RunSummary> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const { trained: view } = useRun.getState();
      if (!view || view.id !== id || view.live || !ENDED.includes(view.state)) return false;
      resolve({
        id,
        state: view.state,
        backend: view.backend?.id ?? '',
        software: view.backend?.software ?? false,
        config: view.config,
        epochs: view.epochs,
        steps: trainedSeries().rows(Number.MAX_SAFE_INTEGER),
        recoveries: view.recoveries,
        segments: view.segments,
        adjustments: view.adjustments,
        error: view.error,
      });
      return true;
    };
    if (look()) return;
    const off = useRun.subscribe(() => {
      if (look()) off();
    });
  });
}

/** @throws what the store holds, as the class it was */
function raise(error: WireError | null): void {
  if (error) throw fromWire(error);
}

/** The screens pass a second Play over; a script waits for an answer. @throws `busy` */
function free(): void {
  if (useRun.getState().starting !== null) throw new EquipoiseError('busy');
}

/** A command to the run that goes. @throws why it could not be given */
async function told(command: (run: RunStore) => Promise<void>): Promise<void> {
  useRun.getState().dismissError();
  await command(useRun.getState());
  raise(useRun.getState().error);
}

export const pageApi: PageApi = {
  version: 1,
  run: async (change = {}) => {
    free();
    const id = await useRun
      .getState()
      .start(parseRunConfig({ ...useDraft.getState().config, ...fieldsOfVersion2(change) }));
    raise(id ? null : useRun.getState().error);
    if (!id) throw new CancelledError('run');
    return over(id);
  },
  resume: async (id) => {
    free();
    await useRun.getState().resume(id);
    const { error, trained } = useRun.getState();
    raise(error);
    // Called off before it went: nothing would ever be over.
    if (trained?.id !== id || (!trained.live && !ENDED.includes(trained.state)))
      throw new CancelledError('run');
    return over(id);
  },
  pause: () => told(({ pause }) => pause()),
  play: () => told(({ play }) => play()),
  step: () => told(({ step }) => step()),
  stop: ({ now = false } = {}) =>
    told(({ stop, endNow, starting, trained }) =>
      now && (starting !== null || trained?.live) ? endNow() : stop(),
    ),
  state: () => {
    const { trained, starting } = useRun.getState();
    if (!trained) return null;
    const {
      id,
      name,
      state,
      live,
      asked,
      lastStep,
      epochs,
      config,
      stepsPerEpoch,
      stepsPerSecond,
      etaSeconds,
      checkpoints,
      error,
    } = trained;
    return {
      id,
      name,
      state,
      live,
      starting,
      asked,
      step: lastStep?.step ?? 0,
      epoch: epochs.at(-1)?.epoch ?? 0,
      epochs: config.epochs,
      stepsPerEpoch,
      stepsPerSecond,
      etaSeconds,
      checkpoint: checkpoints.last?.step ?? null,
      error,
    };
  },
  memoryPlan: async (change = {}) =>
    forecastMemory(parseRunConfig({ ...useDraft.getState().config, ...fieldsOfVersion2(change) })),
  fork: async (id, choice = {}) => {
    const made = await useFork.getState().fork(id, choice);
    raise(made ? null : useFork.getState().error);
    if (!made) throw new CancelledError('fork');
    return over(made);
  },
  switchStrategy: (strategy) => told((run) => run.switchStrategy(strategy)),
  setStrategyOptions: (options) => told((run) => run.setStrategyOptions(options)),
  setInstruments: (change) =>
    told(({ trained, setInstruments }) =>
      setInstruments({
        ...(trained?.live ? trained.config : useDraft.getState().config).instruments,
        ...change,
      }),
    ),
  rangeTest: async (range = {}, change = {}) => {
    free();
    const result = await useRangeTest
      .getState()
      .run(parseRunConfig({ ...useDraft.getState().config, ...change }), { ...DEFAULT_RANGE, ...range });
    if (!result) throw new CancelledError('rangeTest');
    return result;
  },
  sweep: async ({ strategies, seeds, allFolds = false, change = {}, name = '' }) => {
    const chosen = strategies.map((strategy) =>
      typeof strategy === 'string' ? { id: strategy, options: {} } : strategy,
    );
    const base = parseRunConfig({ ...useDraft.getState().config, ...fieldsOfVersion2(change) });
    const splits = allFolds ? turnsNow(base) : [];
    const configs = sweepConfigs({
      base,
      ...(splits.length > 0 ? { splits } : {}),
      strategies: chosen,
      seeds,
    });
    useQueue.getState().dismissError();
    const id = await useQueue.getState().add(configs, name || `${chosen.length} × ${seeds.length}`);
    raise(useQueue.getState().error);
    return { id, runs: configs.length };
  },
  sweeps: async () => {
    await useQueue.getState().refresh();
    const { status, items, error } = useQueue.getState();
    return { status, items, error };
  },
  pauseSweeps: () => useQueue.getState().pause(),
  resumeSweeps: () => useQueue.getState().resume(),
  runs: async () => {
    await useLibrary.getState().refresh();
    return useLibrary.getState().entries;
  },
  exportRun: async (id) => {
    const file = await useLibrary.getState().exportZip(id);
    if (!file) raise(useLibrary.getState().error);
    return file!.blob;
  },
  importFile,
  setWorkers: (workers) => {
    if (workers !== null && !isWorkerCount(workers))
      throw new ConfigError('bad-config', { field: 'workers', why: 'range', min: 1, max: MAX_WORKERS });
    useSettings.getState().setWorkers(workers);
  },
  setAutotune: (on) => useSettings.getState().setAutotune(on),
  importWeights: async (file, name = file instanceof File ? file.name : 'weights.safetensors') => {
    const summary = await useWeights.getState().importFile(file, name);
    if (!summary) raise(useWeights.getState().error);
    return summary!;
  },
  weights: async () => {
    await useWeights.getState().refresh();
    return useWeights.getState().entries;
  },
  removeWeights: async (id) => {
    await useWeights.getState().remove(id);
    raise(useWeights.getState().error);
  },
  backends: async () => {
    await useBackends.getState().probe();
    return useBackends.getState().reports;
  },
  bench: async ({ preset = 'quick', backends, machine = '' } = {}) => {
    const { choose, run } = useBench.getState();
    choose({
      preset,
      machine,
      wanted: backends ? Object.fromEntries(BACKENDS.map((id) => [id, backends.includes(id)])) : {},
    });
    await run();
    const { status, lines, error } = useBench.getState();
    raise(error);
    if (status !== 'done') throw new CancelledError('benchmark');
    return lines;
  },
  tuning: async () => {
    await useTuning.getState().refresh();
    raise(useTuning.getState().error);
    return useTuning.getState().entries ?? [];
  },
  resetTuning: async () => {
    await useTuning.getState().reset();
    raise(useTuning.getState().error);
  },
  on: (kind, listener) => {
    const handle = (event: TrainerEvent): void => {
      if (event.kind === kind) listener(event as Parameters<typeof listener>[0]);
    };
    return trainerClient.on(handle);
  },
};

declare global {
  interface Window {
    readonly equipoise: PageApi;
  }
}

/** Puts the API on the window; once, by the page's entry. */
export function publishPageApi(): void {
  Object.defineProperty(window, 'equipoise', { value: pageApi, writable: false });
}
