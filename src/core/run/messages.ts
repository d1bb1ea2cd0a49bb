/** What can happen to a run, and what is to be done about it. */
import type { WireError } from '../errors/errors';
import type { BackendReport, LogEntry, TrainerEvent } from '../training/events';
import type { RecoveryNote } from '../training/recovery';
import type { Instruments } from '../config/run-config';
import type { RunData } from '../training/run-data';
import type { StrategyChoice } from '../training/segments';
import type { StrategyOptions } from '../weighting/types';
import type { RunView } from './view';

/** How a run began: what computes, and what it is asked to tell apart. */
export interface RunStarted {
  readonly backend: BackendReport;
  /** Class names per task, in the order of RunConfig.tasks. */
  readonly classes: readonly (readonly string[])[];
  readonly data: RunData;
}

export type Message =
  /** The trainer says something. @param now by the page's clock  @param pace see RunStore */
  | {
      readonly kind: 'event';
      readonly event: TrainerEvent;
      readonly now: number;
      readonly pace: number | null;
    }
  /** Its worker is gone: nobody has put the fault into the log. */
  | { readonly kind: 'down'; readonly error: WireError }
  /** The user presses Pause, Play, Step or Stop. */
  | { readonly kind: 'ask'; readonly what: 'pause' | 'play' | 'step' | 'stop' }
  /** The user wants it to end, whatever is lost. */
  | { readonly kind: 'end-now' }
  /** The trainer is about to be called to go on with it. @param pack the features that it reads */
  | { readonly kind: 'preparing'; readonly pack: string }
  /** The trainer goes on with it. */
  | { readonly kind: 'resumed' }
  /** It goes. */
  | { readonly kind: 'started'; readonly from: RunStarted }
  /** It does not. */
  | { readonly kind: 'start-failed'; readonly error: WireError; readonly save: boolean }
  /** Its start was called off. @param state what it was before */
  | { readonly kind: 'called-off'; readonly state: RunView['state'] }
  /** Its features are another corpus's by now. */
  | { readonly kind: 'moved'; readonly corpusId: string; readonly packId: string }
  | { readonly kind: 'renamed'; readonly name: string }
  /** The pause before a try is over. */
  | { readonly kind: 'recovery-due'; readonly turn: number }
  | { readonly kind: 'recovered'; readonly turn: number; readonly from: RunStarted }
  | { readonly kind: 'recovery-failed'; readonly turn: number; readonly error: WireError }
  /** A control of a live option was moved. */
  | { readonly kind: 'option-set'; readonly changed: StrategyOptions }
  /** Time to send what was set. */
  | { readonly kind: 'options-due' }
  | { readonly kind: 'options-answered' }
  /** The trainer has taken options of a segment. */
  | { readonly kind: 'options-taken'; readonly options: StrategyOptions; readonly segment: number }
  | { readonly kind: 'instruments-taken'; readonly instruments: Instruments }
  /** The user wants another strategy from the next epoch on; null takes that back. */
  | { readonly kind: 'next-wanted'; readonly strategy: StrategyChoice | null }
  /** The trainer does not take it. */
  | { readonly kind: 'next-refused'; readonly strategy: StrategyChoice | null }
  | { readonly kind: 'storage-emptied' }
  | { readonly kind: 'noted'; readonly entry: LogEntry }
  /** What is stored of the run that was cut short. */
  | { readonly kind: 'stored'; readonly view: RunView }
  | { readonly kind: 'parent'; readonly parent: RunView['parent'] };

export type Note = Pick<LogEntry, 'level' | 'code' | 'details'>;

export type Effect =
  /** Writes the record. */
  | { readonly kind: 'save' }
  /** Ends the worker, whatever state it is in. */
  | { readonly kind: 'end-worker' }
  /** Says `recovery-due` after so long. */
  | { readonly kind: 'wait'; readonly ms: number; readonly turn: number }
  /** Has a new trainer go on from the last checkpoint. */
  | { readonly kind: 'resume'; readonly turn: number; readonly note: RecoveryNote }
  /** Tells the trainer again which strategy is wanted next. */
  | { readonly kind: 'ask-next' }
  /** Says `options-due` a moment later, once for all that is set until then. */
  | { readonly kind: 'send-soon' }
  | { readonly kind: 'send-options'; readonly options: StrategyOptions }
  /** Puts into the log what no trainer is left to put there. */
  | { readonly kind: 'note'; readonly entries: readonly Note[]; readonly step: number }
  /** Shows what is stored from here on. */
  | { readonly kind: 'show-stored' };
