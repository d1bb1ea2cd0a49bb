/** What the page and the worker of tests and curves say to each other. */
import type { FoldRun } from '../../compare/cross-validation';
import type { FoldsTogether } from '../../compare/pooled';
import type { AcrossMatrix } from '../../compare/across';
import type { PairComparison } from '../../compare/on-utterances';
import type { SeedAnswer, SeedQuestion } from '../../compare/over-seeds';
import type { CorpusOverview, CrossAnswer, HistogramAnswer } from '../../corpus/statistics/answers';
import type { FeatureSetting } from '../../spectrogram/setting';
import type { FactsSetting } from '../../splits/facts';
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

/** Which utterances are counted, on which sides, with the levels that are known from which features. */
export interface CorpusAbout {
  readonly corpusId: string;
  readonly setting: FactsSetting;
  readonly features: FeatureSetting;
  /** Bytes of features as far as the page knows: another number asks anew. */
  readonly bytes: number;
}

/** Of how many of the utterances the level is known; `none`: their features were not computed yet. */
export interface LevelsKnown {
  readonly known: number;
  readonly features: 'none' | 'older' | 'some';
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
    /** Counts of a stored corpus under a configuration. */
    readonly corpus: {
      readonly payload: { readonly about: CorpusAbout };
      readonly result: CorpusOverview & { readonly levels: LevelsKnown };
    };
    readonly histogram: {
      readonly payload: { readonly about: CorpusAbout; readonly column: string; readonly by: string | null };
      readonly result: HistogramAnswer | null;
    };
    readonly cross: {
      readonly payload: { readonly about: CorpusAbout; readonly rows: string; readonly columns: string };
      readonly result: CrossAnswer | null;
    };
    readonly seeds: {
      readonly payload: { readonly questions: readonly SeedQuestion[] };
      readonly result: readonly SeedAnswer[];
    };
  };
  readonly event: never;
}
