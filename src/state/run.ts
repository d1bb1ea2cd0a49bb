/**
 * The run on the Train screen: from a configuration to moving charts, and everything the trainer tells on the way.
 * The page is the one writer of run records; steps, epochs, log and checkpoints are the trainer's.
 */
import { create } from 'zustand';
import { runs, storedWeights } from '../clients/shelf';
import { trainerClient } from '../clients/workers';
import { asDetails, ConfigError, CorpusError, EquipoiseError, fromWire, toWire, type WireError } from '../core/errors/errors';
import type { RunStarted } from '../core/protocol/contracts';
import type { ByHand } from '../core/training/adjustments';
import type { LogEntry, TrainerEvent } from '../core/training/events';
import type { RunConfig } from '../core/training/run-config';
import { parseRunConfig } from '../core/training/run-config-schema';
import { sameStrategy, type StrategyChoice } from '../core/training/segments';
import { SOFTWARE_VERSION } from '../core/version';
import { weightsMissing } from '../core/weights/state-dict';
import type { RunRecord } from '../storage/schema';
import { corpusSettled, corpusSource, useCorpus } from './corpus';
import { useFeatures } from './features';
import { Recovery } from './recovery';
import { emptyView, storedView } from './run-view';
import { useSettings } from './settings';
import { speed } from './speed';
import { StepSeries } from './step-series';
import type { RunStore, RunView, Series } from './types';

const STOP_DEADLINE_MS = 30_000;

const series = new StepSeries();
/** The step rows of the run in view. */
export const runSeries = (): Series => series;

let record: RunRecord | null = null;

/** What a recovery of the live run must know: its features, what the user last wanted, what was set by hand, the strategy asked for. */
let live: { packId: string; wish: 'run' | 'pause' | 'stop'; byHand: ByHand; next: StrategyChoice | null } = { packId: '', wish: 'run', byHand: {}, next: null };

/** Writes the run's record; a page that cannot save says so in the store. */
async function saveRecord(change: Partial<RunRecord>): Promise<void> {
  if (!record) return;
  record = { ...record, ...change, updatedAt: Date.now() };
  await runs.put(record);
}

/** Opens what the config names, unless it is open already. @returns the corpus' id */
async function openCorpus(config: RunConfig): Promise<string> {
  const wanted = config.corpus;
  await corpusSettled();
  const { choice } = useCorpus.getState();
  if (wanted.kind === 'demo') {
    const open = choice?.kind === 'demo' && choice.seed === wanted.seed && choice.difficulty === wanted.difficulty && corpusSource()?.kind === 'demo';
    if (!open) await useCorpus.getState().openDemo(wanted);
  }
  const { manifest, error } = useCorpus.getState();
  if (error) throw fromWire(error);
  if (!manifest || (wanted.kind === 'folder' && manifest.fingerprint !== wanted.id))
    throw new CorpusError('corpus-not-open', 'The corpus of this run is not open.', 'Open its folder on the start page, then press Play again.',
      { name: wanted.kind === 'folder' ? wanted.name : 'demo' });
  return manifest.fingerprint;
}

/** Kept for a recovery and for a reload, once the trainer has taken it. */
function setByHand(set: ByHand, change: Partial<RunRecord> = {}): Promise<void> {
  live.byHand = { ...live.byHand, ...set };
  return saveRecord({ ...change, byHand: live.byHand });
}

export const useRun = create<RunStore>()((set, get) => {
  const change = (patch: Partial<RunView>): void => set(({ view }) => ({ view: view && { ...view, ...patch } }));

  /** Commands to the trainer: their failure belongs on the screen, not in the console. */
  const command = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      set({ error: toWire(error) });
    }
  };

  const begin = async (work: () => Promise<string>): Promise<string | null> => {
    if (get().starting) return null;
    set({ error: null, starting: 'corpus' });
    try {
      if (get().view?.live) throw new EquipoiseError('busy', 'A run is under way.', 'Stop it first; it can be continued later.');
      return await work();
    } catch (error) {
      set({ error: toWire(error) });
      return null;
    } finally {
      set({ starting: null, tuning: null });
    }
  };

  const prepare = async (config: RunConfig): Promise<{ corpusId: string; packId: string } | null> => {
    const corpusId = await openCorpus(config);
    set({ starting: 'features' });
    const packId = await useFeatures.getState().ensure(config, corpusId);
    const { error } = useFeatures.getState();
    if (!packId && error) throw fromWire(error);
    if (!packId) return null;
    set({ starting: 'engine' });
    return { corpusId, packId };
  };

  const started = async ({ backend, classes }: RunStarted): Promise<void> => {
    await saveRecord({ backend: backend.id, backendSoftware: backend.software, classes });
    change({ backend, classes });
  };

  /** What the other tab or an earlier page left: the stored history under the record. */
  const load = async (from: RunRecord): Promise<void> => {
    const { view, steps } = await storedView(from);
    record = from;
    series.reset(steps);
    set({ error: null, view });
  };

  /** The run is over in this tab, and not as it was meant to be. No trainer is left to put it into the log. @param unlogged faults before it that are not there either */
  const failed = async (error: WireError, unlogged: readonly WireError[]): Promise<void> => {
    change({ live: false, state: 'failed', error, etaSeconds: null, recovering: null });
    await command(() => saveRecord({ state: 'failed' }));
    const told: readonly (Pick<LogEntry, 'level' | 'code'> & { readonly of: WireError })[] =
      [...unlogged.map((of) => ({ level: 'warning' as const, code: 'fault', of })), { level: 'error', code: 'failed', of: error }];
    for (const { level, code, of } of told) await command(async () => {
      const written = await runs.log(record!.id, { at: Date.now(), level, code, step: get().view?.lastStep?.step ?? 0, details: asDetails(of) });
      change({ log: [...(get().view?.log ?? []), written] });
    });
  };

  const recovery = new Recovery({
    resume: async (note) => trainerClient.connect().call('resume', {
      runId: record!.id, config: record!.config, packId: live.packId, which: 'last', samplers: useSettings.getState().workers, tune: useSettings.getState().autotune, paused: live.wish === 'pause', pace: get().pace, recovery: note, byHand: live.byHand,
    }),
    trying: (attempt) => change({ state: 'preparing', recovering: attempt, error: null, etaSeconds: null }),
    recovered: async (from) => {
      const recoveries = (get().view?.recoveries ?? 0) + 1;
      change({ recoveries, recovering: null });
      await command(async () => {
        await saveRecord({ recoveries });
        await started(from);
        // The checkpoint may be from before it was asked for.
        if (live.next) await trainerClient.connect().call('switchStrategy', { strategy: live.next });
      });
    },
    stopped: (error, unlogged) => failed(toWire(error), unlogged),
  });

  /** A worker that ends while it is asked to begin fails whoever asked; the run is not under way yet. */
  let beginning = false;
  const begun = async (answer: Promise<RunStarted>): Promise<void> => {
    beginning = true;
    const from = await answer.finally(() => { beginning = false; });
    await started(from);
  };

  /** A fault of the live run; one after Stop ends it. */
  const fault = (error: WireError, logged: boolean): void => {
    if (!get().view?.live || beginning) return;
    if (live.wish === 'stop') void failed(error, []);
    else recovery.start(error, logged);
  };

  /** A command to the trainer. One that a fault cuts short is given again when the run has been recovered. */
  const tell = (wish: typeof live.wish, work: () => Promise<unknown>): Promise<void> => command(async () => {
    live.wish = wish;
    for (;;) {
      if (recovery.running) {
        await recovery.running;
        if (!get().view?.live) return;
      }
      try {
        await work();
        return;
      } catch (error) {
        if (!recovery.running) throw error;
      }
    }
  });

  const onEvent = (event: TrainerEvent): void => {
    const { view } = get();
    if (event.kind === 'checked' || !view || view.id !== event.runId) return;
    switch (event.kind) {
      case 'state': {
        const over = event.state === 'finished' || event.state === 'stopped' || event.state === 'failed';
        change({ state: event.state, live: !over, error: event.error, ...(event.backend ? { backend: event.backend } : {}), ...(over ? { etaSeconds: null } : {}) });
        void command(() => saveRecord({ state: event.state }));
        break;
      }
      case 'fault':
        fault(event.error, true);
        break;
      case 'strategy': {
        const { strategy, next, segments, instruments, adjustments } = event;
        if (live.next && segments.length > view.segments.length && sameStrategy(strategy, live.next)) {
          live.next = null; // it has taken over
          live.byHand = live.byHand.instruments ? { instruments: live.byHand.instruments } : {}; // the options were the other's
        }
        change({ config: { ...view.config, strategy, instruments }, nextStrategy: next, segments, adjustments });
        void command(() => saveRecord({ segments, adjustments, byHand: live.byHand, nextStrategy: next ?? live.next }));
        break;
      }
      case 'steps': {
        series.push(event.rows);
        change({ lastStep: event.rows.at(-1) ?? null, stepRevision: view.stepRevision + 1, stepsPerEpoch: event.stepsPerEpoch, ...speed(view, event, get().pace) });
        break;
      }
      case 'epoch':
        change({ epochs: [...view.epochs.filter(({ epoch }) => epoch < event.record.epoch), event.record] });
        break;
      case 'log':
        change({ log: [...view.log, ...event.entries] });
        break;
      case 'checkpoint':
        recovery.progressed();
        change({ checkpoints: { ...view.checkpoints, [event.which]: { step: event.step, epoch: event.epoch, bytes: event.bytes } } });
        break;
      case 'tuning':
        set({ tuning: event });
        break;
      case 'memory':
        change({ memory: { tensors: event.tensors, bytes: event.bytes } });
        break;
      default:
        event satisfies never;
    }
  };

  trainerClient.on(onEvent);
  trainerClient.onDown((error) => fault(toWire(error), false));

  return {
    view: null, starting: null, tuning: null, error: null, pace: null,
    start: (wanted, options = {}) => begin(async () => {
      const config = parseRunConfig(wanted);
      if (config.origin) throw new ConfigError('origin', 'A run with an origin is a fork of another run.', 'Fork that run.');
      if (config.initialWeights && !(await storedWeights.has(config.initialWeights.id))) throw weightsMissing(config.initialWeights);
      const prepared = await prepare(config);
      if (!prepared) return '';
      const now = Date.now();
      record = {
        id: crypto.randomUUID(), name: `${config.strategy.id} · ${config.seed}`, config, ...prepared, classes: [], createdAt: now, updatedAt: now,
        state: 'preparing', backend: '', backendSoftware: false, softwareVersion: SOFTWARE_VERSION,
      };
      const { id } = record;
      live = { packId: prepared.packId, wish: options.paused ? 'pause' : 'run', byHand: {}, next: null };
      recovery.reset();
      series.reset([]);
      set({ view: { ...emptyView(record), live: true } });
      await runs.put(record);
      try {
        await begun(trainerClient.connect().call('start', { runId: id, config, packId: prepared.packId, samplers: useSettings.getState().workers, tune: useSettings.getState().autotune, paused: options.paused ?? false, pace: get().pace }));
      } catch (error) {
        change({ live: false, state: 'failed', error: toWire(error) });
        await saveRecord({ state: 'failed' });
        throw error;
      }
      return id;
    }).then((id) => id || null),
    resume: async (runId, which = 'last') => {
      await begin(async () => {
        const stored = await runs.get(runId);
        if (!stored) throw new EquipoiseError('run-missing', 'This run is no longer stored.', 'Start a new one.');
        if (stored.imported) throw new EquipoiseError('read-only-run', 'This run was imported from a file: it has no weights to go on from.', 'Start a new run with its configuration.');
        await load(stored);
        const { corpusId, packId: storedPack } = stored;
        // Cached features let a run go on without its folder; else the corpus is opened as for a new run.
        const packId = (await useFeatures.getState().ensure(stored.config, corpusId)) ?? (await prepare(stored.config))?.packId ?? storedPack;
        // What was set by hand may have come after the last checkpoint; an earlier one has its own.
        live = { packId, wish: 'run', byHand: (which === 'last' && stored.byHand) || {}, next: stored.nextStrategy ?? null };
        recovery.reset();
        set({ starting: 'engine' });
        change({ live: true, state: 'preparing', error: null });
        try {
          await begun(trainerClient.connect().call('resume', { runId, config: stored.config, packId, which, samplers: useSettings.getState().workers, tune: useSettings.getState().autotune, paused: false, pace: get().pace, recovery: null, byHand: live.byHand }));
          const { next } = live;
          if (next) await command(() => trainerClient.connect().call('switchStrategy', { strategy: next }));
        } catch (error) {
          change({ live: false, state: 'failed', error: toWire(error) });
          throw error;
        }
        return runId;
      });
    },
    pause: () => tell('pause', () => trainerClient.connect().call('pause', null)),
    play: () => {
      set({ error: null });
      return tell('run', () => trainerClient.connect().call('play', null));
    },
    step: () => tell('pause', () => trainerClient.connect().call('step', null)),
    // A step of a large model may take minutes: after the deadline the worker is ended, and its last checkpoint counts.
    stop: () => tell('stop', async () => {
      const deadline = setTimeout(() => trainerClient.end(), STOP_DEADLINE_MS);
      await trainerClient.connect().call('stop', null).finally(() => clearTimeout(deadline));
    }),
    setPace: (pace) => {
      set({ pace });
      return get().view?.live ? command(() => trainerClient.connect().call('setPace', { stepsPerSecond: pace })) : Promise.resolve();
    },
    setStrategyOptions: (options) => {
      const strategy = get().view?.config.strategy.id;
      return tell(live.wish, async () => {
        await trainerClient.connect().call('setStrategyOptions', { options });
        if (strategy) await setByHand({ options: { strategy, values: options } }, { adjusted: true });
      });
    },
    setInstruments: (instruments) => tell(live.wish, async () => {
      await trainerClient.connect().call('setInstruments', { instruments });
      await setByHand({ instruments });
    }),
    switchStrategy: (strategy) => {
      live.next = strategy;
      return tell(live.wish, () => trainerClient.connect().call('switchStrategy', { strategy }));
    },
    open: (runId) => command(async () => {
      if (get().view?.live) {
        if (get().view?.id === runId) return;
        throw new EquipoiseError('busy', 'A run is under way.', 'Pause or stop it before you open another.');
      }
      const stored = await runs.get(runId);
      if (!stored) throw new EquipoiseError('run-missing', 'This run is no longer stored.', 'Start a new one.');
      await load(stored);
    }),
    close: () => { if (!get().view?.live) set({ view: null, error: null }); },
    dismissError: () => set({ error: null }),
  };
});
