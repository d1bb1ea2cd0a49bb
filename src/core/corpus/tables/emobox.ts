/**
 * EmoBox: lines of JSON for a corpus (`key`, `wav`, `emo`, ...), a map of its labels, and published folds as lists
 * of training and test (`fold_1/savee_test_fold_1.jsonl`). Folds whose test lists share nothing are one column;
 * others are a column each.
 */
import { throwIfCancelled } from '../../progress';
import type { PublishedSplit } from '../description';
import { baseName, isFatal, type Report } from '../listing';
import { usualClass } from './column-names';
import { tableAt } from './delimited';
import { folderOf, type GatheredTable, type NamedFile, type Row, type TableForm } from './gather';
import { readJsonLines, type JsonLines } from './json-lines';
import type { Hint } from './mapping';

const FOLD = /^(.*?)fold_?(\d+)\/[^/]*?_(train|test|valid|dev)_fold_?\d+\.jsonl$/i;
const LINES = /\.jsonl$/i;
/** Bytes of a map of labels; a real one has a few hundred. */
const MOST_MAP_BYTES = 1 << 20;

export const emobox: TableForm = {
  id: 'emobox',
  score: 0.96,
  look: async (paths, head) => {
    const tables: GatheredTable[] = [];
    for (const path of mainLists(paths)) {
      const text = await head(path);
      try {
        const bytes = Uint8Array.from(text.slice(0, text.lastIndexOf('\n') + 1) || text, (letter) =>
          letter.charCodeAt(0),
        );
        const table = readJsonLines(bytes, path);
        if (isEmobox(table)) tables.push(gathered(path, table, {}, []));
      } catch (error) {
        if (isFatal(error)) throw error;
      }
    }
    return tables;
  },
  read: async (files, report, signal) => {
    const byPath = new Map(files.map((one) => [one.path, one]));
    const tables: GatheredTable[] = [];
    for (const path of mainLists([...byPath.keys()])) {
      throwIfCancelled(signal, 'scan');
      const told: Parameters<Report>[] = [];
      const table = await tableAt(byPath.get(path)!, (...one) => void told.push(one));
      if (!table || !isEmobox(table)) continue;
      for (const one of told) report(...one);
      const folder = folderOf(path);
      const folds: Fold[] = [];
      for (const [name, one] of byPath) {
        const [, before, number, part] = FOLD.exec(name) ?? [];
        if (before !== folder || number === undefined) continue;
        const list = await tableAt(one, report);
        if (!list) continue;
        const key = list.header.indexOf('key');
        folds.push({
          path: name,
          number,
          part: part!.toLowerCase() === 'train' ? 'train' : 'dev',
          keys: list.rows.flatMap((row) => row[key] ?? []),
        });
      }
      const classes = await labelMap(byPath.get(`${folder}label_map.json`));
      tables.push(gathered(path, table, classes, folds));
    }
    return tables;
  },
};

interface Fold {
  readonly path: string;
  readonly number: string;
  readonly part: 'train' | 'dev';
  readonly keys: readonly string[];
}

const mainLists = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => LINES.test(path) && !FOLD.test(path)).slice(0, 60);

const isEmobox = ({ header }: Pick<JsonLines, 'header'>): boolean =>
  ['key', 'wav', 'emo'].every((name) => header.includes(name));

/** Code in the lists -> name of the class; empty where there is no such map. */
async function labelMap(found: NamedFile | undefined): Promise<Readonly<Record<string, string>>> {
  if (!found) return {};
  try {
    const bytes = await found.file.bytes(0, Math.min(await found.file.size(), MOST_MAP_BYTES));
    // One object on one line is a table of one row.
    const text = Array.from(bytes, (byte) => (byte === 10 || byte === 13 ? 32 : byte));
    const { header, rows } = readJsonLines(Uint8Array.from(text), baseName(found.path));
    return Object.fromEntries(header.map((code, i) => [code, rows[0]![i]!]));
  } catch (error) {
    if (isFatal(error)) throw error;
    return {};
  }
}

function gathered(
  path: string,
  { header, rows }: Pick<JsonLines, 'header' | 'rows'>,
  names: Readonly<Record<string, string>>,
  folds: readonly Fold[],
): GatheredTable {
  const key = header.indexOf('key');
  const columns = foldColumns(folds);
  const classes = Object.entries(names).map(([code, name]) => [code, usualClass('emotion', name)] as const);
  const hints: Record<string, Hint> = {
    emo: { role: 'classes', ...(classes.length > 0 ? { values: Object.fromEntries(classes) } : {}) },
  };
  for (const { name, role } of columns) hints[name] = { role, id: name };
  return {
    files: [path, ...folds.map((fold) => fold.path)],
    header: [...header, ...columns.map(({ name }) => name)],
    hints,
    published: columns.map(({ name, role }): PublishedSplit => {
      const [division, called] = role === 'group' ? ['each', 'EmoBox'] : ['column', `EmoBox, ${name}`];
      return {
        id: `emobox-${name}`,
        name: called,
        source: 'The folds of the manifest (Ma et al., Interspeech 2024)',
        column: name,
        division: { by: division } as PublishedSplit['division'],
      };
    }),
    rows: rows.map((cells, i): Row => ({
      cells: [...cells, ...columns.map(({ of }) => of.get(cells[key]!) ?? '')],
      base: folderOf(path),
      where: `${path}:${i + 1}`,
    })),
  };
}

interface FoldColumn {
  readonly name: string;
  readonly role: 'group' | 'split';
  /** By key of a recording. */
  readonly of: ReadonlyMap<string, string>;
}

/**
 * One column `fold` where each recording is tested in one fold at most: a split holds a fold out, and a sweep all of
 * them in turn. Else a column of parts for each fold, whose test list is what is validated on.
 */
function foldColumns(folds: readonly Fold[]): readonly FoldColumn[] {
  const numbers = [...new Set(folds.map(({ number }) => number))].sort((a, b) => Number(a) - Number(b));
  const fold = new Map<string, string>();
  let apart = numbers.length > 1;
  for (const { number, part, keys } of folds)
    if (part === 'dev')
      for (const key of keys) {
        apart &&= (fold.get(key) ?? number) === number;
        fold.set(key, number);
      }
  if (apart) return [{ name: 'fold', role: 'group', of: fold }];
  return numbers.map((number) => ({
    name: `fold_${number}`,
    role: 'split' as const,
    of: new Map(
      folds.flatMap((one) => (one.number === number ? one.keys.map((key) => [key, one.part] as const) : [])),
    ),
  }));
}
