/**
 * A table that describes recordings, whatever files it comes in: one CSV, one for each part of the corpus, lines
 * of JSON, a folder of tables. A form is one file and one line in forms.ts.
 */
import type { CancelSignal } from '../../progress';
import type { Report } from '../listing';
import type { PublishedSplit } from '../description';
import type { CorpusFile } from '../types';
import type { Hint } from './mapping';

export interface NamedFile {
  /** From the opened folder. */
  readonly path: string;
  readonly file: CorpusFile;
}

export interface Row {
  /** As long as the header. */
  readonly cells: readonly string[];
  /** Folder that its paths are relative to, with a `/` behind it; empty: the opened one. */
  readonly base: string;
  /** The file and line that it stands in, for the report. */
  readonly where: string;
}

export interface GatheredTable {
  /** Files that it was read from. */
  readonly files: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly Row[];
  /** What the form itself says of a column, by name in the header. */
  readonly hints: Readonly<Record<string, Hint>>;
  /** Published splits that come with it; `column` is a name in the header. */
  readonly published?: readonly PublishedSplit[];
}

export interface TableForm {
  readonly id: string;
  /**
   * Whether a folder has such a table, by names and the beginnings of files.
   * @returns null: no; else one candidate for each table, with as many rows as the beginning has
   */
  readonly look: (
    paths: readonly string[],
    head: (path: string) => Promise<string>,
  ) => Promise<readonly GatheredTable[]>;
  /** Reads them; what cannot be read is reported. @throws what isFatal */
  readonly read: (
    files: readonly NamedFile[],
    report: Report,
    signal: CancelSignal | undefined,
  ) => Promise<readonly GatheredTable[]>;
  /** How sure a folder with such a table is one that a table describes, if every path in it is found: 0..1. */
  readonly score: number;
}

/** The folder of a path, with a `/` behind it. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
