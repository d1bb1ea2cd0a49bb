/**
 * From files that an adapter has found to utterances: reads every audio header, so that whatever a manifest
 * names can be decoded, and what its samples are; reports what cannot be read and what sounds the same. The
 * same for every adapter. Not here: which files there are and what their labels are.
 */
import type { Stretch } from '../audio/cut';
import { CorpusError } from '../errors/errors';
import { throwIfCancelled } from '../progress';
import { hashName } from '../random/streams';
import type { ScanOptions } from './adapter';
import { identicalAudio } from './identical-audio';
import { reportInto } from './listing';
import { asProblem, probeAudio, probePart, unpacked, type Probe, type ProbedPart } from './probe-audio';
import { LARGE_CORPUS, sampleOf } from './sample';
import type { CorpusFile, CorpusManifest, Utterance } from './types';
import type { Problem } from '../errors/problem';

/** A labelled recording before its audio was looked at. */
export interface Recording extends Pick<
  Utterance,
  'id' | 'path' | 'labels' | 'groups' | 'text' | 'votes' | 'ratings'
> {
  readonly file: CorpusFile;
  /** The recording is a part of the file; absent: all of it. */
  readonly part?: Stretch;
  /** The raw label that, with id and sound, makes the corpus' fingerprint. */
  readonly label: string;
}

/** Seconds by which a part may end after its file and nothing is said: times are rounded. */
const SHORTER = 0.02;
/** Files being read at a time: enough to hide the latency of a network drive or an SD card. */
const CONCURRENCY = 16;

/**
 * @param problems what is skipped or kept with a reservation is added
 * @param heard is called with every recording that is not cut off and its seconds of audio
 * @returns utterances in order of id, perhaps none
 * @throws CorpusError `large-corpus` where there are many and nobody said how many are wanted; CancelledError,
 * and what means that nothing further can be read (isFatal)
 */
export async function readRecordings(
  recordings: readonly Recording[],
  problems: Problem[],
  options: ScanOptions,
  heard: (index: number, seconds: number) => void = () => undefined,
): Promise<
  Pick<CorpusManifest, 'fingerprint' | 'utterances' | 'sample'> & { readonly sizesFingerprint: string }
> {
  if (options.sample === undefined && recordings.length > LARGE_CORPUS)
    throw new CorpusError('large-corpus', { count: recordings.length, limit: LARGE_CORPUS });
  const report = reportInto(problems);
  const taken = sampleOf(recordings, options.sample ?? { kind: 'all' });
  const probed = await probeAll(
    taken.map((index) => recordings[index]!),
    options,
  );
  const utterances: Utterance[] = [];
  const facts: string[] = [];
  const sizes: string[] = [];
  for (const [i, index] of taken.entries()) {
    const { id, path, labels, groups, label, text, votes, ratings } = recordings[index]!;
    const outcome = probed[i]!;
    if ('failure' in outcome) {
      const { failure, ...more } = outcome;
      report('unreadable-audio', path, failure, more);
      continue;
    }
    const {
      info: { sampleRate, channels, frames, warnings },
      size,
      content,
    } = outcome;
    problems.push(...warnings.map((warning) => asProblem(warning, path)));
    if (!warnings.some(({ code }) => code === 'truncated')) heard(index, frames / sampleRate);
    const { cut } = outcome;
    if (cut && cut.missing > SHORTER)
      report(
        'length-mismatch',
        path,
        { key: 'partCut', values: { id, seconds: Number(cut.missing.toFixed(2)) } },
        { kept: true },
      );
    const first = cut ? { firstFrame: cut.firstFrame } : {};
    const told = {
      ...(text === undefined ? {} : { text }),
      ...(votes === undefined ? {} : { votes }),
      ...(ratings === undefined ? {} : { ratings }),
    };
    const several = channels > 1 ? { channels } : {};
    utterances.push({ id, path, sampleRate, frames, ...several, ...first, content, labels, ...told, groups });
    facts.push(`${id}|${label}|${content}`);
    sizes.push(`${id}|${label}|${size}`);
  }
  utterances.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    utterances,
    fingerprint: fingerprint(facts),
    sizesFingerprint: fingerprint(sizes),
    ...(options.sample === undefined || options.sample.kind === 'all' || taken.length === recordings.length
      ? {}
      : { sample: { ...options.sample, of: recordings.length } }),
  };
}

/** Reports recordings of the same sound. @param column of the labels that ought to be equal then */
export function reportIdentical(utterances: readonly Utterance[], column: string, problems: Problem[]): void {
  const report = reportInto(problems);
  for (const [first, ...others] of identicalAudio(utterances))
    for (const { path, labels } of others) {
      const label = String(labels[column]);
      const values = { id: first!.id, theirs: String(first!.labels[column]), label };
      const same = label === values.theirs;
      report(
        'identical-audio',
        path,
        { key: same ? 'sameSound' : 'sameSoundOtherLabel', values },
        { kept: true },
      );
    }
}

/** What a probe finds; of a part of a file also where it lies. */
type Probed = (Probe & { readonly cut?: undefined }) | ProbedPart;

/** Coded files that are kept unpacked for their other parts; an hour of 16 kHz takes 230 MB at most. */
const UNPACKED = 2;

/** The last results of `make`, so that what asks again soon gets the same. */
function keeping<K extends object, T>(count: number, make: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const kept = new Map<K, Promise<T>>();
  return (key) => {
    const made = kept.get(key) ?? make(key);
    kept.delete(key);
    kept.set(key, made);
    if (kept.size > count) kept.delete(kept.keys().next().value!);
    return made;
  };
}

/** Headers and contents of all recordings, in their order, {@link CONCURRENCY} at a time. */
async function probeAll(recordings: readonly Recording[], options: ScanOptions): Promise<readonly Probed[]> {
  const { onProgress, signal } = options;
  const results = new Array<Probed>(recordings.length);
  const unpack = keeping(UNPACKED, (file: CorpusFile) => unpacked(file, options));
  let next = 0;
  let done = 0;
  const drain = async (): Promise<void> => {
    while (next < recordings.length) {
      throwIfCancelled(signal, 'scan');
      const index = next++;
      const { path, file, part } = recordings[index]!;
      results[index] = await (part ? probePart(file, part, options, unpack) : probeAudio(file, options));
      onProgress?.({ done: ++done, total: recordings.length, current: path });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, drain));
  return results;
}

/** 64 bits over facts about each utterance, in order of id. */
function fingerprint(facts: string[]): string {
  return hashName(facts.sort().join('\n'));
}
