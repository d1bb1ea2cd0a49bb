/**
 * The run on the Train screen: from a configuration to moving charts, and everything the trainer tells on the
 * way. The page is the one writer of run records; steps, epochs, log and checkpoints are the trainer's.
 */
import { create } from 'zustand';
import { onStorageEmptied, runs, storedWeights } from '../clients/shelf';
import { trainerClient } from '../clients/workers';
import {
  asDetails,
  CancelledError,
  ConfigError,
  EquipoiseError,
  fromWire,
  StorageError,
  toWire,
  type WireError,
} from '../core/errors/errors';
import type { RunStarted } from '../core/protocol/contracts';
import { asMeasured } from '../core/training/as-measured';
import type { ByHand } from '../core/training/adjustments';
import type { LogEntry, TrainerEvent } from '../core/training/events';
import type { CorpusChoice, RunConfig } from '../core/config/run-config';
import { completedConfig, parseRunConfig } from '../core/config/parse';
import { runName } from '../core/training/run-name';
import { sameStrategy, type StrategyChoice } from '../core/training/segments';
import { beginningNow } from '../core/training/sweep';
import { SOFTWARE_VERSION } from '../core/version';
import { weightsMissing } from '../core/weights/state-dict';
import type { RunRecord } from '../storage/schema';
import { useCorpus } from './corpus';
import { useFeatures } from './features';
import { openCorpus } from './open-corpus';
import { readParent } from './parent';
import { Recovery } from './recovery';
import { emptyView, storedView } from './run-view';
import { useSettings } from './settings';
import { speed } from './speed';
import { useStorageNotice } from './storage';
import { StepSeries } from './step-series';
import type { RunStore, RunView, Series } from './types';

/**
 * The step rows of the run that is trained here; those of another one that is looked at; and of one that has
 * none yet.
 */
const [series, looked, none] = [new StepSeries(), new StepSeries(), new StepSeries()];
let lookedAt = '';
/** The step rows of the run in view. */
export const runSeries = (): Series => {
  const { view, trained } = useRun.getState();
  return view === null || view.id === trained?.id ? series : view.id === lookedAt ? looked : none;
};
/** Those of the run that is trained here, or was last. */
export const trainedSeries = (): Series => series;

/** Of the run that is trained here. */
let record: RunRecord | null = null;

/**
 * What a recovery of the live run must know: its features, what the user last wanted, what was set by hand,
 * the strategy asked for.
 */
let live: { packId: string; wish: 'run' | 'pause' | 'stop'; byHand: ByHand; next: StrategyChoice | null } = {
  packId: '',
  wish: 'run',
  byHand: {},
  next: null,
};

/** Writes the run's record; a page that cannot save says so in the store. */
async function saveRecord(change: Partial<RunRecord>): Promise<void> {
  if (!record) return;
  record = { ...record, ...change, updatedAt: Date.now() };
  await runs.put(record);
}

/** What is true of a run that is over, in whatever way. */
const OVER = { live: false, asked: null, etaSeconds: null, recovering: null } as const;

/** Kept for a recovery and for a reload, once the trainer has taken it. */
function setByHand(set: ByHand, change: Partial<RunRecord> = {}): Promise<void> {
  live.byHand = { ...live.byHand, ...set };
  return saveRecord({ ...change, byHand: live.byHand });
}

export const useRun = create<RunStore>()((set, get) => {
  const change = (patch: Partial<RunView>): void =>
    set(({ view, trained }) => {
      const next = trained && { ...trained, ...patch };
      return { trained: next, view: view && view.id === next?.id ? next : view };
    });
  /** What is trained from here on is also what is looked at. */
  const show = (run: RunView): void => set({ trained: run, view: run });
  const isLive = (): boolean => get().trained?.live === true;

  /** Commands to the trainer: their failure belongs on the screen, not in the console. */
  const command = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      set({ error: toWire(error) });
    }
  };

  /** The start under way was called off: whatever then fails has not failed. */
  let abandoned = false;
  const begin = async (work: () => Promise<string>): Promise<string | null> => {
    if (get().starting) return null;
    abandoned = answered = false;
    set({ error: null, starting: 'corpus' });
    try {
      if (isLive())
        throw new EquipoiseError('busy', 'A run is under way.', 'Stop it first; it can be continued later.');
      return await work();
    } catch (error) {
      if (!abandoned && !(error instanceof CancelledError)) set({ error: toWire(error) });
      return null;
    } finally {
      set({ starting: null, tuning: null });
    }
  };

  const prepare = async (
    config: RunConfig,
  ): Promise<{ corpusId: string; packId: string; corpus: CorpusChoice } | null> => {
    const open = await openCorpus(config);
    if (!open) return null;
    set({ starting: 'features' });
    const packId = await useFeatures.getState().ensure(config, open.id);
    const { error } = useFeatures.getState();
    if (!packId && error) throw fromWire(error);
    if (!packId || abandoned) return null;
    set({ starting: 'engine' });
    return { corpusId: open.id, packId, corpus: open.choice };
  };

  const started = async ({ backend, classes, data }: RunStarted): Promise<void> => {
    await saveRecord({ backend: backend.id, backendSoftware: backend.software, classes, data });
    change({ backend, classes });
  };

  /** What the other tab or an earlier page left: the stored history under the record. */
  const load = async (from: RunRecord): Promise<void> => {
    const { view, steps } = await storedView(from);
    record = from;
    series.reset(steps);
    set({ error: null });
    show(view);
  };

  /** The same of the run that was just trained, wherever the user looks meanwhile. */
  const showStored = async (from: RunRecord): Promise<void> => {
    const { view, steps } = await storedView(from);
    if (isLive() || get().trained?.id !== from.id) return;
    series.reset(steps);
    change({ ...view, stepRevision: (get().trained?.stepRevision ?? 0) + 1 });
  };

  /** Puts into the log what no trainer is left to put there. */
  const note = (entries: readonly Pick<LogEntry, 'level' | 'code' | 'details'>[]): Promise<void> =>
    command(async () => {
      for (const entry of entries) {
        const written = await runs.log(record!.id, {
          ...entry,
          at: Date.now(),
          step: get().trained?.lastStep?.step ?? 0,
        });
        change({ log: [...(get().trained?.log ?? []), written] });
      }
    });
  const faults = (unlogged: readonly WireError[]) =>
    unlogged.map((of) => ({ level: 'warning' as const, code: 'fault', details: asDetails(of) }));

  /**
   * The run is over in this tab, and not as it was meant to be. @param unlogged faults before it that are not
   * in the log either
   */
  const failed = async (error: WireError, unlogged: readonly WireError[]): Promise<void> => {
    change({ ...OVER, state: 'failed', error });
    await command(() => saveRecord({ state: 'failed' }));
    await note([...faults(unlogged), { level: 'error', code: 'failed', details: asDetails(error) }]);
  };

  /**
   * The user has stopped the run and its trainer is no more: what it did since its last checkpoint is lost,
   * and nothing has failed.
   */
  const cutShort = async (unlogged: readonly WireError[]): Promise<void> => {
    const { lastStep, checkpoints } = get().trained!;
    change({ ...OVER, state: 'stopped', error: null });
    const at = checkpoints.last?.step ?? 0;
    await command(() => saveRecord({ state: 'stopped' }));
    await note([
      ...faults(unlogged),
      {
        level: 'info',
        code: 'stopped-at-once',
        details: { step: at, lost: Math.max(0, (lastStep?.step ?? 0) - at) },
      },
    ]);
    // What is shown from here on is what is stored.
    if (!isLive() && record) await command(() => showStored(record!));
  };

  /**
   * The strategy that a trainer was told of when it went on; another one may be asked for before it answers.
   */
  let sentNext: StrategyChoice | null = null;
  const askAgain = async (): Promise<void> => {
    if (live.next !== sentNext) await trainerClient.connect().call('switchStrategy', { strategy: live.next });
  };
  const recovery = new Recovery({
    resume: async (attempt) =>
      trainerClient.connect().call('resume', {
        runId: record!.id,
        config: record!.config,
        packId: live.packId,
        which: 'last',
        samplers: useSettings.getState().workers,
        tune: useSettings.getState().autotune,
        paused: live.wish === 'pause',
        pace: get().pace,
        recovery: attempt,
        byHand: live.byHand,
        next: (sentNext = live.next),
      }),
    trying: (attempt) => change({ state: 'preparing', recovering: attempt, error: null, etaSeconds: null }),
    recovered: async (from) => {
      const recoveries = (get().trained?.recoveries ?? 0) + 1;
      change({ recoveries, recovering: null });
      await command(async () => {
        await saveRecord({ recoveries });
        await started(from);
        await askAgain();
      });
    },
    stopped: (error, unlogged) => failed(toWire(error), unlogged),
  });

  /** A worker that ends while it is asked to begin fails whoever asked; the run is not under way yet. */
  let beginning = false;
  /**
   * The trainer of the start under way has answered: from here on Stop and a fault mean a run that goes,
   * though its record is still being written.
   */
  let answered = false;
  const calledOff = (): boolean => get().starting !== null && !answered;
  const begun = async (answer: Promise<RunStarted>): Promise<void> => {
    beginning = true;
    const from = await answer.finally(() => {
      beginning = false;
    });
    stillWanted();
    answered = true;
    await started(from);
  };
  /** Stop may have come where no trainer was there to be ended. @throws CancelledError */
  const stillWanted = (): void => {
    if (!abandoned) return;
    trainerClient.end();
    throw new CancelledError('run');
  };

  /** A fault of the live run; one after Stop only ends it. */
  const fault = (error: WireError, logged: boolean): void => {
    if (!isLive() || beginning || (abandoned && calledOff())) return;
    // What the user wanted has happened, if by other means.
    if (live.wish === 'stop') void cutShort(logged ? [] : [error]);
    else recovery.start(error, logged);
  };

  /** A command to the trainer. One that a fault cuts short is given again when the run has been recovered. */
  const tell = (wish: typeof live.wish, work: () => Promise<unknown>): Promise<void> =>
    command(async () => {
      if (!isLive()) throw new EquipoiseError('no-run', 'No run is under way.', 'Start or continue one.');
      live.wish = wish;
      for (;;) {
        if (recovery.running) {
          await recovery.running;
          if (!isLive()) return;
        }
        try {
          await work();
          return;
        } catch (error) {
          if (!recovery.running) {
            if (!isLive()) return; // it ended while it was told
            throw error;
          }
        }
      }
    });

  const onEvent = (event: TrainerEvent): void => {
    const { trained: view } = get();
    if (event.kind === 'checked' || !view || view.id !== event.runId) return;
    switch (event.kind) {
      case 'state': {
        const over = event.state === 'finished' || event.state === 'stopped' || event.state === 'failed';
        change({
          state: event.state,
          live: !over,
          error: event.error,
          asked: null,
          steppedAt: performance.now(),
          ...(event.backend ? { backend: event.backend } : {}),
          ...(over ? { etaSeconds: null } : {}),
        });
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
        change({
          config: { ...view.config, strategy, instruments },
          nextStrategy: next,
          segments,
          adjustments,
        });
        void command(() =>
          saveRecord({ segments, adjustments, byHand: live.byHand, nextStrategy: next ?? live.next }),
        );
        break;
      }
      case 'steps': {
        series.push(event.rows);
        change({
          lastStep: event.rows.at(-1) ?? null,
          steppedAt: performance.now(),
          stepRevision: view.stepRevision + 1,
          stepsPerEpoch: event.stepsPerEpoch,
          ...speed(view, event, get().pace),
        });
        break;
      }
      case 'epoch':
        change({
          epochs: [
            ...view.epochs.filter(({ epoch }) => epoch < event.record.epoch),
            asMeasured(event.record),
          ],
        });
        break;
      case 'log':
        change({ log: [...view.log, ...event.entries] });
        break;
      case 'checkpoint':
        recovery.progressed();
        change({
          checkpoints: {
            ...view.checkpoints,
            [event.which]: { step: event.step, epoch: event.epoch, bytes: event.bytes },
          },
        });
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

  /**
   * Everything stored is gone. Of the run that goes, all but its best weights is in memory: it is written
   * again.
   */
  const emptied = async (): Promise<void> => {
    const { trained } = get();
    if (!isLive() || !trained || !record) {
      set(({ view }) => ({ view: view && { ...view, checkpoints: { best: null, last: null } } }));
      useStorageNotice
        .getState()
        .tell(
          toWire(
            new StorageError(
              'storage-emptied',
              'Everything that this page had stored was deleted.',
              'Open your corpus again; runs that were exported can be imported.',
            ),
          ),
        );
      return;
    }
    change({ checkpoints: { best: null, last: null } });
    const { name, id } = record;
    await command(async () => {
      await saveRecord({});
      if (get().starting === null)
        await tell(live.wish, () =>
          trainerClient.connect().call('rewrite', {
            rows: series.rows(Number.MAX_SAFE_INTEGER),
            epochs: get().trained?.epochs ?? [],
            log: get().trained?.log ?? [],
          }),
        );
    });
    useStorageNotice
      .getState()
      .tell(
        toWire(
          new StorageError(
            'storage-emptied-rescued',
            `Everything that this page had stored was deleted. The run “${name}” was written again from memory.`,
            'Other runs, imported weights and remembered folders are gone.',
            { name, id },
          ),
        ),
      );
  };
  onStorageEmptied(() => void emptied());

  trainerClient.on(onEvent);
  trainerClient.onDown((error) => fault(toWire(error), false));

  /** Asked for, and not done before the step under way is. */
  const asking = (asked: RunView['asked']): void => {
    if (isLive() && !recovery.running) change({ asked });
  };

  return {
    view: null,
    trained: null,
    starting: null,
    tuning: null,
    error: null,
    pace: null,
    start: (wanted, options = {}) =>
      begin(async () => {
        const asked = beginningNow(parseRunConfig(wanted));
        if (asked.origin)
          throw new ConfigError('origin', 'A run with an origin is a fork of another run.', 'Fork that run.');
        if (asked.initialWeights && !(await storedWeights.has(asked.initialWeights.id)))
          throw weightsMissing(asked.initialWeights);
        const now = Date.now();
        const made: RunRecord = {
          id: crypto.randomUUID(),
          name: `${asked.strategy.id} · ${asked.seed}`,
          config: asked,
          corpusId: '',
          packId: '',
          classes: [],
          createdAt: now,
          updatedAt: now,
          state: 'preparing',
          backend: '',
          backendSoftware: false,
          softwareVersion: SOFTWARE_VERSION,
        };
        const { view: before } = get();
        const { id } = made;
        // The numbers of the last run have nothing to do with what begins now.
        set({ view: emptyView(made) });
        const back = (): void => {
          if (get().view?.id === id) set({ view: before });
        };
        const ready = await prepare(asked).catch((error: unknown) => {
          back();
          throw error;
        });
        if (!ready) {
          back();
          return '';
        }
        // It names the corpus that it uses: a link, a queue or an older version may call it otherwise.
        const { corpus, ...prepared } = ready;
        const config = parseRunConfig({ ...asked, corpus });
        // What tells it from earlier runs is known once its corpus is.
        const name = runName(
          { config, corpusId: prepared.corpusId },
          (await runs.list()).map((stored) => ({ ...stored, config: completedConfig(stored.config) })),
        );
        record = { ...made, config, ...prepared, name };
        live = { packId: prepared.packId, wish: options.paused ? 'pause' : 'run', byHand: {}, next: null };
        recovery.reset();
        series.reset([]);
        show({ ...emptyView(record), live: true });
        await runs.put(record);
        try {
          stillWanted();
          await begun(
            trainerClient.connect().call('start', {
              runId: id,
              config,
              packId: prepared.packId,
              samplers: useSettings.getState().workers,
              tune: useSettings.getState().autotune,
              paused: options.paused ?? false,
              pace: get().pace,
            }),
          );
        } catch (error) {
          if (abandoned) {
            set({ trained: null, view: null });
            await runs.remove(id); // it never was
            if (before) await get().open(before.id);
            return '';
          }
          change({ ...OVER, state: 'failed', error: toWire(error) });
          await saveRecord({ state: 'failed' });
          throw error;
        }
        return id;
      }).then((id) => id || null),
    resume: async (runId, which = 'last', options = {}) => {
      const { trained } = get();
      if (trained?.live && trained.id === runId && trained.state === 'paused') {
        await get().follow();
        if (!options.paused) await get().play();
        return;
      }
      await begin(async () => {
        const stored = await runs.get(runId);
        if (!stored)
          throw new EquipoiseError('run-missing', 'This run is no longer stored.', 'Start a new one.');
        if (stored.imported)
          throw new EquipoiseError(
            'read-only-run',
            'This run was imported from a file: it has no weights to go on from.',
            'Start a new run with its configuration.',
          );
        await load(stored);
        // Cached features let a run go on without its folder; else the corpus is opened as for a new run.
        const cached = await useFeatures.getState().ensure(stored.config, stored.corpusId);
        if (abandoned || (cached === null && useFeatures.getState().error === null)) return ''; // called off
        const ready = cached ? { corpusId: stored.corpusId, packId: cached } : await prepare(stored.config);
        if (!ready || abandoned) return '';
        const { corpusId, packId } = ready;
        const renamed = corpusId !== stored.corpusId;
        // The demo is what its seed and difficulty make of it; a folder may hold other recordings of the same
        // sizes.
        const notes =
          renamed && stored.config.corpus.kind === 'folder'
            ? [{ level: 'warning', code: 'corpus-by-sizes', details: {} } as const]
            : [];
        // What was set by hand may have come after the last checkpoint; an earlier one has its own.
        live = {
          packId,
          wish: options.paused ? 'pause' : 'run',
          byHand: (which === 'last' && stored.byHand) || {},
          next: stored.nextStrategy ?? null,
        };
        recovery.reset();
        set({ starting: 'engine' });
        change({ live: true, state: 'preparing', error: null });
        try {
          await begun(
            trainerClient.connect().call('resume', {
              runId,
              config: stored.config,
              packId,
              which,
              samplers: useSettings.getState().workers,
              tune: useSettings.getState().autotune,
              paused: options.paused ?? false,
              pace: get().pace,
              recovery: null,
              byHand: live.byHand,
              next: (sentNext = live.next),
              notes,
            }),
          );
          if (renamed) await saveRecord({ corpusId, packId });
          if (isLive() && live.wish !== 'stop') await command(askAgain);
        } catch (error) {
          if (abandoned) {
            const state =
              stored.state === 'running' || stored.state === 'preparing' ? 'paused' : stored.state;
            change({ ...OVER, state, error: null });
            await saveRecord({ state });
            return '';
          }
          change({ ...OVER, state: 'failed', error: toWire(error) });
          throw error;
        }
        return runId;
      });
    },
    pause: () => {
      asking('pause');
      return tell('pause', () => trainerClient.connect().call('pause', null));
    },
    play: () => {
      set({ error: null });
      if (isLive()) change({ asked: null });
      return tell('run', () => trainerClient.connect().call('play', null));
    },
    step: () => tell('pause', () => trainerClient.connect().call('step', null)),
    // However long the step under way takes: whoever does not want to wait has `endNow`. Between two tries
    // there is nothing to wait for.
    stop: () => {
      if (calledOff() || recovery.running) return get().endNow();
      asking('stop');
      return tell('stop', () => trainerClient.connect().call('stop', null));
    },
    endNow: async () => {
      if (calledOff()) {
        abandoned = true;
        useCorpus.getState().cancel();
        useFeatures.getState().cancel();
        if (get().starting === 'engine') trainerClient.end();
        return;
      }
      if (!isLive()) return;
      live.wish = 'stop';
      const told = cutShort(recovery.abandon());
      trainerClient.end();
      await told;
    },
    setPace: (pace) => {
      set({ pace });
      return isLive()
        ? command(() => trainerClient.connect().call('setPace', { stepsPerSecond: pace }))
        : Promise.resolve();
    },
    setStrategyOptions: (options) => {
      const { trained } = get();
      const segment = trained?.segments.length ?? 0;
      return tell(live.wish, async () => {
        const { acting } = await trainerClient.connect().call('setStrategyOptions', { options, segment });
        if (!trained || !acting) return;
        const { id: strategy } = trained.config.strategy;
        // Options that were set before stay set.
        const { options: earlier } = live.byHand;
        const before =
          earlier?.strategy === strategy && (earlier.segment ?? segment) === segment ? earlier.values : {};
        await setByHand(
          { options: { strategy, segment, values: { ...before, ...options } } },
          { adjusted: true },
        );
      });
    },
    setInstruments: (instruments) =>
      tell(live.wish, async () => {
        await trainerClient.connect().call('setInstruments', { instruments });
        await setByHand({ instruments });
      }),
    switchStrategy: (strategy) => {
      live.next = strategy;
      return tell(live.wish, () => trainerClient.connect().call('switchStrategy', { strategy }));
    },
    open: (runId) =>
      command(async () => {
        if (isLive() && get().trained?.id === runId) return get().follow();
        const stored = await runs.get(runId);
        if (!stored)
          throw new EquipoiseError('run-missing', 'This run is no longer stored.', 'Start a new one.');
        const { view, steps } = await storedView(stored);
        looked.reset(steps);
        lookedAt = runId;
        set({ error: null, view, ...(isLive() ? {} : { trained: null }) });
      }),
    follow: async () => {
      const { trained, view } = get();
      if (!trained || view?.id === trained.id) return;
      await command(async () => change({ parent: await readParent(trained.config) }));
      set((now) => ({ view: now.trained }));
    },
    rename: async (runId, name) => {
      if (!isLive() || record?.id !== runId) return false;
      await saveRecord({ name });
      change({ name });
      return true;
    },
    close: () =>
      set(({ trained }) => (trained?.live ? { view: trained } : { view: null, trained: null, error: null })),
    dismissError: () => set({ error: null }),
  };
});
