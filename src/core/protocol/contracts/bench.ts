/** What page, benchmark worker and the one with TensorFlow.js as shipped say to each other. */
import type { BenchCase, Preset } from '../../bench/cases';
import type { Recorded } from '../../bench/line';
import type { BackendId } from '../../config/run-config';
import type { WireError } from '../../errors/errors';
import type { Progress } from '../../progress';

export interface BenchProgress extends Progress {
  readonly backend: BackendId;
  /** A finished case; null when `current` begins. */
  readonly line: Recorded | null;
}

/** A backend of ours that could not be used, and why. */
export interface BenchFailure {
  readonly backend: BackendId;
  readonly error: WireError;
}

export interface BenchResult {
  readonly lines: readonly Recorded[];
  readonly failures: readonly BenchFailure[];
}

/** Measures this machine: our engine beside TensorFlow.js as shipped, case by case. */
export interface BenchContract {
  readonly requests: {
    /** `machine`: what the user calls this machine; empty for what the browser tells. */
    readonly run: {
      readonly payload: {
        readonly preset: Preset;
        readonly backends: readonly BackendId[];
        readonly machine: string;
      };
      readonly result: BenchResult;
      readonly progress: BenchProgress;
    };
  };
  readonly event: never;
}

/**
 * TensorFlow.js as shipped, in a worker of its own: nested in the one that measures. One backend, one case at
 * a time.
 */
export interface BenchShippedContract {
  readonly requests: {
    readonly open: { readonly payload: { readonly backend: BackendId }; readonly result: null };
    readonly prepare: { readonly payload: { readonly benchCase: BenchCase }; readonly result: null };
    /** Milliseconds of `count` runs together. */
    readonly time: { readonly payload: { readonly count: number }; readonly result: number };
    readonly release: { readonly payload: null; readonly result: null };
  };
  readonly event: never;
}
