/** What the tables of an audformat database are about, files and parts of files, as the rows of one table. */
import { folderOf, type GatheredTable, type Row } from './gather';
import type { Hint } from './mapping';

/** What a row of a table is about, and what it says. */
export interface Said {
  readonly file: string;
  /** Seconds; null: to the end. */
  readonly start: number;
  readonly end: number | null;
  readonly where: string;
  readonly values: Map<string, string>;
}

/** A file that parts are known of is its parts; what is said of it is said of each. */
export function tableFrom(
  path: string,
  files: ReadonlyMap<string, Said>,
  parts: ReadonlyMap<string, Said>,
  hints: Readonly<Record<string, Hint>>,
): GatheredTable {
  const cut = new Set([...parts.values()].map(({ file }) => file));
  const all = [...parts.values(), ...[...files.values()].filter(({ file }) => !cut.has(file))];
  const names = new Set<string>();
  for (const { values } of [...files.values(), ...parts.values()])
    for (const name of values.keys()) names.add(name);
  const times = parts.size > 0 ? ['start', 'end'] : [];
  const columns = [...names].filter((name) => name !== 'file' && !times.includes(name));
  return {
    files: [path],
    header: ['file', ...times, ...columns],
    hints: { ...hints, ...(names.has('split') ? { split: { role: 'split', id: 'split' } } : {}) },
    rows: all.map(({ file, start, end, where, values }): Row => ({
      cells: [
        file,
        ...(times.length > 0 ? [String(start), end === null ? '' : String(end)] : []),
        ...columns.map((name) => values.get(name) ?? files.get(file)?.values.get(name) ?? ''),
      ],
      base: folderOf(path),
      where,
    })),
  };
}
