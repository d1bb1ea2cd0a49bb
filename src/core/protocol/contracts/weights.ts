/** What the page and the worker of weight files say to each other. */
import type { ModelChoice } from '../../model/architectures';
import type { Progress } from '../../progress';

/** Imported weights as the page sees them. */
export interface WeightsSummary {
  /** SHA-256 of the file, hex. */
  readonly id: string;
  readonly name: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly arrays: number;
  /** The model they belong to; where the shapes allow several input sizes, one of them. */
  readonly model: ModelChoice;
  /** Class names by task, where the file tells them. */
  readonly classes: readonly (readonly [task: string, names: readonly string[]])[];
  /** Arrays that were converted to float32. */
  readonly converted: number;
  /** Something was taken off the names, and what: `module.`, `_orig_mod.`; empty where nothing was. */
  readonly prefixed: boolean;
  readonly prefix: string;
  readonly importedAt: number;
}

/** Reads safetensors files and owns the store `weights`. */
export interface WeightsContract {
  readonly requests: {
    readonly import: {
      /**
       * `file` is a Blob; `choice` is the model at hand, against which a file of no model of ours is
       * compared.
       */
      readonly payload: { readonly file: unknown; readonly name: string; readonly choice: ModelChoice };
      readonly result: WeightsSummary;
      readonly progress: Progress;
    };
    readonly remove: { readonly payload: { readonly id: string }; readonly result: null };
  };
  readonly event: never;
}
