/**
 * Finds IEMOCAP's sessions in whatever the user opened: the release, one session, a folder some levels above,
 * a copy whose folders are doubled or renamed, and as a last resort files that lie about by their names. What
 * is read must be beyond doubt; what is passed over is told. Lists only what is needed - never the
 * motion-capture, video or alignment trees, which hold most of the files.
 */
import { IEMOCAP_NAME } from './description';
import { isUtteranceAudio, isLabelName } from './file-names';
import {
  child,
  isDirectory,
  isFile,
  list,
  listChild,
  NEVER_IN_IEMOCAP,
  quiet,
  reportAgain,
  reportInto,
  walk,
  type Listed,
  type Report,
  type Visited,
} from '../listing';
import { emptyFolder, notThisCorpus } from '../refusals';
import type { CorpusDirectory, CorpusEntry } from '../types';

export interface Session extends Listed {
  /** Name for messages. */
  readonly name: string;
  /** Where the release's folders are not there: the folders in which files were found by their names. */
  readonly loose?: readonly Listed[];
}

const EXACT = /^Session([1-9])$/i;
/** `Session 1`, `session_01`, `Session1 (copy)`, `IEMOCAP Session1`: the number is beyond doubt. */
export const SESSION_NAME = /(?:^|[^a-z])Session[ _-]?0?([1-9])(?!\d)/i;

const isSession = (entries: readonly CorpusEntry[]): boolean =>
  child(entries, 'dialog') !== undefined || child(entries, 'sentences') !== undefined;
const holdsNamed = ({ entries }: Listed): boolean =>
  entries.some((entry) => isFile(entry) && (isUtteranceAudio(entry.name) || isLabelName(entry.name)));

/**
 * @throws CorpusError `empty-folder` or `not-a-corpus`, with `details.folder` and `found` (the first few
 * names)
 */
export async function findSessions(root: CorpusDirectory, report: Report): Promise<readonly Session[]> {
  const top = await list(root, '', report);
  if (top.entries.length === 0) throw emptyFolder(root.name);

  const here = await sessionsIn(top, report);
  if (here.length > 0) return here;
  if (isSession(top.entries)) return [{ ...top, name: root.name }];

  const seen: Visited[] = [];
  const found: Session[] = [];
  const look = async (level: readonly Visited[]): Promise<readonly Visited[]> => {
    for (const folder of level) {
      const problems = [...folder.problems];
      const sessions = isSession(folder.entries)
        ? [{ ...folder, name: folder.directory.name }]
        : await sessionsIn(folder, reportInto(problems));
      found.push(...sessions);
      if (sessions.length > 0) for (const problem of problems) reportAgain(problem, report);
    }
    seen.push(...level);
    return found.length > 0 ? [] : level;
  };
  await walk(top, report, look, NEVER_IN_IEMOCAP);
  if (found.length > 0) return found;

  const loose = [{ ...top, problems: [] }, ...seen].filter(holdsNamed);
  for (const problem of loose.flatMap(({ problems }) => problems)) reportAgain(problem, report);
  if (loose.length > 0) return [{ ...top, name: root.name, loose }];

  throw notThisCorpus(root.name, [IEMOCAP_NAME], top.entries);
}

/**
 * The sessions among a folder's children, listed; of several folders for one session the one that is named as
 * in the release.
 */
async function sessionsIn(folder: Listed, report: Report): Promise<Session[]> {
  let chosen = choose(folder, report);
  // Some of the five: a listing that was cut looks the same, so it is made once more.
  if (chosen.length > 1 && chosen.length < 5) {
    const again = choose(await list(folder.directory, folder.prefix, quiet), quiet);
    if (again.length > chosen.length) {
      const count = again.length - chosen.length;
      report(
        'relisted-folder',
        folder.prefix || folder.directory.name,
        { key: 'moreSessions', values: { count } },
        { kept: true },
      );
      chosen = again;
    }
  }
  const sessions: Session[] = [];
  for (const directory of chosen)
    sessions.push(
      ...(await unwrap({ ...(await listChild(folder, directory, report)), name: directory.name }, report)),
    );
  return sessions;
}

function choose({ entries, prefix }: Listed, report: Report): CorpusDirectory[] {
  const bySession = new Map<string, CorpusDirectory[]>();
  for (const directory of entries.filter(isDirectory)) {
    const number = SESSION_NAME.exec(directory.name)?.[1];
    if (number !== undefined) bySession.set(number, [...(bySession.get(number) ?? []), directory]);
  }
  return [...bySession.values()].map((candidates) => {
    const first = candidates.find(({ name }) => EXACT.test(name)) ?? candidates[0]!;
    for (const { name } of candidates)
      if (name !== first.name)
        report('ignored-folder', prefix + name, { key: 'otherRead', values: { path: prefix + first.name } });
    return first;
  });
}

/** The session itself, or what lies in it once more: unpacking often makes `Session1/Session1`. */
async function unwrap(session: Session, report: Report, depth = 3): Promise<Session[]> {
  if (depth === 0 || isSession(session.entries)) return [session];
  const alike = choose(session, report);
  const folders = session.entries.filter(isDirectory);
  const inside: Session[] = [];
  for (const directory of alike.length > 0 ? alike : folders.length === 1 ? folders : [])
    inside.push(
      ...(await unwrap(
        { ...(await listChild(session, directory, report)), name: directory.name },
        report,
        depth - 1,
      )),
    );
  const whole = inside.filter(({ entries }) => isSession(entries));
  return whole.length > 0 ? whole : [session];
}
