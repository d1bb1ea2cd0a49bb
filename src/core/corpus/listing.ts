/**
 * Listing folders: hidden names are dropped and told before anything else sees them, and a folder that cannot
 * be listed is a problem, not the end. Not here: what the folders mean (iemocap/find-sessions.ts, iemocap/layout.ts).
 */
import { CancelledError, PermissionLostError } from '../errors/errors';
import { throwIfCancelled, type CancelSignal } from '../progress';
import type { CorpusDirectory, CorpusEntry, CorpusFile } from './types';
import type { Problem, ProblemCode } from '../errors/problem';

/** Where problems go while a folder is read. */
export type Report = (
  code: ProblemCode,
  where: string,
  detail: string,
  more?: Partial<Pick<Problem, 'kept' | 'reason' | 'found' | 'said'>>,
) => void;

/** A {@link Report} that fills a list. */
export function reportInto(problems: Problem[]): Report {
  return (code, where, detail, more) => problems.push({ code, where, detail, kept: false, ...more });
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
    if (name.startsWith('.'))
      report('hidden-file', prefix + name, 'hidden name', { said: { key: 'hidden' } });
  return { prefix, directory, entries: sorted.filter(({ name }) => !name.startsWith('.')) };
}

/** The folder, whose every listing can be called off. */
export function cancellable(directory: CorpusDirectory, signal: CancelSignal | undefined): CorpusDirectory {
  return {
    kind: 'directory',
    name: directory.name,
    entries: async () => {
      throwIfCancelled(signal, 'scan');
      return (await directory.entries()).map((entry) =>
        isDirectory(entry) ? cancellable(entry, signal) : entry,
      );
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
const NEVER_LISTED =
  /^(MOCAP|ForcedAlignment$|avi$|lab$|transcriptions$|Categorical$|Attribute$|Self-evaluation$|node_modules$|__MACOSX$)/i;
/**
 * As deep as a corpus is looked for, and so many folders in all: somebody may have opened their home folder.
 */
const MAX_DEPTH = 4;
const MAX_FOLDERS = 400;

/** A folder that may turn out to be something else; until then what is wrong with it is kept apart. */
export interface Visited extends Listed {
  readonly problems: readonly Problem[];
}

/**
 * The folders below one, level by level.
 * @param visit is called once a level with what was listed there; what it returns is looked into further
 * No further than {@link MAX_FOLDERS} folders: of the level on which they run out, only those listed are visited.
 */
export async function walk(
  top: Listed,
  visit: (level: readonly Visited[]) => Promise<readonly Listed[]> | readonly Listed[],
  depth = MAX_DEPTH,
): Promise<void> {
  let level: readonly Listed[] = [top];
  let left = MAX_FOLDERS;
  for (let i = 0; i < depth && level.length > 0 && left > 0; i++) {
    const next: Visited[] = [];
    for (const folder of level) {
      for (const directory of folder.entries.filter(isDirectory)) {
        if (NEVER_LISTED.test(directory.name)) continue;
        // What was listed of this level is still looked at.
        if (left-- <= 0) break;
        const problems: Problem[] = [];
        next.push({ ...(await listChild(folder, directory, reportInto(problems))), problems });
      }
    }
    level = await visit(next);
  }
}

/** No corpus has so many; somebody may have opened a whole disk. */
const MOST_BELOW = 20_000;
const DEEPEST = 16;

/**
 * All files of a folder and the folders below it, level by level.
 * @param report is told of hidden names, of folders that cannot be listed, and of those that are one too many or
 * too deep
 */
export async function filesBelow(
  root: CorpusDirectory,
  report: Report,
): Promise<{ readonly path: string; readonly file: CorpusFile }[]> {
  const files: { readonly path: string; readonly file: CorpusFile }[] = [];
  let level: readonly Listed[] = [await list(root, '', report)];
  let left = MOST_BELOW;
  for (let depth = 0; level.length > 0; depth++) {
    const next: Listed[] = [];
    for (const folder of level) {
      for (const entry of folder.entries) {
        const path = folder.prefix + entry.name;
        if (isFile(entry)) files.push({ path, file: entry });
        else if (entry.name === '__MACOSX')
          report('hidden-file', path, 'what macOS adds to an archive', { said: { key: 'archiveFolder' } });
        else if (depth >= DEEPEST || left <= 0)
          report('ignored-folder', path, 'too many folders, or too deep', { said: { key: 'tooDeep' } });
        else {
          left--;
          next.push(await listChild(folder, entry, report));
        }
      }
    }
    level = next;
  }
  return files;
}
