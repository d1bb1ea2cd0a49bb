/**
 * Corpora that say in a table of their own what their recordings are: such an adapter knows its table and what
 * its cells mean; joining rows with files, what is missing on either side, refusals and detection are the same
 * for all and stand here. Not here: tables that anybody made (adapters/table-files.ts).
 */
import { audioStem, isAudioName } from '../audio/names';
import type { Clause } from '../errors/clauses';
import { CorpusError } from '../errors/errors';
import type { Problem } from '../errors/problem';
import type { CorpusAdapter, Listing, Scan, ScanOptions } from './adapter';
import { baseName, cancellable, filesBelow, reportInto, type Report } from './listing';
import type { FoundFile } from './named-files';
import { readRecordings, reportIdentical, type Recording } from './recordings';
import { notThisCorpus } from './refusals';
import type { CorpusDirectory, Detection } from './types';

/** What a table says of one recording. */
export type Labelled = Omit<Recording, 'path' | 'file' | 'label' | 'part'> & {
  /** By which its file is found: what {@link LabelledFilesSpec.keyOf} makes of the file's path. */
  readonly key: string;
};

export interface LabelledFilesSpec extends Pick<
  CorpusAdapter,
  'id' | 'name' | 'lookedFor' | 'schemes' | 'columns' | 'groups' | 'published'
> {
  /** Names of the corpus' tables. */
  readonly tables: RegExp;
  /** Whether the beginning of such a file is that of the corpus' table: other corpora have a `train.csv`, too. */
  readonly isTable: (head: string) => boolean;
  /** Of a sound file; by default its name without the ending, in small letters and NFC. */
  readonly keyOf?: (path: string) => string;
  /**
   * Reads the tables. A label of null in the first scheme's column: there is none.
   * @param files all of the folder, the tables among them
   */
  readonly read: (
    tables: readonly FoundFile[],
    report: Report,
    options: ScanOptions,
    files: readonly FoundFile[],
  ) => Promise<readonly Labelled[]>;
  /** Recordings that are not used although they have a label, by id, and why. */
  readonly unusable?: Readonly<Record<string, Clause>>;
}

/** How files are told apart: copies over FAT, zip and macOS change cases and compositions. */
export const fileKey = (path: string): string => audioStem(baseName(path)).normalize('NFC').toLowerCase();

export function labelledFiles(spec: LabelledFilesSpec): CorpusAdapter {
  const { id, name, lookedFor, schemes, columns, groups, published = [] } = spec;
  return {
    id,
    name,
    lookedFor,
    schemes,
    columns,
    groups,
    published,
    detect: (listing) => detect(spec, listing),
    scan: (root, options) => scan(spec, root, options),
  };
}

/** A table of the corpus' own says more than any names do. */
const SURE = 0.97;

/** By a table of that name that begins as the corpus' does. */
async function detect(
  { tables, isTable }: LabelledFilesSpec,
  { files, head }: Listing,
): Promise<Omit<Detection, 'adapter'>> {
  for (const path of files.filter((one) => tables.test(baseName(one))))
    if (isTable(await head(path)))
      return { score: SURE, evidence: [{ key: 'labelTable', values: { file: path } }] };
  return { score: 0, evidence: [] };
}

/** @throws CorpusError `not-a-corpus`; `no-audio` and `no-usable-utterance` with `skipped`; CancelledError */
async function scan(spec: LabelledFilesSpec, root: CorpusDirectory, options: ScanOptions): Promise<Scan> {
  const problems: Problem[] = [];
  const report = reportInto(problems);
  options.onProgress?.({ done: 0, total: 0, current: root.name });
  const files = await filesBelow(cancellable(root, options.signal), report);
  const tables = files.filter(({ path }) => spec.tables.test(baseName(path)));
  if (tables.length === 0) throw notThisCorpus(root.name, [spec], await root.entries());
  const sounds = files.filter(({ path }) => isAudioName(path));
  const rows = await spec.read(tables, report, options, files);
  const recordings = joined(spec, rows, sounds, report);
  const { utterances, ...fingerprints } = await readRecordings(recordings, problems, options);
  if (utterances.length === 0) {
    const count = (code: Problem['code']): number => problems.filter((one) => one.code === code).length;
    const error = new CorpusError(sounds.length === 0 ? 'no-audio-files' : 'no-usable-utterance', {
      folder: root.name,
      labels: rows.length,
      audio: sounds.length,
      missing: count('missing-audio'),
      unreadable: count('unreadable-audio'),
      unlabelled: count('unlabelled-audio'),
    });
    error.skipped = problems;
    throw error;
  }
  reportIdentical(utterances, spec.schemes[0].column, problems);
  const found = { labels: rows.length, audio: sounds.length, sessions: [] };
  return { ...fingerprints, utterances, problems, found };
}

function joined(
  { keyOf = fileKey, schemes, unusable = {} }: LabelledFilesSpec,
  rows: readonly Labelled[],
  sounds: readonly FoundFile[],
  report: Report,
): readonly Recording[] {
  const byKey = new Map<string, FoundFile>();
  for (const sound of sounds) {
    const key = keyOf(sound.path);
    const other = byKey.get(key);
    if (!other) byKey.set(key, sound);
    else report('duplicate-audio', sound.path, { key: 'otherRead', values: { path: other.path } });
  }
  const recordings = new Map<string, Recording>();
  const named = new Set<string>();
  for (const { key, ...row } of rows) {
    const sound = byKey.get(key);
    const { id } = row;
    if (recordings.has(id)) {
      report('duplicate-id', id, { key: 'againInTable' });
      continue;
    }
    if (sound) named.add(key);
    if (Object.hasOwn(unusable, id)) report('excluded-audio', id, unusable[id]!);
    else if (!sound) report('missing-audio', id, { key: 'noFileForRow' });
    else recordings.set(id, { ...row, ...sound, label: String(row.labels[schemes[0].column]) });
  }
  for (const [key, { path }] of byKey)
    if (!named.has(key)) report('unlabelled-audio', path, { key: 'notInTable' });
  return [...recordings.values()];
}
