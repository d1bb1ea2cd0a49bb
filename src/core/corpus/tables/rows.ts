/**
 * From the rows of a mapped table to recordings: which file, which part of it, what its columns say. Whatever
 * cannot be used is told with its row. Not here: reading the sound (recordings.ts).
 */
import { audioStem } from '../../audio/names';
import type { Stretch } from '../../audio/cut';
import { sortedJson } from '../../sorted-json';
import { baseName, type Report } from '../listing';
import type { Recording } from '../recordings';
import type { CorpusFile, LabelValue } from '../types';
import { numberOf, secondsOf } from './cell-values';
import type { GatheredTable } from './gather';
import { mappedValue, type ColumnMapping, type TableMapping } from './mapping';
import { audioFinder } from './match-audio';

export interface SoundFile {
  readonly path: string;
  readonly file: CorpusFile;
}

interface Found extends Pick<Recording, 'path' | 'file' | 'labels' | 'groups'> {
  readonly part?: Stretch;
}

/** @returns recordings in the order of the rows, and the paths of all files that a row names */
export function recordingsOf(
  table: GatheredTable,
  mapping: TableMapping,
  sounds: readonly SoundFile[],
  report: Report,
): { readonly recordings: readonly Recording[]; readonly named: ReadonlySet<string> } {
  const files = new Map(sounds.map(({ path, file }) => [path, file]));
  const find = audioFinder([...files.keys()]);
  const columns = table.header.map((header): ColumnMapping => mapping.columns[header] ?? IGNORED);
  const main = mapping.main === null ? -1 : table.header.indexOf(mapping.main);
  const at = (role: ColumnMapping['role']): number => columns.findIndex((one) => one.role === role);
  const [audio, start, end] = [at('audio'), at('start'), at('end')];
  const rows = new Map<string, Found>();
  const named = new Set<string>();
  for (const { cells, base, where } of table.rows) {
    const cell = (index: number): string => (index < 0 ? '' : cells[index]!);
    const match = find(cell(audio), base);
    if (match === 'none' || match === 'ambiguous') {
      const values = { row: where, path: cell(audio) };
      const known = match === 'none' ? 'rowNoFile' : 'rowManyFiles';
      report('missing-audio', where, { key: known, values });
      continue;
    }
    named.add(match.path);
    if (match.byName)
      report('elsewhere-audio', match.path, { key: 'rowByName', values: { row: where } }, { kept: true });
    const stretch = stretchOf(cell(start), cell(end));
    if (stretch === undefined) {
      const values = { row: where, start: cell(start), end: cell(end) };
      report('bad-row', where, { key: 'rowTimes', values });
      continue;
    }
    const said = saidOf(columns, cells);
    const unread = said.unread.map((index) => `${table.header[index]}: ${cells[index]}`).join(', ');
    if (unread !== '')
      report('bad-row', where, { key: 'rowNoNumber', values: { row: where, cells: unread } }, { kept: true });
    if (said.filtered) {
      report('filtered-row', where, { key: 'rowFiltered' });
      continue;
    }
    if (main >= 0 && said.labels[columns[main]!.id] === null)
      report(
        'unlabelled-row',
        match.path,
        { key: 'rowNoLabel', values: { row: where, column: table.header[main]! } },
        { kept: true },
      );
    const key = JSON.stringify([match.path, stretch?.start ?? 0, stretch?.end ?? null]);
    const other = rows.get(key);
    if (other) {
      const same = sortedJson([other.labels, other.groups]) === sortedJson([said.labels, said.groups]);
      report('duplicate-id', where, {
        key: same ? 'rowAgain' : 'rowAgainOther',
        values: { path: match.path },
      });
      continue;
    }
    rows.set(key, {
      path: match.path,
      file: files.get(match.path)!,
      ...(stretch ? { part: stretch } : {}),
      labels: said.labels,
      groups: said.groups,
    });
  }
  const ids = columns.flatMap(({ role, id }) => (role === 'ignore' ? [] : [id])).sort();
  return { recordings: withIds([...rows.values()], ids), named };
}

const IGNORED: ColumnMapping = { role: 'ignore', id: '' };

/** @returns null: all of the file; undefined: times that make no part */
function stretchOf(startCell: string, endCell: string): Stretch | null | undefined {
  const [start, end] = [secondsOf(startCell), secondsOf(endCell)];
  if (start === undefined || end === undefined) return undefined;
  if ((start ?? 0) === 0 && end === null) return null;
  return end !== null && end <= (start ?? 0) ? undefined : { start: start ?? 0, end };
}

function saidOf(
  columns: readonly ColumnMapping[],
  cells: readonly string[],
): Pick<Recording, 'labels' | 'groups'> & { readonly unread: readonly number[]; readonly filtered: boolean } {
  const labels: Record<string, LabelValue> = {};
  const groups: Record<string, string> = {};
  const unread: number[] = [];
  let filtered = false;
  for (const [i, column] of columns.entries()) {
    const value = mappedValue(column, cells[i]!);
    if (column.role === 'number') {
      labels[column.id] = value === null ? null : numberOf(value);
      if (value !== null && labels[column.id] === null) unread.push(i);
    } else if (column.role === 'classes') {
      labels[column.id] = value;
      if (value !== null) groups[column.id] = value;
    } else if (column.role === 'filter') filtered ||= value === null;
    else if ((column.role === 'group' || column.role === 'split') && value !== null)
      groups[column.id] = value;
  }
  return { labels, groups, unread, filtered };
}

/**
 * Names of files, with folders where two have the same, with times where several are parts of one.
 * @param columns ids, in an order that does not depend on the table's
 */
function withIds(found: readonly Found[], columns: readonly string[]): Recording[] {
  const byName = new Map<string, Set<string>>();
  const shortName = (path: string): string => audioStem(baseName(path));
  for (const { path } of found)
    byName.set(shortName(path), (byName.get(shortName(path)) ?? new Set()).add(path));
  return found.map((one) => {
    const { path, part, labels, groups } = one;
    const name = byName.get(shortName(path))!.size === 1 ? shortName(path) : audioStem(path);
    const times = part ? `@${part.start}-${part.end ?? ''}` : '';
    // What is learnt of it belongs to what the corpus is: another mapping makes another corpus.
    const said = columns.map((id) => [id, labels[id], groups[id]]);
    return { ...one, id: name + times, label: JSON.stringify(said) };
  });
}
