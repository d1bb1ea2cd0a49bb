/**
 * The run on the Train screen: commands of the user and events of the trainer go to its one owner
 * (core/run/reduce.ts), and what that asks for is carried out (run-effects.ts). The page is the one writer of
 * run records; steps, epochs, log and checkpoints are the trainer's.
 */
import { create } from 'zustand';
import { onStorageEmptied, runs } from '../../clients/shelf';
import { trainerClient } from '../../clients/workers';
import { EquipoiseError, StorageError, toWire } from '../../core/errors/errors';
import type { Message } from '../../core/run/messages';
import { reduce } from '../../core/run/reduce';
import { isRecovering, viewOf, type Run } from '../../core/run/state';
import type { TrainerEvent } from '../../core/training/events';
import { readParent } from './parent';
import { RunEffects } from './run-effects';
import { RunStart } from './run-start';
import { storedView } from './run-view';
import { useStorageNotice } from '../runs/storage';
import { StepSeries } from './step-series';
import type { RunStore, Series } from '../types';

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

export const useRun = create<RunStore>()((set, get, api) => {
  const isLive = (): boolean => get().run?.live === true;

  /** Commands to the trainer: their failure belongs on the screen, not in the console. */
  const command = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      set({ error: toWire(error) });
    }
  };

  const put = (run: Run): void => {
    const trained = viewOf(run);
    set(({ view }) => ({ run, trained, view: view?.id === run.id ? trained : view }));
  };
  /** What is trained from here on is also what is looked at. */
  const takeUp = (run: Run): void => {
    const trained = viewOf(run);
    set({ run, trained, view: trained });
  };
  const dispatch = async (message: Message): Promise<void> => {
    const { run } = get();
    if (!run) return;
    const [next, wanted] = reduce(run, message);
    if (next !== run) put(next);
    await effects.carryOut(wanted, next);
  };
  const effects = new RunEffects({
    run: () => get().run,
    pace: () => get().pace,
    setStrategyOptions: (options) => get().setStrategyOptions(options),
    dispatch,
    command,
    series,
  });
  const start = new RunStart({ get, set, dispatch, takeUp, series });

  /** When the run goes on or has stopped. */
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      if (!isRecovering(get().run)) return resolve();
      const off = api.subscribe(({ run }) => {
        if (isRecovering(run)) return;
        off();
        resolve();
      });
    });

  /** A command to the trainer. One that a fault cuts short is given again when the run has been recovered. */
  const tell = (work: () => Promise<unknown>): Promise<void> =>
    command(async () => {
      if (!isLive()) throw new EquipoiseError('no-run');
      for (;;) {
        await settled();
        if (!isLive()) return;
        try {
          await work();
          return;
        } catch (error) {
          if (!isLive()) return; // it ended while it was told
          if (!isRecovering(get().run)) throw error;
        }
      }
    });
  const ask = (what: 'pause' | 'play' | 'step' | 'stop'): Promise<void> => {
    void dispatch({ kind: 'ask', what });
    return tell(() => trainerClient.connect().call(what, null));
  };

  const onEvent = (event: TrainerEvent): void => {
    const { run } = get();
    if (!run || event.kind === 'checked' || event.runId !== run.id) return;
    if (event.kind === 'fault' && start.ownsFaults) return;
    if (event.kind === 'steps') series.push(event.rows); // before whoever draws hears of them
    if (event.kind === 'tuning') set({ tuning: event });
    void dispatch({ kind: 'event', event, now: performance.now(), pace: get().pace });
  };
  trainerClient.on(onEvent);
  trainerClient.onDown((error) => {
    if (!start.ownsFaults) void dispatch({ kind: 'down', error: toWire(error) });
  });

  /**
   * Everything stored is gone. Of the run that goes, all but its best weights is in memory: it is written
   * again.
   */
  const emptied = async (): Promise<void> => {
    const { run } = get();
    const notice = useStorageNotice.getState();
    if (!run?.live) {
      set(({ view }) => ({ view: view && { ...view, checkpoints: { best: null, last: null } } }));
      return notice.tell(toWire(new StorageError('storage-emptied')));
    }
    await dispatch({ kind: 'storage-emptied' });
    if (get().starting === null)
      await tell(() =>
        trainerClient.connect().call('rewrite', {
          rows: series.rows(Number.MAX_SAFE_INTEGER),
          epochs: get().run?.epochs ?? [],
          log: get().run?.log ?? [],
        }),
      );
    const { name, id } = run;
    notice.tell(toWire(new StorageError('storage-emptied-rescued', { name, id })));
  };
  onStorageEmptied(() => void emptied());

  return {
    run: null,
    view: null,
    trained: null,
    starting: null,
    tuning: null,
    error: null,
    pace: null,
    start: async (wanted, options = {}) =>
      (await start.begin(() => start.start(wanted, options.paused ?? false))) || null,
    resume: async (runId, which = 'last', options = {}) => {
      const { run } = get();
      if (run?.live && run.id === runId && run.state === 'paused') {
        await get().follow();
        if (!options.paused) await get().play();
        return;
      }
      await start.begin(() => start.resume(runId, which, options.paused ?? false));
    },
    pause: () => ask('pause'),
    play: () => {
      set({ error: null });
      return ask('play');
    },
    step: () => ask('step'),
    // However long the step under way takes: whoever does not want to wait has `endNow`. Between two tries
    // there is nothing to wait for.
    stop: () => (start.open || isRecovering(get().run) ? get().endNow() : ask('stop')),
    endNow: async () => {
      if (start.open) start.callOff();
      else await dispatch({ kind: 'end-now' });
    },
    setPace: (pace) => {
      set({ pace });
      return isLive()
        ? command(() => trainerClient.connect().call('setPace', { stepsPerSecond: pace }))
        : Promise.resolve();
    },
    setStrategyOptions: (options) => {
      const segment = get().run?.segments.length ?? 0;
      return tell(async () => {
        const { acting } = await trainerClient.connect().call('setStrategyOptions', { options, segment });
        if (acting) await dispatch({ kind: 'options-taken', options, segment });
      });
    },
    moveOption: (changed) => void dispatch({ kind: 'option-set', changed }),
    setInstruments: (instruments) =>
      tell(async () => {
        await trainerClient.connect().call('setInstruments', { instruments });
        await dispatch({ kind: 'instruments-taken', instruments });
      }),
    switchStrategy: async (strategy) => {
      void dispatch({ kind: 'next-wanted', strategy });
      await tell(async () => {
        try {
          await trainerClient.connect().call('switchStrategy', { strategy });
        } catch (error) {
          if (isLive() && !isRecovering(get().run)) await dispatch({ kind: 'next-refused', strategy });
          throw error;
        }
      });
    },
    open: (runId) =>
      command(async () => {
        if (isLive() && get().run?.id === runId) return get().follow();
        const stored = await runs.get(runId);
        if (!stored) throw new EquipoiseError('run-missing');
        const { view, steps } = await storedView(stored);
        looked.reset(steps);
        lookedAt = runId;
        set({ error: null, view, ...(isLive() ? {} : { run: null, trained: null }) });
      }),
    follow: async () => {
      const { run, view } = get();
      if (!run || view?.id === run.id) return;
      await command(async () => dispatch({ kind: 'parent', parent: await readParent(run.config) }));
      set((now) => ({ view: now.trained }));
    },
    rename: async (runId, name) => {
      if (!isLive() || get().run?.id !== runId) return false;
      await dispatch({ kind: 'renamed', name });
      return true;
    },
    close: () =>
      set(({ trained }) =>
        trained?.live ? { view: trained } : { view: null, run: null, trained: null, error: null },
      ),
    dismissError: () => set({ error: null }),
  };
});
