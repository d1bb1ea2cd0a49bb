/** Faults of the run: going back to the last checkpoint, giving up, and a stop that a fault overtakes. */
import { asDetails, EquipoiseError, toWire, type WireError } from '../errors/errors';
import { nextTry, type RecoveryNote } from '../training/recovery';
import type { Effect, Note, RunStarted } from './messages';
import type { Run } from './state';

export type Next = readonly [Run, readonly Effect[]];

/** A graphics driver or a full memory may need a moment; a second failure a longer one. */
const PAUSE_MS = 1000;

/** What is true of a run that is over, in whatever way. */
export const OVER = { live: false, asked: null, etaSeconds: null } as const;

/** The recovery that is no longer wanted comes to nothing. */
const quiet = ({ recovery }: Run): Run['recovery'] => ({
  ...recovery,
  turn: recovery.turn + 1,
  active: false,
  attempt: null,
  over: null,
  unlogged: [],
  deaf: false,
});

const asNotes = (faults: readonly WireError[]): readonly Note[] =>
  faults.map((of) => ({ level: 'warning', code: 'fault', details: asDetails(of) }));

const stepOf = ({ lastStep }: Run): number => lastStep?.step ?? 0;

/** The run is over in this tab, and not as it was meant to be. */
function failed(run: Run, error: WireError): Next {
  const entries: Note[] = [
    ...asNotes(run.recovery.unlogged),
    { level: 'error', code: 'failed', details: asDetails(error) },
  ];
  return [
    { ...run, ...OVER, state: 'failed', error, recovery: quiet(run) },
    [{ kind: 'end-worker' }, { kind: 'save' }, { kind: 'note', entries, step: stepOf(run) }],
  ];
}

/**
 * The user has stopped the run and its trainer is no more: what it did since its last checkpoint is lost, and
 * nothing has failed.
 */
export function cutShort(run: Run): Next {
  const step = run.checkpoints.last?.step ?? 0;
  const lost = Math.max(0, stepOf(run) - step);
  const entries: Note[] = [
    ...asNotes(run.recovery.unlogged),
    { level: 'info', code: 'stopped-at-once', details: { step, lost } },
  ];
  return [
    { ...run, ...OVER, state: 'stopped', error: null, wish: 'stop', recovery: quiet(run) },
    [
      { kind: 'end-worker' },
      { kind: 'save' },
      { kind: 'note', entries, step: stepOf(run) },
      { kind: 'show-stored' },
    ],
  ];
}

/** @param logged whether the trainer has put the fault into the run's log */
export function fault(run: Run, error: WireError, logged: boolean): Next {
  const { recovery } = run;
  if (!run.live || recovery.deaf) return [run, []];
  const unlogged = logged ? recovery.unlogged : [...recovery.unlogged, error];
  const known = { ...run, recovery: { ...recovery, unlogged } };
  // What the user wanted has happened, if by other means.
  return run.wish === 'stop' ? cutShort(known) : tryNext(known, error);
}

function tryNext(run: Run, error: WireError): Next {
  const { recovery } = run;
  const [tries, next] = nextTry(recovery.tries, error);
  if (next instanceof EquipoiseError)
    return failed({ ...run, recovery: { ...recovery, tries } }, toWire(next));
  return [
    {
      ...run,
      state: 'preparing',
      error: null,
      etaSeconds: null,
      recovery: { ...recovery, tries, active: true, attempt: next, over: error, deaf: true },
    },
    [{ kind: 'end-worker' }, { kind: 'wait', ms: next * PAUSE_MS, turn: recovery.turn }],
  ];
}

/** The pause is over: a new trainer is called, and told which strategy is wanted next. */
export function recoveryDue(run: Run, turn: number): Next {
  const { recovery, next } = run;
  const { attempt, over, unlogged } = recovery;
  if (turn !== recovery.turn || attempt === null || over === null) return [run, []];
  const note: RecoveryNote = { attempt, fault: over, unlogged };
  return [{ ...run, next: { ...next, sent: next.wanted } }, [{ kind: 'resume', turn, note }]];
}

export function recovered(run: Run, turn: number, from: RunStarted): Next {
  const { recovery, next } = run;
  if (turn !== recovery.turn) return [run, []];
  // From here on, a fault is the resumed run's.
  const over = { ...recovery, active: false, attempt: null, over: null, unlogged: [], deaf: false };
  return [
    { ...started(run, from), recoveries: run.recoveries + 1, recovery: over },
    // Another strategy may have been asked for before the trainer answered.
    next.wanted === next.sent ? [{ kind: 'save' }] : [{ kind: 'save' }, { kind: 'ask-next' }],
  ];
}

export function recoveryFailed(run: Run, turn: number, error: WireError): Next {
  const { recovery } = run;
  if (turn !== recovery.turn) return [run, []];
  return tryNext({ ...run, recovery: { ...recovery, unlogged: [...recovery.unlogged, error] } }, error);
}

export const started = (run: Run, { backend, classes, data }: RunStarted): Run => ({
  ...run,
  backend,
  classes,
  data,
});
