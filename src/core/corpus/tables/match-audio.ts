/**
 * Which file a table means: its paths were written on another machine, from another folder, sometimes without an
 * ending. A path is looked for beside the table, then from the opened folder; then the file whose path ends most
 * alike counts, if there is just one.
 */
import { baseName } from '../listing';
import { AUDIO_NAME } from './csv';

export interface AudioMatch {
  readonly path: string;
  /** Found by the name of the file alone, though the table names folders. */
  readonly byName: boolean;
}

const stem = (path: string): string => path.replace(AUDIO_NAME, '');
const key = (path: string): string => path.normalize('NFC').toLowerCase();
/** `C:\data\a.wav`, `./a.wav`, `../wav/a.wav` as parts of a path. */
const partsOf = (path: string): string[] =>
  path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part));

/** Of more files of one name only a whole path tells: each row would be compared with all of them. */
const MOST_ALIKE = 1000;

/** How many parts two paths have in common, from the end. */
function commonEnd(a: readonly string[], b: readonly string[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n++;
  return n;
}

/** @param paths of sound files from the opened folder; a search takes no longer the more there are */
export function audioFinder(
  paths: readonly string[],
): (cell: string, base: string) => AudioMatch | 'none' | 'ambiguous' {
  const byPath = new Map<string, string>();
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    byPath.set(key(path), path);
    for (const name of new Set([key(baseName(path)), stem(key(baseName(path)))])) {
      const others = byName.get(name);
      if (others) others.push(path);
      else byName.set(name, [path]);
    }
  }
  return (cell, base) => {
    const parts = partsOf(key(cell));
    const name = parts.at(-1);
    if (name === undefined) return 'none';
    const exact = byPath.get(key(base + parts.join('/'))) ?? byPath.get(parts.join('/'));
    if (exact !== undefined) return { path: exact, byName: false };
    // As it is; without its ending only where nothing is called so: a.flac that became a.wav.
    const candidates = byName.get(name) ?? byName.get(stem(name)) ?? [];
    if (candidates.length > MOST_ALIKE) return 'ambiguous';
    const rated = candidates.map((path) => {
      const folders = partsOf(key(path)).slice(0, -1);
      return { path, common: commonEnd(parts.slice(0, -1), folders) };
    });
    const best = Math.max(-1, ...rated.map(({ common }) => common));
    const alike = rated.filter(({ common }) => common === best);
    if (alike.length !== 1) return alike.length === 0 ? 'none' : 'ambiguous';
    return { path: alike[0]!.path, byName: best === 0 && parts.length > 1 };
  };
}
