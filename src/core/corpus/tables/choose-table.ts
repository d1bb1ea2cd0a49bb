/**
 * Which of several tables describes the recordings, and which of its columns names them: whatever finds most files.
 * Names of columns only decide between equals.
 */
import type { GatheredTable } from './gather';
import { suggestMapping, type Hint, type TableMapping } from './mapping';
import { audioFinder } from './match-audio';

/** Rows of a table that are looked at for sound files. */
export const LOOKED_AT = 200;

export interface ChosenTable {
  readonly table: GatheredTable;
  /** Suggested. */
  readonly mapping: TableMapping;
  /** Of the first {@link LOOKED_AT} rows, those whose file is there. */
  readonly found: number;
}

/**
 * @param sounds paths of sound files
 * @returns null where no table has a column that is called or looks like one of files
 */
export function chooseTable(tables: readonly GatheredTable[], sounds: readonly string[]): ChosenTable | null {
  const find = audioFinder(sounds);
  const rated = tables.flatMap((table): ChosenTable[] => {
    const looked = table.rows.slice(0, LOOKED_AT);
    const counts = table.header.map(
      (_, i) => looked.filter(({ cells, base }) => typeof find(cells[i]!, base) === 'object').length,
    );
    const plain = { header: table.header, rows: table.rows.map(({ cells }) => cells) };
    const suggested = suggestMapping(plain, table.hints);
    const named = table.header.findIndex((name) => suggested.columns[name]?.role === 'audio');
    const most = Math.max(0, ...counts);
    const audio = named >= 0 && counts[named] === most ? named : most > 0 ? counts.indexOf(most) : named;
    // Numbers that happen to be names of files are no column of files.
    if (audio < 0 || (named < 0 && 2 * most < looked.length)) return [];
    if (audio === named) return [{ table, mapping: suggested, found: counts[audio]! }];
    const hints: Record<string, Hint> = {
      ...table.hints,
      ...(named < 0 ? {} : { [table.header[named]!]: { role: 'ignore' } }),
      [table.header[audio]!]: { role: 'audio', id: 'file' },
    };
    return [{ table: { ...table, hints }, mapping: suggestMapping(plain, hints), found: counts[audio]! }];
  });
  return rated.length === 0 ? null : rated.reduce((one, other) => (rank(other) > rank(one) ? other : one));
}

/** Rows that are found in all, as far as those looked at tell. */
const rank = ({ table, found }: ChosenTable): number =>
  (found * table.rows.length) / Math.max(1, Math.min(LOOKED_AT, table.rows.length));
