/** Long work: how far it is, and how it is cancelled. */
import { CancelledError } from './errors/errors';

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is being worked on: a path or an id. */
  readonly current: string;
}

/** The part of an AbortSignal that is needed here; an AbortSignal is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
}

/** Throws CancelledError once `signal` is aborted; for loops between two pieces of work. */
export function throwIfCancelled(signal: CancelSignal | undefined, what: string): void {
  if (signal?.aborted) throw new CancelledError(what);
}
