/** What the page and the workers that export and import runs say to each other. */
import type { ArchiveHead } from '../../import/archive-head';

/** Packs a stored run into a zip, off the page's thread. */
export interface ExportContract {
  readonly requests: {
    readonly zip: {
      readonly payload: { readonly runId: string };
      readonly result: { readonly name: string; readonly blob: unknown };
    };
  };
  readonly event: never;
}

/** What an imported run's record is made of. */
export interface ImportedSummary extends ArchiveHead {
  readonly epochs: number;
  readonly steps: number;
  /**
   * Columns that are not known here and were not read, and what the files of an older version do not tell.
   */
  readonly unknown: readonly string[];
  readonly absent: readonly string[];
  /** Files of the zip that were not read: weights, mostly. */
  readonly left: readonly string[];
}

/** Reads exported runs; writer of what belongs to imported runs. */
export interface ImportContract {
  readonly requests: {
    /** `file` is a Blob. Stores history and predictions under `runId`; the record is the page's to write. */
    readonly run: {
      readonly payload: { readonly file: unknown; readonly name: string; readonly runId: string };
      readonly result: ImportedSummary;
    };
  };
  readonly event: never;
}
