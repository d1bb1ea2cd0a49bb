/**
 * The queue of runs to be made: kept in the database, worked off one after the other by one tab, through the
 * same run store that Play uses. A failed run does not stop the rest; a run that the user stops pauses the
 * queue. Not here: one item (queue-item.ts).
 */
import { create } from 'zustand';
import { queue, queueIsHeld, settings, withQueueLock } from '../../clients/shelf';
import { toWire } from '../../core/errors/errors';
import type { QueueItem } from '../../core/training/sweep';
import { useCorpus } from '../corpus/corpus';
import { useLibrary } from '../runs/library';
import { untilFree, workOff } from './queue-item';
import { useRun } from '../run/run';
import { unlessBlocked } from '../runs/storage';
import type { QueueStore } from '../types';

const PAUSED = 'queue-paused';
const isPaused = async (): Promise<boolean> => (await settings.get<boolean>(PAUSED)) === true;
/** Another tab has the run or the trainer: it is tried again after this. */
const BUSY_MS = 2000;

export const useQueue = create<QueueStore>()((set, get) => {
  const refresh = async (): Promise<void> => set({ items: await queue.list() });

  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      await refresh();
    } catch (error) {
      set({ error: unlessBlocked(error) });
    }
  };

  /** This tab holds the queue, or waits to hold it. */
  let driving = false;

  const next = (items: readonly QueueItem[]): QueueItem | undefined =>
    items.find(({ state }) => state === 'running') ?? items.find(({ state }) => state === 'waiting');

  const work = async (): Promise<void> => {
    for (;;) {
      await refresh();
      if (await isPaused()) return set({ status: 'paused' });
      const item = next(get().items);
      if (!item) return set({ status: 'idle' });
      set({ status: 'running', error: null, waitingFor: null });
      await untilFree();
      // What the user did meanwhile counts: it may be paused, moved, removed.
      if ((await isPaused()) || next(await queue.list())?.id !== item.id) continue;
      const outcome = await workOff(item, refresh, async () => {
        if (await isPaused()) await useRun.getState().pause();
      });
      void useLibrary.getState().refresh();
      if (outcome.kind === 'blocked')
        return set({ status: 'blocked', error: outcome.error, waitingFor: item.config.corpus });
      if (outcome.kind === 'stopped') await settings.put(PAUSED, true);
      if (outcome.kind === 'busy')
        await new Promise((resolve) => {
          setTimeout(resolve, BUSY_MS);
        });
    }
  };

  const drive = async (): Promise<void> => {
    if (driving) return;
    driving = true;
    try {
      if (await queueIsHeld()) set({ status: 'elsewhere' });
      await withQueueLock(work);
    } catch (error) {
      set({ status: 'idle', error: toWire(error) });
    } finally {
      driving = false;
    }
    // What was queued while the last look found nothing.
    const { status, items } = get();
    if (status === 'idle' && get().error === null && next(items)) void drive();
  };

  // The corpus that the queue waits for may be opened on any screen.
  useCorpus.subscribe(({ manifest, connected }, before) => {
    if (
      get().status === 'blocked' &&
      manifest &&
      connected &&
      (manifest !== before.manifest || !before.connected)
    )
      void drive();
  });

  return {
    status: 'idle',
    items: [],
    error: null,
    waitingFor: null,
    refresh: () => attempt(async () => undefined),
    restore: () =>
      attempt(async () => {
        const items = await queue.list();
        if (await isPaused())
          set({
            status: items.some(({ state }) => state === 'waiting' || state === 'running') ? 'paused' : 'idle',
          });
        else if (next(items)) void drive();
      }),
    add: async (configs, sweep) => {
      const sweepId = crypto.randomUUID();
      await attempt(async () => {
        const last = Math.max(0, ...(await queue.list()).map(({ order }) => order));
        await queue.put(
          configs.map((config, i): QueueItem => ({
            id: crypto.randomUUID(),
            sweepId,
            sweep,
            order: last + 1 + i,
            config,
            state: 'waiting',
            runId: null,
            error: null,
            tries: 0,
          })),
        );
        if (await isPaused()) set({ status: 'paused' });
        else void drive();
      });
      return sweepId;
    },
    pause: () =>
      attempt(async () => {
        await settings.put(PAUSED, true);
        const { items, status } = get();
        const { trained: view } = useRun.getState();
        set({ status: 'paused' });
        if (
          status === 'running' &&
          view?.live &&
          items.some(({ runId, state }) => state === 'running' && runId === view.id)
        )
          await useRun.getState().pause();
      }),
    resume: () =>
      attempt(async () => {
        await settings.put(PAUSED, false);
        const { trained: view } = useRun.getState();
        const own =
          view?.live &&
          (await queue.list()).some(({ runId, state }) => state === 'running' && runId === view.id);
        if (driving) set({ status: 'running' });
        if (own && view.state === 'paused') await useRun.getState().play();
        void drive();
      }),
    move: (id, by) =>
      attempt(async () => {
        const waiting = (await queue.list()).filter(({ state }) => state === 'waiting');
        const at = waiting.findIndex((item) => item.id === id);
        const [item, other] = [waiting[at], waiting[at + by]];
        if (item && other)
          await queue.put([
            { ...item, order: other.order },
            { ...other, order: item.order },
          ]);
      }),
    remove: (ids) =>
      attempt(async () => {
        const removable = (await queue.list())
          .filter(({ id, state }) => ids.includes(id) && (state !== 'running' || get().status === 'paused'))
          .map(({ id }) => id);
        await queue.remove(removable);
      }),
    retry: (ids) =>
      attempt(async () => {
        const again = (await queue.list()).filter(
          ({ id, state }) => ids.includes(id) && (state === 'failed' || state === 'stopped'),
        );
        await queue.put(again.map((item) => ({ ...item, state: 'waiting' as const, error: null })));
        if (await isPaused()) set({ status: 'paused' });
        else void drive();
      }),
    dismissError: () => set({ error: null }),
  };
});
