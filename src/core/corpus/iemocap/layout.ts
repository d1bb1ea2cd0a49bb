/**
 * The label files and the audio files of one session, wherever in it they lie: in the release's folders, in
 * `sentences/wav` without a folder for each dialog, or anywhere by their names. Not here: finding the
 * sessions (find-sessions.ts), what the files say.
 */
import { audioStem, isAudioName } from '../../audio/names';
import { isLabelName, isUtteranceAudio, isPerEvaluator } from './file-names';
import type { Session } from './find-sessions';
import {
  child,
  isDirectory,
  isFile,
  list,
  listChild,
  NEVER_IN_IEMOCAP,
  quiet,
  walk,
  type Listed,
  type Report,
} from '../listing';
import type { CorpusEntry, CorpusFile } from '../types';

export interface LabelFile {
  readonly path: string;
  readonly file: CorpusFile;
}

export interface AudioFile extends LabelFile {
  /** The name without its ending. */
  readonly id: string;
  /** The folder it lies in where that ought to be its dialog's; null where files lie without such folders. */
  readonly folder: string | null;
}

export interface SessionFiles {
  readonly labels: readonly LabelFile[];
  readonly audio: readonly AudioFile[];
}

/**
 * Lists a session's files; every file and folder in a place that is read, and is not read itself, is
 * reported.
 */
export async function listSession(session: Session, report: Report): Promise<SessionFiles> {
  if (session.loose) return byNames(session.loose, report);
  const evaluation = await descend(session, ['dialog', 'EmoEvaluation'], report);
  const wav = await descend(session, ['sentences', 'wav'], report);
  const labels = evaluation && labelsOf(evaluation, report);
  const audio = wav && (await audioOf(wav, report));
  if (labels && audio) return { labels, audio };

  const folders: Listed[] = [session];
  const take = (level: readonly Listed[]): readonly Listed[] => {
    folders.push(...level);
    return level;
  };
  await walk(session, report, take, NEVER_IN_IEMOCAP);
  // The folders of the part that is there have been told of already.
  const named = byNames(folders, quiet);
  if (!labels && named.labels.length === 0)
    report('missing-folder', `${session.prefix}dialog/EmoEvaluation`, { key: 'noLabelFolder' });
  if (!audio && named.audio.length === 0)
    report('missing-folder', `${session.prefix}sentences/wav`, { key: 'noAudioFolder' });
  return { labels: labels ?? named.labels, audio: audio ?? named.audio };
}

/** Lists a session once more, its own folder included; what was wrong has been told. */
export async function listAgain(session: Session): Promise<SessionFiles> {
  if (!session.loose)
    return listSession({ ...session, ...(await list(session.directory, session.prefix, quiet)) }, quiet);
  const loose: Listed[] = [];
  for (const { directory, prefix } of session.loose) loose.push(await list(directory, prefix, quiet));
  return byNames(loose, quiet);
}

function labelsOf({ entries, prefix }: Listed, report: Report): LabelFile[] {
  const labels: LabelFile[] = [];
  for (const file of entries.filter(isFile)) {
    // known not to be read, as are the folders Categorical, Attribute, Self-evaluation
    if (isPerEvaluator(file.name)) continue;
    if (/\.txt$/i.test(file.name)) labels.push({ path: prefix + file.name, file });
    else report('ignored-file', prefix + file.name, { key: 'notText' });
  }
  return labels;
}

async function audioOf(wav: Listed, report: Report): Promise<AudioFile[]> {
  const audio: AudioFile[] = [];
  const take = ({ entries, prefix }: Listed, folder: string | null): void => {
    for (const entry of entries) {
      if (isFile(entry) && isAudioName(entry.name))
        audio.push({ id: audioStem(entry.name), folder, path: prefix + entry.name, file: entry });
      else if (isFile(entry)) report('ignored-file', prefix + entry.name, { key: 'notWav' });
      else if (folder !== null) report('ignored-folder', prefix + entry.name, { key: 'belowDialog' });
    }
  };
  take(wav, null);
  for (const dialog of wav.entries.filter(isDirectory))
    take(await listChild(wav, dialog, report), dialog.name);
  return audio;
}

/** Files known by their names alone; other files are only reported where they could be meant. */
function byNames(folders: readonly Listed[], report: Report): SessionFiles {
  const files = (
    wanted: (name: string) => boolean,
  ): { readonly entry: CorpusFile; readonly path: string }[] =>
    folders.flatMap(({ entries, prefix }) =>
      entries
        .filter((entry: CorpusEntry): entry is CorpusFile => isFile(entry) && wanted(entry.name))
        .map((entry) => ({ entry, path: prefix + entry.name })),
    );
  for (const { path } of files((name) => isAudioName(name) && !isUtteranceAudio(name)))
    report('ignored-file', path, { key: 'notUtterance' });
  return {
    labels: files(isLabelName).map(({ entry, path }) => ({ path, file: entry })),
    audio: files(isUtteranceAudio).map(({ entry, path }) => ({
      id: audioStem(entry.name),
      folder: null,
      path,
      file: entry,
    })),
  };
}

/** Walks down `path`; null where a folder of it is missing. */
async function descend(session: Listed, path: readonly string[], report: Report): Promise<Listed | null> {
  let at = session;
  for (const name of path) {
    const next = child(at.entries, name);
    if (!next) return null;
    at = await listChild(at, next, report);
  }
  return at;
}
