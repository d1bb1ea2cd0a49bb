/** What the page and the worker of tests and curves say to each other. */
import type { FoldRun } from '../../compare/cross-validation';
import type { FoldsTogether } from '../../compare/pooled';
import type { AcrossMatrix } from '../../compare/across';
import type { PairComparison } from '../../compare/on-utterances';
import type { SeedAnswer, SeedQuestion } from '../../compare/over-seeds';
import type { StepCurves } from '../../compare/over-steps';
import type { StoredPredictions } from '../../compare/utterance-columns';

/** Which predictions of two runs are compared: of the validation side at that checkpoint, or of the test part. */
export type PairedOn = 'best' | 'last' | 'test';

/** A matrix of runs that each train on one value of a column and test on the others. */
export interface AcrossAnswer {
  readonly matrix: AcrossMatrix;
  /** Runs without predictions of a test part: not finished, or imported without them. */
  readonly untested: number;
  /** The corpus is no longer stored: nobody knows who speaks, and cells cannot be told apart. */
  readonly unknown: boolean;
}

/** Tests of stored runs, off the page's thread: the bootstrap takes its time. */
export interface StatsContract {
  readonly requests: {
    readonly pair: {
      readonly payload: {
        readonly first: string;
        readonly second: string;
        readonly on: PairedOn;
      };
      readonly result: PairComparison;
    };
    /** What a run predicted of each utterance; null where its checkpoint holds nothing of that. */
    readonly predictions: {
      readonly payload: { readonly runId: string; readonly of: PairedOn };
      readonly result: StoredPredictions | null;
    };
    /** Curves over the steps of stored runs, each of so many points at most. */
    readonly steps: {
      readonly payload: { readonly runIds: readonly string[]; readonly points: number };
      readonly result: readonly StepCurves[];
    };
    /** The runs of each recipe over its folds: what is missing, and all predictions together. */
    readonly together: {
      readonly payload: {
        readonly recipes: readonly (readonly FoldRun[])[];
        readonly on: Exclude<PairedOn, 'test'>;
      };
      /** One a recipe. */
      readonly result: readonly FoldsTogether[];
    };
    readonly across: {
      readonly payload: { readonly runIds: readonly string[]; readonly task: string };
      readonly result: AcrossAnswer;
    };
    readonly seeds: {
      readonly payload: { readonly questions: readonly SeedQuestion[] };
      readonly result: readonly SeedAnswer[];
    };
  };
  readonly event: never;
}
