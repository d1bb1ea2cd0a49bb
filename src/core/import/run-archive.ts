/**
 * An exported run read back: configuration, history, log and predictions out of the text files of its zip
 * (core/export/run-files.ts). The trust boundary for such files: every value is checked. A file each:
 * archive-head.ts, epochs-file.ts, confusion-file.ts, steps-file.ts, log-file.ts, predictions-file.ts. Not here:
 * unpacking (zip-directory.ts); weights are not read, an imported run is to look at.
 */
import { ConfigError } from '../errors/errors';
import type { ExportedPredictions } from '../export/run-files';
import type { EpochRecord, LogEntry, StepRow } from '../training/events';
import { readHead, type ArchiveHead } from './archive-head';
import { readConfusions, SIDES } from './confusion-file';
import { readEpochs } from './epochs-file';
import { readLog } from './log-file';
import { predictionsOf } from './predictions-file';
import { readSteps } from './steps-file';
import type { Told } from './told';

export interface ImportedRun extends ArchiveHead {
  readonly steps: readonly StepRow[];
  readonly epochs: readonly EpochRecord[];
  readonly log: readonly LogEntry[];
  readonly predictions: readonly {
    readonly which: 'best' | 'last';
    readonly predictions: ExportedPredictions;
  }[];
  /** Of the test part, with the best epoch's weights. */
  readonly tested: ExportedPredictions | null;
  /** Columns that are not known here and were not read: `steps.csv: temperature`. */
  readonly unknown: readonly string[];
  /** What today's files tell and these, of an older version, do not. */
  readonly absent: readonly string[];
}

/** Files that are read; the predictions, times and what was tested may be missing. */
export const ARCHIVE_FILES = [
  'config.json',
  'metrics.csv',
  'steps.csv',
  'confusion.csv',
  'log.csv',
  'predictions-best.csv',
  'predictions-last.csv',
  'predictions-test.csv',
  'times.csv',
  'test.csv',
  'test-confusion.csv',
] as const;
/** Files that follow from the others and the corpus: not read, and not missed. */
export const DERIVED_FILES = ['preflight.json'] as const;
const NEEDED = ARCHIVE_FILES.slice(0, 5);

/** An exported run of which all but the steps was read. */
export interface OpenedRun extends Omit<ImportedRun, 'steps'> {
  /** In blocks, read as they are asked for: the longest runs have millions. */
  readonly steps: Iterable<readonly StepRow[]>;
}

/** All of it at once: for runs of moderate length. @throws as {@link openRunArchive} */
export function readRunArchive(files: ReadonlyMap<string, string>): ImportedRun {
  const { steps, ...run } = openRunArchive(files);
  return { ...run, steps: [...steps].flat() };
}

/**
 * @throws ConfigError `archive-incomplete`, `archive-bad-head`, `newer-file`, `archive-bad-row`, `archive-date`,
 * `archive-too-many-rows`, `archive-inconsistent`, `bad-config`,
 *   `not-json`, `json-too-deep`, `json-too-long`; of the steps also while they are read
 */
export function openRunArchive(files: ReadonlyMap<string, string>): OpenedRun {
  const missing = NEEDED.filter((name) => !files.has(name));
  if (missing.length > 0) throw new ConfigError('archive-incomplete', { files: missing.join(', ') });
  const { head, absent } = readHead(files.get('config.json')!);
  const confusions = readConfusions(files.get('confusion.csv')!, 'confusion.csv', head, SIDES);
  const told: Told = { unknown: [], absent: [...absent] };
  const blocks = readSteps(files.get('steps.csv')!, head.config, told);
  // The first block tells which columns there are.
  const first = blocks.next();
  const steps = function* (): Generator<readonly StepRow[]> {
    if (first.done !== true) yield first.value;
    yield* blocks;
  };
  return {
    ...head,
    steps: steps(),
    epochs: readEpochs(files, head, confusions, head.segments, told),
    log: readLog(files.get('log.csv')!),
    predictions: (['best', 'last'] as const).flatMap((which) => {
      const predictions = predictionsOf(which, files, head);
      return predictions ? [{ which, predictions }] : [];
    }),
    tested: predictionsOf('test', files, head),
    ...told,
  };
}
