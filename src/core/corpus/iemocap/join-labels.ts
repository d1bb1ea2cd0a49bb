/**
 * Reads the label files of a corpus and finds the audio of every label, by the utterance's name. What the
 * folders hold is listed a second time where something seems to be missing: listings of network drives and
 * phones sometimes come short. Not here: what is in the audio (probe-audio.ts).
 */
import { throwIfCancelled, type CancelSignal } from '../../progress';
import type { Session } from './find-sessions';
import {
  parseEvaluation,
  parseUtteranceName,
  type Evaluation,
  type LabelLine,
  type UtteranceName,
} from './labels';
import { listAgain, listSession, type AudioFile, type LabelFile, type SessionFiles } from './layout';
import { labelText } from '../label-text';
import { isFatal, messageOf, reportAgain, reportInto, type Report } from '../listing';
import type { CorpusFile, ScanCounts, SessionCounts } from '../types';
import type { Problem } from '../../errors/problem';

/** A labelled utterance whose audio file exists. */
export interface Candidate {
  readonly label: LabelLine;
  readonly name: UtteranceName;
  readonly path: string;
  readonly file: CorpusFile;
}

export interface Joined {
  readonly candidates: readonly Candidate[];
  readonly found: ScanCounts;
}

/** More than any label file of the release by far (the largest has 150 KB). */
const LARGEST_LABEL_FILE = 16 * 2 ** 20;

interface Part extends SessionFiles {
  readonly session: Session;
}

/**
 * @param begin is called with each session before it is listed
 * @throws CancelledError, and what isFatal
 */
export async function joinLabels(
  sessions: readonly Session[],
  report: Report,
  signal: CancelSignal | undefined,
  begin: (name: string) => void,
): Promise<Joined> {
  const parts: Part[] = [];
  for (const session of sessions) {
    throwIfCancelled(signal, 'scan');
    begin(session.name);
    parts.push({ session, ...(await listSession(session, report)) });
  }
  const texts = new Map<string, Evaluation>();
  await readAll(parts, texts, report, signal);
  const first = join(parts, texts);
  const whole = await secondLook(parts, first, report, signal);
  let joined = first;
  if (whole) {
    await readAll(whole, texts, report, signal);
    joined = join(whole, texts);
  }
  for (const problem of joined.problems) reportAgain(problem, report);
  return joined;
}

/** @returns the parts with what a second listing found besides, or null when it found nothing */
async function secondLook(
  parts: readonly Part[],
  { doubtful }: { readonly doubtful: ReadonlySet<Part> },
  report: Report,
  signal: CancelSignal | undefined,
): Promise<Part[] | null> {
  let found = false;
  const whole: Part[] = [];
  for (const part of parts) {
    throwIfCancelled(signal, 'scan');
    const again = doubtful.has(part) ? await listAgain(part.session) : part;
    const labels = union(part.labels, again.labels);
    const audio = union(part.audio, again.audio);
    const more = labels.length + audio.length - part.labels.length - part.audio.length;
    if (more > 0) {
      found = true;
      report(
        'relisted-folder',
        part.session.prefix.replace(/\/$/, '') || part.session.name,
        { key: 'moreFiles', values: { count: more } },
        { kept: true },
      );
    }
    whole.push({ ...part, labels, audio });
  }
  return found ? whole : null;
}

function union<T extends LabelFile>(first: readonly T[], again: readonly T[]): T[] {
  const paths = new Set(first.map(({ path }) => path));
  return [...first, ...again.filter(({ path }) => !paths.has(path))];
}

/** Parses every label file that has not been read yet. */
async function readAll(
  parts: readonly Part[],
  texts: Map<string, Evaluation>,
  report: Report,
  signal: CancelSignal | undefined,
): Promise<void> {
  for (const { path, file } of parts.flatMap(({ labels }) => labels)) {
    throwIfCancelled(signal, 'scan');
    if (texts.has(path)) continue;
    const text = await readText(file, path, report);
    if (text === null) continue;
    const evaluation = parseEvaluation(text);
    texts.set(path, evaluation);
    const { bad, spaced, spreadsheet, transcription } = evaluation;
    if (transcription) {
      report('not-labels', path, { key: 'transcription' });
      continue;
    }
    for (const { line, text: content } of bad)
      report('bad-label-line', path, { key: 'line', values: { line, text: printable(content) } });
    if (spaced > 0)
      report('spaces-for-tabs', path, { key: 'labelLines', values: { count: spaced } }, { kept: true });
    if (spreadsheet > 0)
      report(
        'spreadsheet-labels',
        path,
        { key: 'labelLines', values: { count: spreadsheet } },
        { kept: true },
      );
  }
}

/** The text of a label file, or null when it cannot be read or is not text. */
async function readText(file: CorpusFile, path: string, report: Report): Promise<string | null> {
  try {
    const size = await file.size();
    if (size > LARGEST_LABEL_FILE) {
      report('not-labels', path, { key: 'tooLarge', values: { bytes: size } });
      return null;
    }
    const text = labelText(await file.bytes(0, size));
    if (text === null) report('not-labels', path, { key: 'notText' });
    return text;
  } catch (error) {
    if (isFatal(error)) throw error;
    report('not-labels', path, { key: 'cannotRead', values: { message: messageOf(error) } });
    return null;
  }
}

/**
 * Finds the audio of every label; pure, so that it can be done again. `doubtful`: the parts in which a file
 * seems to be missing.
 */
function join(
  parts: readonly Part[],
  texts: ReadonlyMap<string, Evaluation>,
): Joined & { readonly problems: readonly Problem[]; readonly doubtful: ReadonlySet<Part> } {
  const problems: Problem[] = [];
  const report = reportInto(problems);
  const doubtful = new Set<Part>();
  const audio = new Map<string, AudioFile>();
  for (const one of parts.flatMap((part) => part.audio)) {
    const other = audio.get(one.id);
    // Of two files with one name the one in its dialog's folder counts, else the first.
    const better = other && atHome(one) && !atHome(other) ? one : (other ?? one);
    audio.set(one.id, better);
    if (other)
      report('duplicate-audio', (better === one ? other : one).path, {
        key: 'otherRead',
        values: { path: better.path },
      });
  }

  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  let labels = 0;
  for (const part of parts) {
    for (const { path } of part.labels) {
      for (const label of texts.get(path)?.lines ?? []) {
        labels++;
        const name = parseUtteranceName(label.id);
        if (!name) {
          report('bad-utterance-id', printable(label.id), { key: 'inFile', values: { path } });
          continue;
        }
        if (seen.has(label.id)) {
          report('duplicate-id', label.id, { key: 'againIn', values: { path } });
          continue;
        }
        seen.add(label.id);
        const found = audio.get(label.id);
        if (!found) {
          const file = `${part.session.prefix}sentences/wav/${name.dialog}/${label.id}.wav`;
          report('missing-audio', label.id, { key: 'noFile', values: { path: file } });
          doubtful.add(part);
          continue;
        }
        if (found.folder !== null && found.folder !== name.dialog)
          report(
            'misplaced-audio',
            found.path,
            { key: 'belongsTo', values: { dialog: name.dialog } },
            { kept: true },
          );
        candidates.push({ label, name, path: found.path, file: found.file });
      }
    }
  }
  for (const part of parts) {
    for (const one of part.audio) {
      if (seen.has(one.id) || audio.get(one.id) !== one) continue;
      report('unlabelled-audio', one.path, { key: 'noLabel' });
      // The release has labels for all but the recordings numbered XX0, XX1, ...
      if (parseUtteranceName(one.id)) doubtful.add(part);
    }
  }
  const sessions = countSessions(seen, audio);
  return {
    candidates,
    problems,
    doubtful,
    found: { labels, audio: parts.reduce((sum, part) => sum + part.audio.length, 0), sessions },
  };
}

/**
 * Labels and audio files by session; recordings that the release numbers XX0, XX1, ... have no label there
 * and do not count.
 */
function countSessions(
  labelled: ReadonlySet<string>,
  audio: ReadonlyMap<string, AudioFile>,
): SessionCounts[] {
  const sessions = new Map<number, { session: number; labels: number; audio: number; both: number }>();
  for (const id of new Set([...labelled, ...audio.keys()])) {
    const session = parseUtteranceName(id)?.session;
    if (session === undefined) continue;
    const counts = sessions.get(session) ?? { session, labels: 0, audio: 0, both: 0 };
    if (labelled.has(id)) counts.labels++;
    if (audio.has(id)) counts.audio++;
    if (labelled.has(id) && audio.has(id)) counts.both++;
    sessions.set(session, counts);
  }
  return [...sessions.values()].sort((a, b) => a.session - b.session);
}

const atHome = ({ id, folder }: AudioFile): boolean => folder === parseUtteranceName(id)?.dialog;

const printable = (text: string): string => text.replace(/[^ -~]/g, '?').slice(0, 100);
