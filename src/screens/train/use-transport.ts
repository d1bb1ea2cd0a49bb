/** What Play, Pause, Step and Stop mean in the present state, and which of them make sense. */
import { useCallback } from 'react';
import { useDraft } from '../../state/draft';
import { useFork } from '../../state/fork';
import { useLibrary } from '../../state/library';
import { useRun } from '../../state/run';

export interface TransportActions {
  readonly canPlay: boolean;
  readonly canPause: boolean;
  readonly canStep: boolean;
  readonly canStop: boolean;
  readonly play: () => void;
  readonly pause: () => void;
  readonly step: () => void;
  readonly stop: () => void;
  /** Pause while running, else play. */
  readonly toggle: () => void;
  /** Goes on with the stored run in view; null where there is nothing to go on from. */
  readonly continueRun: (() => void) | null;
  /** Asks how to fork the run in view; null while it goes, or without a checkpoint. */
  readonly fork: (() => void) | null;
}

export function useTransport(): TransportActions {
  const live = useRun((s) => s.view?.live === true);
  const state = useRun((s) => s.view?.state ?? null);
  const id = useRun((s) => s.view?.id ?? null);
  const hasCheckpoint = useRun((s) => (s.view?.checkpoints.last ?? null) !== null);
  const starting = useRun((s) => s.starting !== null);
  const running = live && state === 'running';
  const paused = live && state === 'paused';
  const recovering = useRun((s) => (s.view?.recovering ?? null) !== null);
  const idle = !live && !starting;

  const play = useCallback(() => {
    const { view, starting: busy, ...run } = useRun.getState();
    if (busy) return;
    if (view?.live) void run.play();
    else void run.start(useDraft.getState().config).then(() => useLibrary.getState().refresh());
  }, []);
  const pause = useCallback(() => void useRun.getState().pause(), []);
  const stop = useCallback(() => void useRun.getState().stop().then(() => useLibrary.getState().refresh()), []);
  const step = useCallback(() => {
    const { view, starting: busy, ...run } = useRun.getState();
    if (busy || (view?.live && view.state !== 'paused')) return;
    if (view?.live) void run.step();
    else void run.start(useDraft.getState().config, { paused: true }).then((started) => { if (started) void useRun.getState().step(); });
  }, []);
  const toggle = useCallback(() => {
    const { view } = useRun.getState();
    if (view?.live && view.state === 'running') pause();
    else play();
  }, [pause, play]);

  const canContinue = idle && id !== null && hasCheckpoint && state !== 'finished';
  return {
    canPlay: paused || idle, canPause: running, canStep: paused || idle, canStop: live && (running || paused || recovering),
    play, pause, step, stop, toggle,
    continueRun: canContinue ? () => void useRun.getState().resume(id) : null,
    fork: (idle || paused) && id !== null && hasCheckpoint ? () => void useFork.getState().ask(id) : null,
  };
}
