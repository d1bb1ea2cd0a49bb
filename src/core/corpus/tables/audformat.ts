/**
 * An audformat database: `db.yaml` beside tables of files and of parts of files, in CSV or Parquet. Its tables are
 * put side by side by what they are about; what a file is labelled holds for its parts. Votes
 * (`<scheme>.gold_standard`) are suggested for tasks, single raters are not; tables `<x>.train`, `.dev` and `.test`
 * are the published parts; labels that a scheme does not have count as missing.
 */
import { EquipoiseError } from '../../errors/errors';
import { throwIfCancelled } from '../../progress';
import { baseName, isFatal, messageOf, type Report } from '../listing';
import { readHeader, type DatabaseHeader, type HeaderTable, type Scheme } from './audformat-header';
import { tableFrom, type Said } from './audformat-units';
import { secondsOf } from './cell-values';
import { partOfName } from './column-names';
import type { Table } from './csv';
import { tableAt } from './delimited';
import { folderOf, type GatheredTable, type NamedFile, type TableForm } from './gather';
import type { Hint } from './mapping';
import { readParquet } from './parquet';

const HEADER = 'db.yaml';
const MOST_HEADER_BYTES = 16 << 20;
const TIMES = new Set(['start', 'end']);

const headersOf = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => baseName(path) === HEADER).sort((a, b) => a.length - b.length);

export const audformat: TableForm = {
  id: 'audformat',
  score: 0.97,
  // What is in its tables, the beginning of the header does not say.
  look: async (paths) =>
    headersOf(paths)
      .slice(0, 1)
      .map((path) => ({ files: [path], header: ['file'], rows: [], hints: {} })),
  read: async (files, report, signal) => {
    const byPath = new Map(files.map((one) => [one.path, one]));
    const [path] = headersOf([...byPath.keys()]);
    if (path === undefined) return [];
    try {
      const { file } = byPath.get(path)!;
      const header = await readHeader(
        await file.bytes(0, Math.min(await file.size(), MOST_HEADER_BYTES + 1)),
        path,
      );
      const folder = folderOf(path);
      const read = async (id: string, times: ReadonlySet<string>): Promise<Table | null> => {
        throwIfCancelled(signal, 'scan');
        return tableOf(id, folder, byPath, report, times);
      };
      return [await sideBySide(path, header, read, report)];
    } catch (error) {
      if (isFatal(error) || !(error instanceof EquipoiseError)) throw error;
      report('bad-table', path, messageOf(error), { reason: error.code });
      return [];
    }
  },
};

/** @returns null for a table that is not there or cannot be read, which is reported */
async function tableOf(
  id: string,
  folder: string,
  byPath: ReadonlyMap<string, NamedFile>,
  report: Report,
  times: ReadonlySet<string>,
): Promise<Table | null> {
  const parquet = byPath.get(`${folder}db.${id}.parquet`);
  const csv = byPath.get(`${folder}db.${id}.csv`);
  if (!parquet && csv) return tableAt(csv, report);
  if (!parquet) {
    const pickle = `${folder}db.${id}.pkl`;
    report('bad-table', byPath.has(pickle) ? pickle : `${folder}db.${id}`, { key: 'audformatNoTable' });
    return null;
  }
  try {
    return await readParquet(parquet.file, parquet.path, times);
  } catch (error) {
    if (isFatal(error)) throw error;
    const reason = error instanceof EquipoiseError ? { reason: error.code } : {};
    report('bad-table', parquet.path, messageOf(error), reason);
    return null;
  }
}

async function sideBySide(
  path: string,
  { schemes, tables }: DatabaseHeader,
  read: (id: string, times: ReadonlySet<string>) => Promise<Table | null>,
  report: Report,
): Promise<GatheredTable> {
  const files = new Map<string, Said>();
  const parts = new Map<string, Said>();
  const hints: Record<string, Hint> = {};
  const outside = new Map<string, number>();
  const conflicts = new Map<string, number>();
  const count = (where: Map<string, number>, key: string): void =>
    void where.set(key, (where.get(key) ?? 0) + 1);
  const labels = new Map<string, Scheme['labels']>();
  for (const [id, { labels: own, labelTable }] of schemes)
    labels.set(id, own ?? (labelTable === null ? null : labelsIn(await read(labelTable, new Set()))));
  const put = (said: Said, name: string, value: string): void => {
    if (value === '') return;
    const before = said.values.get(name);
    if (before === undefined) said.values.set(name, value);
    else if (before !== value) count(conflicts, name);
  };
  for (const one of tables) {
    const times = new Set(
      [...one.columns].flatMap(([name, { scheme }]) =>
        schemes.get(scheme ?? '')?.dtype === 'time' ? name : [],
      ),
    );
    const table = await read(one.id, new Set([...TIMES, ...times]));
    if (!table) continue;
    const at = (name: string): number => table.header.indexOf(name);
    const part = one.splitType ?? partOfId(one.id);
    const columns = [...one.columns].flatMap(([name, { scheme, rated }]) =>
      at(name) < 0 ? [] : [{ name: nameOf(one, name, rated), from: at(name), scheme, rated }],
    );
    for (const { name, scheme, rated } of columns)
      if (scheme !== null) hints[name] ??= hintOf(schemes.get(scheme), rated);
    for (const [i, cells] of table.rows.entries()) {
      const file = cells[at('file')] ?? '';
      if (file === '') continue;
      const start = secondsOf(cells[at('start')] ?? '') ?? 0;
      const end = secondsOf(cells[at('end')] ?? '') ?? null;
      const all = one.segmented ? parts : files;
      const key = one.segmented ? JSON.stringify([file, start, end]) : file;
      const fresh = { file, start, end, where: `${one.id}:${i + 1}`, values: new Map<string, string>() };
      const said = all.get(key) ?? fresh;
      all.set(key, said);
      if (part !== null) put(said, 'split', part);
      for (const { name, from, scheme } of columns) {
        const cell = cells[from]!;
        const allowed = scheme === null ? null : labels.get(scheme);
        if (cell !== '' && allowed && !allowed.has(cell)) {
          count(outside, `${name}: ${cell}`);
          continue;
        }
        put(said, name, cell);
        // What a label's own entry says: a speaker's gender and age.
        for (const [field, value] of Object.entries(allowed?.get(cell) ?? {})) put(said, field, value);
      }
    }
  }
  tell(report, path, 'audformatOutside', outside);
  tell(report, path, 'audformatConflict', conflicts);
  return tableFrom(path, files, parts, hints);
}

/** Which part of the corpus a table lists by its id: `emotion.train.gold_standard`. */
const partOfId = (id: string): string | null =>
  id.split('.').reduce<string | null>((found, name) => found ?? partOfName(name), null);

/** A single rater's column is called after its table, without its part, so that it is not the vote's. */
const nameOf = ({ id }: HeaderTable, column: string, rated: boolean): string =>
  rated ? [...id.split('.').filter((name) => partOfName(name) === null), column].join('.') : column;

function hintOf(scheme: Scheme | undefined, rated: boolean): Hint {
  if (rated || scheme?.dtype === 'time' || scheme?.dtype === 'date') return { role: 'ignore' };
  if (scheme?.labels || scheme?.dtype === 'bool') return { role: 'classes' };
  return scheme?.dtype === 'float' || scheme?.dtype === 'int' ? { role: 'number' } : {};
}

/** A table of labels: the first column names them, the others say what is known of each. */
function labelsIn(table: Table | null): Scheme['labels'] {
  if (!table) return null;
  const [, ...fields] = table.header;
  return new Map(
    table.rows.map(([label = '', ...values]) => [
      label,
      Object.fromEntries(fields.map((field, i) => [field, values[i] ?? ''])),
    ]),
  );
}

function tell(
  report: Report,
  path: string,
  key: 'audformatOutside' | 'audformatConflict',
  counts: ReadonlyMap<string, number>,
): void {
  for (const [what, count] of counts)
    report('bad-row', path, { key, values: { what, count } }, { kept: true });
}
