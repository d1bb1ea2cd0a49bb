/**
 * Listing folders: hidden names are dropped and told before anything else sees them, and a folder that cannot
 * be listed is a problem, not the end. Not here: what the folders mean (iemocap/find-sessions.ts, iemocap/layout.ts).
 */
import { CancelledError, PermissionLostError } from '../errors/errors';
import { throwIfCancelled, type CancelSignal } from '../progress';
import type { CorpusDirectory, CorpusEntry, CorpusFile } from './types';
import type { Clause } from '../errors/clauses';
import type { Problem, ProblemCode } from '../errors/problem';

/** Where problems go while a folder is read. */
export type Report = (
  code: ProblemCode,
  where: string,
  /** A clause of ours; a text where somebody else's words are all there is. */
  said: Clause | string,
  more?: Partial<Pick<Problem, 'kept' | 'reason' | 'found'>>,
) => void;

/** A {@link Report} that fills a list. */
export function reportInto(problems: Problem[]): Report {
  return (code, where, said, more) =>
    problems.push({
      code,
      where,
      ...(typeof said === 'string' ? { detail: said } : { said }),
      kept: false,
      ...more,
    });
}

/** Reports what was found before. */
export function reportAgain({ code, where, said, detail, ...more }: Problem, report: Report): void {
  report(code, where, said ?? detail ?? '', more);
}

/** For a second look: everything was told the first time. */
export const quiet: Report = () => undefined;

/** Whether an error means that nothing further can be read, so that reading on would only repeat it. */
export function isFatal(error: unknown): boolean {
  return (
    error instanceof CancelledError ||
    error instanceof PermissionLostError ||
    (error instanceof Error && error.name === 'NotAllowedError')
  );
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const isDirectory = (entry: CorpusEntry): entry is CorpusDirectory => entry.kind === 'directory';
export const isFile = (entry: CorpusEntry): entry is CorpusFile => entry.kind === 'file';
/** The last part of a `/`-separated path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const byName = (a: CorpusEntry, b: CorpusEntry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** A folder with what it holds, hidden names left out. */
export interface Listed {
  /** Path from the opened folder with a trailing `/`, empty for that folder itself. */
  readonly prefix: string;
  readonly directory: CorpusDirectory;
  /** In order of name. */
  readonly entries: readonly CorpusEntry[];
}

/** @returns no entries where the folder cannot be listed, which is reported  @throws what isFatal */
export async function list(directory: CorpusDirectory, prefix: string, report: Report): Promise<Listed> {
  let entries: readonly CorpusEntry[];
  try {
    entries = await directory.entries();
  } catch (error) {
    if (isFatal(error)) throw error;
    report('unreadable-folder', prefix.replace(/\/$/, ''), messageOf(error));
    return { prefix, directory, entries: [] };
  }
  const sorted = [...entries].sort(byName);
  for (const { name } of sorted)
    if (name === ARCHIVE_FOLDER) report('hidden-file', prefix + name, { key: 'archiveFolder' });
    else if (isHidden(name)) report('hidden-file', prefix + name, { key: 'hidden' });
  return { prefix, directory, entries: sorted.filter(({ name }) => !isHidden(name)) };
}

/** In which macOS' archives keep what is no part of them. */
const ARCHIVE_FOLDER = '__MACOSX';
/** `._a.wav`, `.DS_Store`. */
const isHidden = (name: string): boolean => name.startsWith('.') || name === ARCHIVE_FOLDER;

/** The folder, whose every listing can be called off, in the middle of a large one, too. */
export function cancellable(directory: CorpusDirectory, signal: CancelSignal | undefined): CorpusDirectory {
  return {
    kind: 'directory',
    name: directory.name,
    entries: async (seen) => {
      throwIfCancelled(signal, 'scan');
      const entries = await directory.entries((count, name) => {
        throwIfCancelled(signal, 'scan');
        seen?.(count, name);
      });
      return entries.map((entry) => (isDirectory(entry) ? cancellable(entry, signal) : entry));
    },
  };
}

/** Lists a folder of a listed one. */
export const listChild = ({ prefix }: Listed, directory: CorpusDirectory, report: Report): Promise<Listed> =>
  list(directory, `${prefix}${directory.name}/`, report);

/** The subfolder `name`, whatever its case (copies over FAT and zip change it). */
export const child = (entries: readonly CorpusEntry[], name: string): CorpusDirectory | undefined =>
  entries.filter(isDirectory).find((entry) => entry.name.toLowerCase() === name.toLowerCase());

/**
 * Folders of a session that hold thousands of files and nothing that is read here, and the label files' other
 * grammars.
 */
export const NEVER_IN_IEMOCAP =
  /^(MOCAP|ForcedAlignment$|avi$|lab$|transcriptions$|Categorical$|Attribute$|Self-evaluation$|node_modules$)/i;
const NEVER_LISTED = /^node_modules$/i;
/**
 * As deep as a corpus is looked for, and so many folders in all: somebody may have opened their home folder.
 * ESD has 420 folders, a release of IEMOCAP some hundred a session.
 */
const MAX_DEPTH = 8;
const MAX_FOLDERS = 20_000;

/** A folder that may turn out to be something else; until then what is wrong with it is kept apart. */
export interface Visited extends Listed {
  readonly problems: readonly Problem[];
}

/**
 * The folders below one, level by level, no further than {@link MAX_DEPTH} levels and {@link MAX_FOLDERS}
 * folders; what lies beyond is reported.
 * @param visit is called once a level with what was listed there; what it returns is looked into further
 * @param never names of folders that are not looked into
 */
export async function walk(
  top: Listed,
  report: Report,
  visit: (level: readonly Visited[]) => Promise<readonly Listed[]> | readonly Listed[],
  never = NEVER_LISTED,
): Promise<void> {
  let level: readonly Listed[] = [top];
  let left = MAX_FOLDERS;
  const beyond: string[] = [];
  for (let depth = 0; level.length > 0; depth++) {
    const next: Visited[] = [];
    for (const folder of level) {
      for (const directory of folder.entries.filter(isDirectory)) {
        if (never.test(directory.name)) continue;
        if (depth === MAX_DEPTH || left === 0) {
          beyond.push(folder.prefix + directory.name);
          continue;
        }
        left--;
        const problems: Problem[] = [];
        next.push({ ...(await listChild(folder, directory, reportInto(problems))), problems });
      }
    }
    level = next.length === 0 ? [] : await visit(next);
  }
  if (beyond.length > 0)
    report('folder-limit', beyond[0]!, {
      key: 'notListed',
      values: { count: beyond.length, depth: MAX_DEPTH, folders: MAX_FOLDERS },
    });
}

/**
 * All files of a folder and the folders below it, level by level; as far as {@link walk} goes.
 * @param report is told of hidden names, of folders that cannot be listed and of those that are not
 */
export async function filesBelow(
  root: CorpusDirectory,
  report: Report,
): Promise<{ readonly path: string; readonly file: CorpusFile }[]> {
  const files: { readonly path: string; readonly file: CorpusFile }[] = [];
  const take = ({ prefix, entries }: Listed): void => {
    for (const entry of entries.filter(isFile)) files.push({ path: prefix + entry.name, file: entry });
  };
  const top = await list(root, '', report);
  take(top);
  await walk(top, report, (level) => {
    for (const folder of level) {
      take(folder);
      for (const problem of folder.problems) reportAgain(problem, report);
    }
    return level;
  });
  return files;
}
