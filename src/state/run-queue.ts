/**
 * Runs several configurations one after the other in this tab. The one place where the paper's page hands over what is to be run:
 * an unattended queue that survives a reload can take its place behind `queueRuns`.
 */
import { create } from 'zustand';
import type { RunConfig } from '../core/training/run-config';
import { useLibrary } from './library';
import { useRun } from './run';

export interface RunQueueState {
  /** What is still to be started, in order. */
  readonly waiting: readonly RunConfig[];
  readonly working: boolean;
}

export const useRunQueue = create<RunQueueState>()(() => ({ waiting: [], working: false }));

/** Resolves when the run in view is over, paused runs included: they are waited for. */
const idle = (): Promise<void> => new Promise((resolve) => {
  const over = (): boolean => !useRun.getState().view?.live && useRun.getState().starting === null;
  if (over()) return resolve();
  const off = useRun.subscribe(() => { if (over()) { off(); resolve(); } });
});

/**
 * Adds runs to the queue and works it off. A run that cannot be started, or that is stopped by hand or fails, ends the queue:
 * what is left would fail likewise, or is not wanted any more.
 */
export async function queueRuns(configs: readonly RunConfig[]): Promise<void> {
  useRunQueue.setState(({ waiting }) => ({ waiting: [...waiting, ...configs] }));
  if (useRunQueue.getState().working) return;
  useRunQueue.setState({ working: true });
  try {
    for (let next = useRunQueue.getState().waiting[0]; next; next = useRunQueue.getState().waiting[0]) {
      await idle();
      useRunQueue.setState(({ waiting }) => ({ waiting: waiting.slice(1) }));
      const id = await useRun.getState().start(next);
      await idle();
      await useLibrary.getState().refresh();
      if (!id || useRun.getState().view?.state !== 'finished') break;
    }
  } finally {
    useRunQueue.setState({ waiting: [], working: false });
  }
}
