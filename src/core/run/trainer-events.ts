/** What the trainer says of the run, and what becomes of the run. */
import { asMeasured } from '../training/notes/as-measured';
import type { TrainerEvent } from '../training/events';
import { progressed } from '../training/recovery';
import { sameStrategy } from '../training/segments';
import { bySegment, setBefore } from './by-hand';
import { fault, type Next } from './faults';
import type { Effect, Message } from './messages';
import { speed } from './speed';
import type { Run } from './state';
import { due, goneBack } from './undone';

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

function strategy(before: Run, event: Of<'strategy'>): Next {
  const { segments, adjustments, instruments } = event;
  const grown = segments.length > before.segments.length;
  const run = wishes(before, event, grown);
  const again = grown ? setBefore(run.byHand, segments.length, event.strategy.id) : null;
  const known = {
    ...run,
    acting: { ...run.acting, strategy: event.strategy, instruments },
    segments,
    adjustments,
  };
  const now = grown && !run.recovery.active ? due(known, segments.at(-1)!.epoch) : known;
  const effects: readonly Effect[] = [
    { kind: 'save' },
    ...(again ? [{ kind: 'send-options', options: again } as const] : []),
    ...(now === known ? [] : [{ kind: 'ask-next' } as const]),
  ];
  return [now, effects];
}

/** What the user still wants, now that this strategy is in force. */
function wishes(run: Run, event: Of<'strategy'>, grown: boolean): Run {
  const { strategy: inForce, next } = event;
  const gone = run.recovery.active ? goneBack(run, event) : null;
  if (gone) return { ...gone, next: { ...gone.next, told: next } };
  const { wanted } = run.next;
  const told = { ...run, next: { ...run.next, told: next } };
  return wanted !== null && grown && sameStrategy(inForce, wanted)
    ? { ...told, next: { ...told.next, wanted: null }, byHand: bySegment(run.byHand) }
    : told;
}

/**
 * Asks for a switch that a recovery undid, where it is due: of one that is not over yet, what is wanted is told
 * when it is. @param epoch 1-based, the one under way
 */
function askedAgain(run: Run, epoch: number): Next {
  const now = run.recovery.active ? run : due(run, epoch);
  return [now, now === run ? [] : [{ kind: 'ask-next' }, { kind: 'save' }]];
}

function steps(run: Run, event: Of<'steps'>, { now, pace }: EventMessage): Next {
  const last = event.rows.at(-1) ?? null;
  return askedAgain(
    {
      ...run,
      lastStep: last,
      steppedAt: now,
      stepRevision: run.stepRevision + 1,
      stepsPerEpoch: event.stepsPerEpoch,
      ...speed(run, event, pace),
    },
    last?.epoch ?? 0,
  );
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
      return askedAgain({ ...run, epochs: [...earlier, asMeasured(event.record)] }, event.record.epoch + 1);
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
