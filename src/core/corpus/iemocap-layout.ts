/**
 * Finds IEMOCAP's folders in whatever the user opened: the release, one session of it, or the folder around it.
 * Lists only what is needed - never the motion-capture, video or alignment trees, which hold most of the files -
 * and drops hidden names before anything else sees them.
 */
import { CancelledError, CorpusError, PermissionLostError } from '../errors/errors';
import type { CorpusDirectory, CorpusEntry, CorpusFile, Problem, ProblemCode } from './types';

export interface Session {
  /** Path from the opened folder with a trailing `/`, or empty when the session itself was opened. */
  readonly prefix: string;
  /** Name for messages. */
  readonly name: string;
  readonly directory: CorpusDirectory;
}

export interface SessionFiles {
  readonly labels: readonly { readonly path: string; readonly file: CorpusFile }[];
  /** Audio by `<dialog>/<utterance>`. */
  readonly audio: ReadonlyMap<string, { readonly path: string; readonly file: CorpusFile }>;
}

/** Where problems go while a folder is read. */
export type Report = (code: ProblemCode, where: string, detail: string, more?: Partial<Pick<Problem, 'kept' | 'reason' | 'found'>>) => void;

/** A {@link Report} that fills a list. */
export function reportInto(problems: Problem[]): Report {
  return (code, where, detail, more) => problems.push({ code, where, detail, kept: false, ...more });
}

/** Whether an error means that nothing further can be read, so that reading on would only repeat it. */
export function isFatal(error: unknown): boolean {
  return error instanceof CancelledError || error instanceof PermissionLostError
    || (error instanceof Error && error.name === 'NotAllowedError');
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const SESSION = /^Session\d$/i;
const isDirectory = (entry: CorpusEntry): entry is CorpusDirectory => entry.kind === 'directory';
const isFile = (entry: CorpusEntry): entry is CorpusFile => entry.kind === 'file';
const byName = (a: CorpusEntry, b: CorpusEntry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Children in order of name; hidden ones become problems. A folder that cannot be listed has none. */
async function list(directory: CorpusDirectory, prefix: string, report: Report): Promise<CorpusEntry[]> {
  let entries: readonly CorpusEntry[];
  try {
    entries = await directory.entries();
  } catch (error) {
    if (isFatal(error)) throw error;
    report('unreadable-folder', prefix.replace(/\/$/, ''), messageOf(error));
    return [];
  }
  const sorted = [...entries].sort(byName);
  for (const { name } of sorted) if (name.startsWith('.')) report('hidden-file', prefix + name, 'hidden name');
  return sorted.filter(({ name }) => !name.startsWith('.'));
}

/** The subfolder `name`, whatever its case (copies over FAT and zip change it). */
const child = (entries: readonly CorpusEntry[], name: string): CorpusDirectory | undefined =>
  entries.filter(isDirectory).find((entry) => entry.name.toLowerCase() === name.toLowerCase());

/**
 * @throws CorpusError `empty-folder` or `not-a-corpus`
 */
export async function findSessions(root: CorpusDirectory, report: Report): Promise<readonly Session[]> {
  const entries = await list(root, '', report);
  if (entries.length === 0)
    throw new CorpusError('empty-folder', `The folder “${root.name}” is empty.`,
      'Open the folder that holds Session1 to Session5.', { folder: root.name });

  const here = sessionsAmong(entries, '');
  if (here.length > 0) return here;
  if (child(entries, 'dialog') || child(entries, 'sentences')) return [{ prefix: '', name: root.name, directory: root }];

  const below: Session[] = [];
  for (const directory of entries.filter(isDirectory)) {
    const prefix = `${directory.name}/`;
    // Listing a folder that turns out to be something else must not fill the report with its hidden files.
    const problems: Problem[] = [];
    const found = sessionsAmong(await list(directory, prefix, reportInto(problems)), prefix);
    below.push(...found);
    if (found.length > 0) for (const { code, where, detail } of problems) report(code, where, detail);
  }
  if (below.length > 0) return below;

  const names = entries.map(({ name, kind }) => (kind === 'directory' ? `${name}/` : name));
  const found = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  throw new CorpusError('not-a-corpus', `The folder “${root.name}” is not an IEMOCAP corpus.`,
    `Looked for Session1 to Session5, or dialog/ and sentences/; found ${found}. `
    + 'Open the release folder, one of its Session folders, or the folder around it.', { folder: root.name, found });
}

const sessionsAmong = (entries: readonly CorpusEntry[], prefix: string): Session[] =>
  entries.filter(isDirectory).filter(({ name }) => SESSION.test(name))
    .map((directory) => ({ prefix: `${prefix}${directory.name}/`, name: directory.name, directory }));

/** `_e2_cat.txt` and the like: one evaluator's file in another grammar, normally a folder below. */
const PER_EVALUATOR = /_[efm]\d+_(cat|atr)\.txt$/i;

/** Label files and audio files of one session. */
export async function listSession({ directory, prefix }: Session, report: Report): Promise<SessionFiles> {
  const top = await list(directory, prefix, report);
  const evaluation = await descend(top, prefix, ['dialog', 'EmoEvaluation'], 'labels', report);
  const labels = evaluation.entries.filter(isFile)
    .filter(({ name }) => /\.txt$/i.test(name) && !PER_EVALUATOR.test(name))
    .map((file) => ({ path: evaluation.prefix + file.name, file }));

  const wav = await descend(top, prefix, ['sentences', 'wav'], 'audio', report);
  const audio = new Map<string, { path: string; file: CorpusFile }>();
  for (const dialog of wav.entries.filter(isDirectory)) {
    const dialogPrefix = `${wav.prefix}${dialog.name}/`;
    for (const file of (await list(dialog, dialogPrefix, report)).filter(isFile))
      if (/\.wav$/i.test(file.name))
        audio.set(`${dialog.name}/${file.name.slice(0, -4)}`, { path: dialogPrefix + file.name, file });
  }
  return { labels, audio };
}

/** Walks down `path` from the entries of a session; reports the first folder that is missing. */
async function descend(
  entries: readonly CorpusEntry[], prefix: string, path: readonly string[], what: string, report: Report,
): Promise<{ readonly entries: readonly CorpusEntry[]; readonly prefix: string }> {
  for (const name of path) {
    const next = child(entries, name);
    if (!next) {
      report('missing-folder', prefix + name, `no folder with ${what}`);
      return { entries: [], prefix };
    }
    prefix = `${prefix}${next.name}/`;
    entries = await list(next, prefix, report);
  }
  return { entries, prefix };
}
