/**
 * One item of the queue as a run: skipped where it was made before, begun or continued, and how it ended. Not
 * here: which comes next (queue.ts).
 */
import { queue, runs } from '../../clients/shelf';
import { toWire, type WireError } from '../../core/errors/errors';
import { parseRunConfig } from '../../core/config/parse';
import { mayBeWhole } from '../../core/training/run-data';
import { beginningNow, workKey, type QueueItem } from '../../core/training/sweep';
import type { RunState } from '../../core/training/events';
import type { RunRecord } from '../../storage/schema';
import { useRun } from '../run/run';

export type Outcome =
  | { readonly kind: 'over' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'blocked'; readonly error: WireError };

/** Only the user can help: a folder must be opened, a permission given. */
const NEEDS_CORPUS = [
  'corpus-not-open',
  'corpus-unread',
  'folder-closed',
  'part-closed',
  'folder-gone',
  'permission',
  'no-handle',
];
const ENDED: readonly RunState[] = ['finished', 'stopped', 'failed'];

/**
 * What a finished run has done, where it was nothing but its configuration: not forked, not switched, no
 * options moved by hand, no files missing, not read from a file.
 */
export function workDone({
  state,
  adjusted,
  segments,
  imported,
  config,
  data,
}: Pick<RunRecord, 'state' | 'adjusted' | 'segments' | 'imported' | 'config' | 'data'>): string | null {
  if (state !== 'finished' || adjusted || segments.length > 1 || imported || mayBeWhole(data)) return null;
  try {
    return workKey(parseRunConfig(config));
  } catch {
    return null; // of a version that knew other things
  }
}

async function doneBefore(config: QueueItem['config']): Promise<RunRecord | null> {
  const key = workKey(beginningNow(parseRunConfig(config)));
  return (await runs.list()).find((record) => workDone(record) === key) ?? null;
}

/** Waits until nothing of the user's own runs in this tab. */
export function untilFree(): Promise<void> {
  const free = (): boolean => !useRun.getState().trained?.live && useRun.getState().starting === null;
  return new Promise((resolve) => {
    if (free()) return resolve();
    const off = useRun.subscribe(() => {
      if (free()) {
        off();
        resolve();
      }
    });
  });
}

function ended(id: string): Promise<RunState> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const { trained: view } = useRun.getState();
      const over = view?.id !== id || (!view.live && ENDED.includes(view.state));
      if (over) resolve(view?.id === id ? view.state : 'stopped');
      return over;
    };
    if (look()) return;
    const off = useRun.subscribe(() => {
      if (look()) off();
    });
  });
}

/** @param begun called once its run goes */
export async function workOff(
  item: QueueItem,
  changed: () => Promise<void>,
  begun: () => Promise<void>,
): Promise<Outcome> {
  const put = async (change: Partial<QueueItem>): Promise<void> => {
    await queue.change(item.id, (now) => ({ ...now, ...change }));
    await changed();
  };
  const before = item.runId === null ? await doneBefore(item.config) : null;
  if (before) {
    await put({ state: 'skipped', runId: before.id, error: null });
    return { kind: 'over' };
  }
  const stored = item.runId === null ? undefined : await runs.get(item.runId);
  if (stored?.state === 'finished') {
    await put({ state: 'done', error: null });
    return { kind: 'over' };
  }
  await put({ state: 'running', error: null, tries: item.tries + (item.state === 'running' ? 0 : 1) });
  const run = useRun.getState();
  run.dismissError();
  let runId = stored?.id ?? null;
  // A reload between the record and the first step must find the run again, not begin another one.
  const off = useRun.subscribe(({ trained: view }) => {
    if (!view?.live || view.id === runId) return;
    runId = view.id;
    void put({ runId });
  });
  try {
    if (stored) await run.resume(stored.id);
    else await run.start(item.config);
  } catch (error) {
    await put({ state: 'failed', error: toWire(error) });
    return { kind: 'over' };
  } finally {
    off();
  }
  const { error } = useRun.getState();
  if (error?.code === 'busy' || error?.code === 'locked') {
    await put({ state: 'waiting', tries: item.tries });
    return { kind: 'busy' };
  }
  if (error && NEEDS_CORPUS.includes(error.code)) {
    // It was not begun: it waits, and so does everything behind it.
    await put({ state: 'waiting', tries: item.tries });
    return { kind: 'blocked', error };
  }
  if (error || runId === null) {
    await put(error ? { state: 'failed', error, runId } : { state: 'stopped', runId });
    return error ? { kind: 'over' } : { kind: 'stopped' }; // no error: the preparation was called off
  }
  await begun();
  const state = await ended(runId);
  const failure = useRun.getState().trained?.error ?? null;
  await put(
    state === 'finished'
      ? { state: 'done', runId }
      : state === 'failed'
        ? { state: 'failed', runId, error: failure }
        : { state: 'stopped', runId },
  );
  return { kind: state === 'stopped' ? 'stopped' : 'over' };
}
