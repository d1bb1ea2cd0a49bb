/**
 * Corpora that say everything in the names of files and folders: such an adapter is a parser of one name and
 * tables; looking for files, duplicates, refusals and detection are the same for all and stand here. Names
 * are compared in NFC, whatever the disk gives. Not here: what a name means, which is each adapter's.
 */
import { audioStem, isAudioName } from '../audio/names';
import type { Clause } from '../errors/clauses';
import { CorpusError } from '../errors/errors';
import type { Problem } from '../errors/problem';
import type { CorpusAdapter, Listing, Scan, ScanOptions } from './adapter';
import { baseName, cancellable, filesBelow, reportInto, type Report } from './listing';
import { readRecordings, reportIdentical, type Recording } from './recordings';
import { notThisCorpus } from './refusals';
import type { CorpusDirectory, CorpusFile, Detection, Evidence } from './types';

/** The name of a sound file. */
export interface SoundName {
  /** Without folders and ending, in NFC; in the letters of the disk, upper or lower case. */
  readonly stem: string;
  /** Folders it lies in, from the opened one, whose own name is the first; in NFC. */
  readonly folders: readonly string[];
}

/** What a name says of its recording. */
export type Named = Pick<Recording, 'id' | 'labels' | 'groups'> & {
  /** What is doubtful about it, though it is kept: in words. */
  readonly doubt?: Clause;
};

/** One of the corpus' names that cannot be used, and why. */
export interface Unusable {
  readonly unusable: Clause;
}

/** Another corpus whose names look the same. */
export interface Lookalike {
  /** Its proper name. */
  readonly name: string;
  readonly matches: (stem: string) => boolean;
  /** What the score is multiplied by where every name could be the other corpus' as well: 0 .. 1. */
  readonly undecided: number;
}

export interface FoundFile {
  readonly path: string;
  readonly file: CorpusFile;
}

export interface NamedFilesSpec extends Pick<
  CorpusAdapter,
  'id' | 'name' | 'lookedFor' | 'schemes' | 'columns' | 'groups' | 'published'
> {
  /** Pure. @returns null for what is none of the corpus' names */
  readonly parse: (name: SoundName) => Named | Unusable | null;
  readonly lookalike?: Lookalike;
  /** Completes what names say by other files of the folder (a table of speakers). */
  readonly complete?: (
    recordings: readonly Recording[],
    files: readonly FoundFile[],
    report: Report,
  ) => Promise<readonly Recording[]>;
}

/** An adapter that can say of one name what it means. */
export type NamedFilesAdapter = CorpusAdapter & Pick<NamedFilesSpec, 'parse'>;

/** An adapter for a corpus whose names say everything. */
export function namedFiles(spec: NamedFilesSpec): NamedFilesAdapter {
  const { lookalike: _lookalike, complete: _complete, ...described } = spec;
  return {
    ...described,
    detect: (listing) => detect(spec, listing),
    scan: (root, options) => scan(spec, root, options),
  };
}

/** @param folder name of the opened folder  @param path from it */
export function soundName(folder: string, path: string): SoundName {
  const parts = `${folder}/${audioStem(path)}`.normalize('NFC').split('/');
  return { stem: parts.at(-1)!, folders: parts.slice(0, -1) };
}

interface Sound {
  readonly path: string;
  readonly name: SoundName;
}

/** Each adapter asks for the same names. */
const sounds = new WeakMap<Listing, readonly Sound[]>();
function soundsOf(listing: Listing): readonly Sound[] {
  const known = sounds.get(listing);
  if (known) return known;
  const made = listing.files
    .filter(isAudioName)
    .map((path) => ({ path, name: soundName(listing.name, path) }));
  sounds.set(listing, made);
  return made;
}

/** By the share of sound files that are named so and can be used. */
function detect({ parse, lookalike }: NamedFilesSpec, listing: Listing): Omit<Detection, 'adapter'> {
  const audio = soundsOf(listing);
  const named = audio.filter(({ name }) => {
    const said = parse(name);
    return said !== null && !('unusable' in said);
  });
  if (named.length === 0) return { score: 0, evidence: [] };
  const values = { count: named.length, total: audio.length, example: baseName(named[0]!.path) };
  const evidence: Evidence[] = [{ key: 'namedShare', values }];
  let score = 0.95 * (named.length / audio.length);
  if (lookalike) {
    const { name: other, matches, undecided } = lookalike;
    const own = named.filter(({ name }) => !matches(name.stem));
    if (own.length === 0) score *= undecided;
    evidence.push(
      own.length === 0
        ? { key: 'couldBeOther', values: { other } }
        : { key: 'notOther', values: { other, count: own.length, example: baseName(own[0]!.path) } },
    );
  }
  return { score, evidence };
}

/** @throws CorpusError `not-a-corpus`; `no-usable-utterance` with `skipped`; CancelledError */
async function scan(spec: NamedFilesSpec, root: CorpusDirectory, options: ScanOptions): Promise<Scan> {
  const problems: Problem[] = [];
  const report = reportInto(problems);
  options.onProgress?.({ done: 0, total: 0, current: root.name });
  const files = await filesBelow(cancellable(root, options.signal), report);
  const { recordings, audio, unusable } = readNames(spec, root.name, files, report);
  if (audio === 0) throw notThisCorpus(root.name, [spec], await root.entries());
  const whole = (await spec.complete?.(recordings, files, report)) ?? recordings;
  const { utterances, ...fingerprints } = await readRecordings(whole, problems, options);
  if (utterances.length === 0) {
    const error = new CorpusError('no-usable-utterance', {
      folder: root.name,
      labels: audio,
      audio,
      missing: 0,
      unreadable: audio - unusable,
      unlabelled: unusable,
    });
    error.skipped = problems;
    throw error;
  }
  reportIdentical(utterances, spec.schemes[0].column, problems);
  return { ...fingerprints, utterances, problems, found: { labels: audio, audio, sessions: [] } };
}

/** @returns recordings, each once; and how many names are the corpus', those that cannot be used included */
function readNames(
  { parse, schemes }: NamedFilesSpec,
  folder: string,
  files: readonly FoundFile[],
  report: Report,
): { readonly recordings: readonly Recording[]; readonly audio: number; readonly unusable: number } {
  const recordings = new Map<string, Recording>();
  let audio = 0;
  let unusable = 0;
  for (const { path, file } of files) {
    if (!isAudioName(path)) continue;
    const said = parse(soundName(folder, path));
    if (said === null) {
      report('ignored-file', path, { key: 'notUtterance' });
      continue;
    }
    audio++;
    if ('unusable' in said) {
      unusable++;
      report('excluded-audio', path, said.unusable);
      continue;
    }
    const { doubt, ...named } = said;
    const other = recordings.get(named.id);
    if (other) {
      report('duplicate-audio', path, { key: 'otherRead', values: { path: other.path } });
      continue;
    }
    if (doubt) report('doubtful-audio', path, doubt, { kept: true });
    recordings.set(named.id, { ...named, path, file, label: String(named.labels[schemes[0].column]) });
  }
  return { recordings: [...recordings.values()], audio, unusable };
}
