/**
 * Tables in CSV, TSV and lines of JSON. Files that list the parts of one
 * corpus - `msp_train.csv`, `msp_test.csv` (nkululeko), `train/metadata.csv` (Hugging Face) - are one table with a
 * column that says which part.
 */
import { EquipoiseError } from '../../errors/errors';
import { throwIfCancelled } from '../../progress';
import { baseName, isFatal, messageOf, type Report } from '../listing';
import { partOfName } from './column-names';
import { MOST_BYTES, readCsv, uniqueNames } from './csv';
import { folderOf, type GatheredTable, type NamedFile, type Row, type TableForm } from './gather';
import { readJsonLines } from './json-lines';

const TABLE_NAME = /\.(csv|tsv|jsonl|ndjson)$/i;
/** Tables that are looked into. */
const MOST_TABLES = 60;

export const delimited: TableForm = {
  id: 'delimited',
  // Below what an adapter gives that knows the corpus by its names.
  score: 0.85,
  look: async (paths, head) => {
    const tables: ReadTable[] = [];
    for (const path of candidates(paths)) {
      const text = await head(path);
      // The last line may be cut.
      const bytes = Uint8Array.from(text.slice(0, text.lastIndexOf('\n') + 1) || text, (letter) =>
        letter.charCodeAt(0),
      );
      try {
        tables.push({ path, ...parse(bytes, path) });
      } catch (error) {
        if (isFatal(error)) throw error;
      }
    }
    return joined(tables);
  },
  read: async (files, report, signal) => {
    const byPath = new Map(files.map((one) => [one.path, one]));
    const tables: ReadTable[] = [];
    for (const path of candidates([...byPath.keys()])) {
      throwIfCancelled(signal, 'scan');
      const table = await tableAt(byPath.get(path)!, report);
      if (table) tables.push({ path, ...table });
    }
    return joined(tables);
  },
};

interface ReadTable {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The nearest to the opened folder first. */
const candidates = (paths: readonly string[]): readonly string[] =>
  paths
    .filter((path) => TABLE_NAME.test(path))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
    .slice(0, MOST_TABLES);

const parse = (
  bytes: Uint8Array,
  path: string,
): ReturnType<typeof readCsv> | ReturnType<typeof readJsonLines> =>
  /l$|ndjson$/i.test(path) ? readJsonLines(bytes, path) : readCsv(bytes, path);

/** @returns null for what is no table, which is reported */
export async function tableAt(
  { path, file }: NamedFile,
  report: Report,
): Promise<ReturnType<typeof parse> | null> {
  try {
    const table = parse(await file.bytes(0, Math.min(await file.size(), MOST_BYTES + 1)), path);
    if ('encoding' in table && table.encoding.startsWith('windows'))
      report(
        'guessed-encoding',
        path,
        { key: 'guessedEncoding', values: { encoding: table.encoding } },
        { kept: true },
      );
    for (const row of table.ragged)
      report('bad-row', `${path}:${row + 1}`, { key: 'rowRagged' }, { kept: true });
    return table;
  } catch (error) {
    if (isFatal(error)) throw error;
    report(
      'bad-table',
      path,
      messageOf(error),
      error instanceof EquipoiseError ? { reason: error.code } : {},
    );
    return null;
  }
}

/** Tables, those of the parts of one corpus as one. */
function joined(tables: readonly ReadTable[]): readonly GatheredTable[] {
  const groups = new Map<string, ReadTable[]>();
  for (const table of tables) {
    const key = JSON.stringify([partOf(table.path).whole, table.header]);
    groups.set(key, [...(groups.get(key) ?? []), table]);
  }
  return [...groups.values()].map((members): GatheredTable => {
    const { header } = members[0]!;
    const parts = new Set(members.map(({ path }) => partOf(path).part));
    const withParts = parts.size > 1 && !parts.has(null);
    const names = withParts ? uniqueNames([...header, 'split']) : header;
    return {
      files: members.map(({ path }) => path),
      header: names,
      hints: withParts ? { [names.at(-1)!]: { role: 'split', id: 'split' } } : {},
      rows: members.flatMap(({ path, rows }) =>
        rows.map((cells, i): Row => ({
          cells: withParts ? [...cells, partOf(path).part!] : cells,
          base: folderOf(path),
          where: `${path}:${i + 2}`,
        })),
      ),
    };
  });
}

/** Which part a table lists by its name or its folder's, and what the tables of all parts have in common. */
function partOf(path: string): { readonly whole: string; readonly part: string | null } {
  const name = baseName(path).replace(TABLE_NAME, '');
  const own = /^(?:(.*)[._-])?([^._-]+)$/.exec(name);
  const byName = own && partOfName(own[2]!);
  if (byName) return { whole: `${folderOf(path)}${own[1] ?? ''}`, part: byName };
  const folder = folderOf(path).slice(0, -1);
  const byFolder = partOfName(baseName(folder));
  return byFolder ? { whole: `${folderOf(folder)}*/${name}`, part: byFolder } : { whole: path, part: null };
}
