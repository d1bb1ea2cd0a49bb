/**
 * The one owner of a run: what happens to it (messages) makes the next state and says what is to be done
 * (effects). Pure: carrying effects out is src/state/run/run-effects.ts. Everything that races - a fault beside a
 * stop, a switch beside a recovery, options of a strategy that is no more - is decided here.
 */
import { checkOptions } from '../config/check-options';
import { sameStrategy, type StrategyChoice } from '../training/segments';
import { untilSegment, withOptions } from './by-hand';
import { cutShort, fault, OVER, recovered, recoveryDue, recoveryFailed, started, type Next } from './faults';
import { answered, setLive, takeUnsent } from './live-options';
import type { Message } from './messages';
import { isRecovering, segmentOf, type Run } from './state';
import { onEvent } from './trainer-events';
import type { RunView } from './view';

const ASKED = { pause: 'pause', play: null, step: undefined, stop: 'stop' } as const;
const WISH = { pause: 'pause', play: 'run', step: 'pause', stop: 'stop' } as const;

function ask(run: Run, what: keyof typeof WISH): Next {
  if (!run.live) return [run, []];
  const asked = ASKED[what];
  // Nothing is waited for while there is no step under way.
  const shown = asked === undefined || (asked !== null && isRecovering(run)) ? run.asked : asked;
  return [{ ...run, wish: WISH[what], asked: shown }, []];
}

function optionsTaken(run: Run, { options, segment }: Message & { kind: 'options-taken' }): Next {
  const { byHand, acting, segments } = run;
  if (segment !== segments.length) return [run, []]; // what acted is over
  const taken = { strategy: acting.strategy.id, segment, values: options };
  return [{ ...run, adjusted: true, byHand: withOptions(byHand, taken) }, [{ kind: 'save' }]];
}

/** With the options that it has by default; what does not fit stays as it is, for the trainer to refuse. */
function complete(choice: StrategyChoice | null, { config }: Run): StrategyChoice | null {
  if (!choice) return null;
  try {
    return { ...choice, options: checkOptions(choice.id, choice.options, config.tasks.length) };
  } catch {
    return choice;
  }
}

const nextWanted = (run: Run, { strategy }: Message & { kind: 'next-wanted' }): Run => ({
  ...run,
  next: { ...run.next, wanted: complete(strategy, run) },
  byHand: untilSegment(run.byHand, run.segments.length),
  // What the user wants now takes the place of what was to be made again.
  undone: [],
});

function nextRefused(run: Run, { strategy }: Message & { kind: 'next-refused' }): Run {
  const { wanted, told } = run.next;
  const refused = complete(strategy, run);
  const isWanted = wanted === null || refused === null ? wanted === refused : sameStrategy(wanted, refused);
  return isWanted ? { ...run, next: { ...run.next, wanted: told } } : run;
}

function optionsDue(run: Run): Next {
  const [setting, options] = takeUnsent(run.setting, segmentOf(run));
  return [{ ...run, setting }, options && run.live ? [{ kind: 'send-options', options }] : []];
}

export function reduce(run: Run, message: Message): Next {
  switch (message.kind) {
    case 'event':
      return onEvent(run, message);
    case 'down':
      return fault(run, message.error, false);
    case 'ask':
      return ask(run, message.what);
    case 'end-now':
      return run.live ? cutShort(run) : [run, []];
    case 'preparing':
      return [preparing(run, message.pack), []];
    case 'resumed':
      // Another strategy may have been asked for before the trainer answered.
      return [run, run.wish === 'stop' || run.next.wanted === run.next.sent ? [] : [{ kind: 'ask-next' }]];
    case 'started':
      return [started(run, message.from), [{ kind: 'save' }]];
    case 'start-failed':
      return [
        { ...run, ...OVER, state: 'failed', error: message.error },
        message.save ? [{ kind: 'save' }] : [],
      ];
    case 'called-off':
      return [{ ...run, ...OVER, state: message.state, error: null }, [{ kind: 'save' }]];
    case 'moved':
      return [{ ...run, corpusId: message.corpusId, packId: message.packId }, [{ kind: 'save' }]];
    case 'renamed':
      return [{ ...run, name: message.name }, [{ kind: 'save' }]];
    case 'recovery-due':
      return recoveryDue(run, message.turn);
    case 'recovered':
      return recovered(run, message.turn, message.from);
    case 'recovery-failed':
      return recoveryFailed(run, message.turn, message.error);
    case 'option-set':
      return [
        { ...run, setting: setLive(run.setting, segmentOf(run), message.changed) },
        [{ kind: 'send-soon' }],
      ];
    case 'options-due':
      return optionsDue(run);
    case 'options-answered':
      return [{ ...run, setting: answered(run.setting) }, []];
    case 'options-taken':
      return optionsTaken(run, message);
    case 'instruments-taken':
      return [{ ...run, byHand: { ...run.byHand, instruments: message.instruments } }, [{ kind: 'save' }]];
    case 'next-wanted':
      return [nextWanted(run, message), []];
    case 'next-refused':
      return [nextRefused(run, message), []];
    case 'storage-emptied':
      return [{ ...run, checkpoints: { best: null, last: null } }, [{ kind: 'save' }]];
    case 'noted':
      return [{ ...run, log: [...run.log, message.entry] }, []];
    case 'stored':
      return stored(run, message.view);
    case 'parent':
      return [{ ...run, parent: message.parent }, []];
  }
}

const preparing = (run: Run, pack: string): Run => ({
  ...run,
  live: true,
  state: 'preparing',
  error: null,
  pack,
  next: { ...run.next, sent: run.next.wanted },
});

/** What is stored takes the place of what was in memory; the run is over. */
function stored(run: Run, { config, nextStrategy, ...view }: RunView): Next {
  if (run.live || run.id !== view.id) return [run, []];
  const { recovering: _none, imported: _imported, liveOptions: _options, testDue: _due, ...shown } = view;
  return [
    {
      ...run,
      ...shown,
      stepRevision: run.stepRevision + 1,
      acting: config,
      next: { ...run.next, told: nextStrategy },
    },
    [],
  ];
}
