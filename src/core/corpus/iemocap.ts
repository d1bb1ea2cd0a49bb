/**
 * The IEMOCAP adapter: a folder in, a manifest of usable utterances and a report of everything else out.
 * Joins labels with audio, reads every audio header, so that whatever the manifest names can be decoded, and what its samples are.
 * Not here: where the folders are (iemocap-layout.ts), what the text means (iemocap-labels.ts).
 */
import type { Digest } from '../audio/content';
import { CorpusError } from '../errors/errors';
import type { Progress } from '../protocol/contracts';
import { throwIfCancelled, type CancelSignal } from '../protocol/rpc';
import { hashName } from '../random/streams';
import { parseEvaluation, parseUtteranceName, type LabelLine, type UtteranceName } from './iemocap-labels';
import { findSessions, isFatal, listSession, messageOf, reportInto, type Report, type Session } from './iemocap-layout';
import { asProblem, probeAudio, type Probe } from './probe-audio';
import type { CorpusDirectory, CorpusFile, CorpusManifest, Problem, Utterance } from './types';

export interface ScanOptions {
  /** Counts audio files once all are listed; before that `total` is 0 and `current` names the session. */
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: CancelSignal;
  /** SHA-256, where there is a faster one than ours. */
  readonly digest?: Digest;
}

/** A labelled utterance whose audio file exists. */
interface Candidate {
  readonly label: LabelLine;
  readonly name: UtteranceName;
  readonly path: string;
  readonly file: CorpusFile;
}

/** Files being read at a time: enough to hide the latency of a network drive or an SD card. */
const CONCURRENCY = 16;

/**
 * Scans an IEMOCAP folder: the release, a single session of it, or the folder around it; its name does not matter.
 * No bad file stops the rest: what is skipped, or kept with a reservation, is in `problems`.
 * @throws CorpusError `empty-folder`, `not-a-corpus`, `no-usable-utterance`
 * @throws PermissionLostError (or the browser's NotAllowedError) when the folder can no longer be read at all
 * @throws CancelledError
 */
export async function scanIemocap(root: CorpusDirectory, { onProgress, signal, digest }: ScanOptions = {}): Promise<CorpusManifest> {
  const problems: Problem[] = [];
  const report = reportInto(problems);
  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  for (const session of await findSessions(root, report)) {
    throwIfCancelled(signal, 'scan');
    onProgress?.({ done: 0, total: 0, current: session.name });
    for (const candidate of await joinSession(session, seen, report, signal)) candidates.push(candidate);
  }

  const probed = await probeAll(candidates, onProgress, signal, digest);
  const utterances: Utterance[] = [];
  const facts: string[] = [];
  const sizes: string[] = [];
  for (const [i, { label, name, path }] of candidates.entries()) {
    const outcome = probed[i]!;
    if ('failure' in outcome) {
      const { failure, ...more } = outcome;
      report('unreadable-audio', path, failure, more);
      continue;
    }
    const { info: { sampleRate, frames, warnings }, size, content } = outcome;
    for (const warning of warnings) {
      const [code, detail] = asProblem(warning);
      report(code, path, detail, { kept: true });
    }
    const { speaker, gender, session, dialog, scripted } = name;
    utterances.push({ id: label.id, speaker, gender, session, dialog, scripted, label: label.label, vad: label.vad, path, sampleRate, frames, content });
    facts.push(`${label.id}|${label.label}|${content}`);
    sizes.push(`${label.id}|${label.label}|${size}`);
  }
  if (utterances.length === 0) throw nothingUsable(root.name, problems);
  utterances.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { version: 1, corpus: 'iemocap', fingerprint: fingerprint(facts), sizesFingerprint: fingerprint(sizes), utterances, problems };
}

/** Reads a session's label files and finds the audio of every label. */
async function joinSession(session: Session, seen: Set<string>, report: Report, signal: CancelSignal | undefined): Promise<Candidate[]> {
  const { labels, audio } = await listSession(session, report);
  const candidates: Candidate[] = [];
  const labelled = new Set<string>();
  for (const { path, file } of labels) {
    throwIfCancelled(signal, 'scan');
    const text = await readText(file, path, report);
    if (text === null) continue;
    const { lines, bad } = parseEvaluation(text);
    for (const { line, text: content } of bad) report('bad-label-line', path, `line ${line}: ${printable(content)}`);
    for (const label of lines) {
      const name = parseUtteranceName(label.id);
      if (!name) {
        report('bad-utterance-id', printable(label.id), `in ${path}`);
        continue;
      }
      const key = `${name.dialog}/${label.id}`;
      labelled.add(key);
      if (seen.has(label.id)) {
        report('duplicate-id', label.id, `again in ${path}; the first one counts`);
      } else {
        seen.add(label.id);
        const found = audio.get(key);
        if (found) candidates.push({ label, name, ...found });
        else report('missing-audio', label.id, `no ${session.prefix}sentences/wav/${key}.wav`);
      }
    }
  }
  for (const [key, { path }] of audio) if (!labelled.has(key)) report('unlabelled-audio', path, 'no label names it');
  return candidates;
}

/** The text of a label file, or null when it cannot be read or is not text. The release is ASCII. */
async function readText(file: CorpusFile, path: string, report: Report): Promise<string | null> {
  try {
    const bytes = await file.bytes(0, await file.size());
    if (bytes.includes(0)) {
      report('bad-label-line', path, 'not a text file');
      return null;
    }
    const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    let text = '';
    for (let at = from; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return text;
  } catch (error) {
    if (isFatal(error)) throw error;
    report('bad-label-line', path, `the file cannot be read: ${messageOf(error)}`);
    return null;
  }
}

/** Headers and contents of all candidates, in their order, {@link CONCURRENCY} at a time. */
async function probeAll(
  candidates: readonly Candidate[], onProgress: ScanOptions['onProgress'], signal: CancelSignal | undefined, digest: Digest | undefined,
): Promise<readonly Probe[]> {
  const results = new Array<Probe>(candidates.length);
  let next = 0;
  let done = 0;
  const drain = async (): Promise<void> => {
    while (next < candidates.length) {
      throwIfCancelled(signal, 'scan');
      const index = next++;
      const { path, file } = candidates[index]!;
      results[index] = await probeAudio(file, signal, digest);
      onProgress?.({ done: ++done, total: candidates.length, current: path });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, drain));
  return results;
}

function nothingUsable(folder: string, problems: readonly Problem[]): CorpusError {
  const count = (code: Problem['code']): number => problems.filter((problem) => problem.code === code).length;
  const missing = count('missing-audio');
  const unreadable = count('unreadable-audio');
  const unlabelled = count('unlabelled-audio');
  const hint = unlabelled > 0 && missing + unreadable === 0
    ? 'There is audio but no label for it: dialog/EmoEvaluation must be in the copy, too.'
    : missing > 0
      ? 'There are labels but no audio for them: sentences/wav must be in the copy, too.'
      : 'Copy dialog/EmoEvaluation and sentences/wav again from the release.';
  return new CorpusError('no-usable-utterance', `The folder “${folder}” holds no utterance with both a label and readable audio.`,
    hint, { folder, missing, unreadable, unlabelled });
}

/** 64 bits over facts about each utterance, in order of id. */
function fingerprint(facts: string[]): string {
  return hashName(facts.sort().join('\n'));
}

const printable = (text: string): string => text.replace(/[^ -~]/g, '?').slice(0, 100);
