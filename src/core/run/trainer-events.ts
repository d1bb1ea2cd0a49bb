/** What the trainer says of the run, and what becomes of the run. */
import { asMeasured } from '../training/notes/as-measured';
import type { TrainerEvent } from '../training/events';
import { progressed } from '../training/recovery';
import { sameStrategy, type StrategyChoice } from '../training/segments';
import type { ByHand } from '../training/adjustments';
import { bySegment, setBefore, undoneSwitch } from './by-hand';
import { fault, type Next } from './faults';
import type { Message } from './messages';
import { speed } from './speed';
import type { Run } from './state';

type EventMessage = Message & { readonly kind: 'event' };
type Of<K extends TrainerEvent['kind']> = TrainerEvent & { readonly kind: K };

function state(run: Run, { state: now, error, backend }: Of<'state'>, at: number): Next {
  const over = now === 'finished' || now === 'stopped' || now === 'failed';
  return [
    {
      ...run,
      state: now,
      live: !over,
      error,
      asked: null,
      steppedAt: at,
      ...(backend ? { backend } : {}),
      ...(over ? { etaSeconds: null } : {}),
    },
    [{ kind: 'save' }],
  ];
}

function strategy(run: Run, event: Of<'strategy'>): Next {
  const { segments, adjustments, instruments, next } = event;
  const grown = segments.length > run.segments.length;
  const { wanted, byHand } = wishes(run, event, grown);
  const again = grown ? setBefore(byHand, segments.length, event.strategy.id) : null;
  return [
    {
      ...run,
      acting: { ...run.acting, strategy: event.strategy, instruments },
      segments,
      adjustments,
      next: { ...run.next, told: next, wanted },
      byHand,
    },
    [{ kind: 'save' }, ...(again ? [{ kind: 'send-options', options: again } as const] : [])],
  ];
}

/** What the user still wants, now that this strategy is in force. */
function wishes(
  run: Run,
  { strategy: inForce, segments, next }: Of<'strategy'>,
  grown: boolean,
): { readonly wanted: StrategyChoice | null; readonly byHand: ByHand } {
  const { byHand, recovery } = run;
  const { wanted } = run.next;
  const undone = wanted === null && recovery.active ? undoneSwitch(byHand, run.segments, segments) : null;
  // The checkpoint may know of it.
  if (undone && !(next && sameStrategy(next, undone.wanted))) return undone;
  const tookOver = wanted !== null && grown && sameStrategy(inForce, wanted);
  return tookOver ? { wanted: null, byHand: bySegment(byHand) } : { wanted, byHand };
}

function steps(run: Run, event: Of<'steps'>, { now, pace }: EventMessage): Next {
  return [
    {
      ...run,
      lastStep: event.rows.at(-1) ?? null,
      steppedAt: now,
      stepRevision: run.stepRevision + 1,
      stepsPerEpoch: event.stepsPerEpoch,
      ...speed(run, event, pace),
    },
    [],
  ];
}

/** Events of other runs, and those that are about none, change nothing. */
export function onEvent(run: Run, message: EventMessage): Next {
  const { event, now } = message;
  if (event.kind === 'checked' || event.runId !== run.id) return [run, []];
  switch (event.kind) {
    case 'state':
      return state(run, event, now);
    case 'fault':
      return fault(run, event.error, true);
    case 'strategy':
      return strategy(run, event);
    case 'steps':
      return steps(run, event, message);
    case 'epoch': {
      const earlier = run.epochs.filter(({ epoch }) => epoch < event.record.epoch);
      return [{ ...run, epochs: [...earlier, asMeasured(event.record)] }, []];
    }
    case 'test': {
      const { epoch: of, test } = event;
      return [{ ...run, epochs: run.epochs.map((one) => (one.epoch === of ? { ...one, test } : one)) }, []];
    }
    case 'log':
      return [{ ...run, log: [...run.log, ...event.entries] }, []];
    case 'checkpoint': {
      const { which, step, epoch, bytes } = event;
      const { recovery, checkpoints } = run;
      return [
        {
          ...run,
          checkpoints: { ...checkpoints, [which]: { step, epoch, bytes } },
          recovery: { ...recovery, tries: progressed(recovery.tries) },
        },
        [],
      ];
    }
    case 'memory':
      return [{ ...run, memory: { tensors: event.tensors, bytes: event.bytes } }, []];
    case 'tuning':
      return [run, []];
  }
}
