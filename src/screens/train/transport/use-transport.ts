/** What Play, Pause, Step and Stop mean in the present state, and which of them make sense. */
import { useCallback } from 'react';
import { isSameWork } from '../../../core/training/sweep';
import { useDraft } from '../../../state/draft';
import { useFork } from '../../../state/run/fork';
import { useLibrary } from '../../../state/runs/library';
import { useRun } from '../../../state/run/run';
import type { RunStore } from '../../../state/types';

export interface TransportActions {
  readonly canPlay: boolean;
  readonly canPause: boolean;
  readonly canStep: boolean;
  readonly canStop: boolean;
  readonly play: () => void;
  readonly pause: () => void;
  /** Of the run that goes, of the stored one that is gone on with, or of a new one, which is then paused. */
  readonly step: () => void;
  readonly stop: () => void;
  /** What the highlighted button does. */
  readonly toggle: () => void;
  /** Goes on with the stored run in view; null where there is nothing to go on from. */
  readonly continueRun: (() => void) | null;
  /**
   * Whether that is what Space and Step do: the configuration is still that of the run, so nobody has
   * prepared another one.
   */
  readonly continues: boolean;
  /** Asks how to fork the run in view; null while it goes, or without a checkpoint. */
  readonly fork: (() => void) | null;
  /** Back to the run that is trained here; null where it is the one in view, or none goes. */
  readonly follow: (() => void) | null;
}

/** Another run than the one that goes is looked at. */
const isLooking = ({ view, trained }: RunStore): boolean => trained?.live === true && view?.id !== trained.id;
/** The stored run in view that can go on; null where there is none. */
const continuable = ({ view, trained, starting }: RunStore): string | null =>
  view &&
  !trained?.live &&
  starting === null &&
  view.checkpoints.last !== null &&
  (view.state !== 'finished' || view.testDue)
    ? view.id
    : null;
/** The same, where the configuration that a new run would have is the one that this run has. */
const continued = (store: RunStore): string | null =>
  store.view && isSameWork(store.view.config, useDraft.getState().config) ? continuable(store) : null;

const play = (): void => {
  const { trained, starting, ...run } = useRun.getState();
  if (starting) return;
  if (trained?.live) void run.play();
  else void run.start(useDraft.getState().config).then(() => useLibrary.getState().refresh());
};
const pause = (): void => void useRun.getState().pause();
const stop = (): void =>
  void useRun
    .getState()
    .stop()
    .then(() => useLibrary.getState().refresh());
const follow = (): void => void useRun.getState().follow();
const goOn = (): void => {
  const id = continuable(useRun.getState());
  if (id) void useRun.getState().resume(id);
};
const step = (): void => {
  const store = useRun.getState();
  const { trained, starting, start, resume } = store;
  if (starting || isLooking(store) || (trained?.live && trained.state !== 'paused')) return;
  const single = (): void => {
    if (useRun.getState().trained?.live) void useRun.getState().step();
  };
  const stored = continued(store);
  if (trained?.live) single();
  else if (stored) void resume(stored, 'last', { paused: true }).then(single);
  else void start(useDraft.getState().config, { paused: true }).then(single);
};
const toggle = (): void => {
  const store = useRun.getState();
  if (isLooking(store)) follow();
  else if (store.trained?.live && store.trained.state === 'running' && store.trained.asked === null) pause();
  else if (continued(store)) goOn();
  else play();
};

export function useTransport(): TransportActions {
  const live = useRun((s) => s.trained?.live === true);
  const state = useRun((s) => s.trained?.state ?? null);
  const asked = useRun((s) => s.trained?.asked ?? null);
  const id = useRun((s) => s.view?.id ?? null);
  const hasCheckpoint = useRun((s) => (s.view?.checkpoints.last ?? null) !== null);
  const starting = useRun((s) => s.starting !== null);
  const recovering = useRun((s) => (s.trained?.recovering ?? null) !== null);
  const looking = useRun(isLooking);
  const stored = useRun(continuable);
  const config = useRun((s) => s.view?.config ?? null);
  const isDraft = useDraft((s) => config !== null && isSameWork(config, s.config));
  const running = live && !looking && state === 'running';
  const paused = live && !looking && state === 'paused';
  const idle = !live && !starting;
  const ask = useCallback(() => {
    if (id !== null) void useFork.getState().ask(id);
  }, [id]);
  return {
    canPlay: paused || idle || (running && asked !== null),
    canPause: running && asked === null,
    canStep: paused || idle,
    canStop: starting || (live && !looking && asked !== 'stop' && (running || paused || recovering)),
    play,
    pause,
    step,
    stop,
    toggle,
    continueRun: stored === null ? null : goOn,
    continues: stored !== null && isDraft,
    fork: (idle || paused) && id !== null && hasCheckpoint ? ask : null,
    follow: looking ? follow : null,
  };
}
