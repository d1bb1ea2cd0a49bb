/**
 * What `db.yaml` says of an audformat database (audEERING, format 1.3): schemes with their labels, splits, tables
 * with their columns. Whatever is not as the format wants it is left out; the rest is used.
 */
import { CorpusError } from '../../errors/errors';
import { tableText } from './table-text';

export interface Scheme {
  /** str, int, float, bool, time, date, object */
  readonly dtype: string;
  /** Labels that are allowed, with what is known of each (`gender: female`); null: any. */
  readonly labels: ReadonlyMap<string, Readonly<Record<string, string>>> | null;
  /** The table of labels, where they are not in the header. */
  readonly labelTable: string | null;
}

export interface HeaderTable {
  readonly id: string;
  readonly segmented: boolean;
  /** train, dev or test. */
  readonly splitType: string | null;
  readonly columns: ReadonlyMap<string, { readonly scheme: string | null; readonly rated: boolean }>;
}

export interface DatabaseHeader {
  readonly schemes: ReadonlyMap<string, Scheme>;
  readonly tables: readonly HeaderTable[];
}

/** Aliases may not make a page of a line. */
const MOST_ALIASES = 100;
const MOST_BYTES = 16 << 20;

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const treeAt = (tree: Tree, key: string): Tree => (isTree(tree[key]) ? tree[key] : {});
const textAt = (tree: Tree, key: string): string | null => {
  const value = tree[key];
  return typeof value === 'string' ? value : null;
};
/** A label is text, whatever YAML takes it for. */
const plainText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** @throws CorpusError `table-not-text` for what is no YAML, or no header */
export async function readHeader(bytes: Uint8Array, file: string): Promise<DatabaseHeader> {
  const bad = (cause?: unknown): CorpusError => new CorpusError('table-not-text', { file }, cause);
  const text = bytes.length > MOST_BYTES ? null : tableText(bytes);
  if (!text) throw bad();
  const { parse } = await import('yaml');
  let tree: unknown;
  try {
    tree = parse(text.text, { maxAliasCount: MOST_ALIASES, logLevel: 'silent' });
  } catch (error) {
    throw bad(error);
  }
  if (!isTree(tree) || !isTree(tree['tables'])) throw bad();
  const raters = treeAt(tree, 'raters');
  const splits = treeAt(tree, 'splits');
  return {
    schemes: new Map(
      Object.entries(treeAt(tree, 'schemes')).flatMap(([id, value]) =>
        isTree(value) ? [[id, schemeOf(value)] as const] : [],
      ),
    ),
    tables: Object.entries(tree['tables']).flatMap(([id, value]): HeaderTable[] =>
      isTree(value)
        ? [
            {
              id,
              segmented: value['type'] === 'segmented',
              splitType: textAt(treeAt(splits, textAt(value, 'split_id') ?? ''), 'type'),
              columns: new Map(
                Object.entries(treeAt(value, 'columns')).map(([name, column]) => {
                  const said = isTree(column) ? column : {};
                  const rater = textAt(said, 'rater_id');
                  const rated = rater !== null && textAt(treeAt(raters, rater), 'type') !== 'vote';
                  return [name, { scheme: textAt(said, 'scheme_id'), rated }];
                }),
              ),
            },
          ]
        : [],
    ),
  };
}

function schemeOf(tree: Tree): Scheme {
  const { labels } = tree;
  return {
    dtype: textAt(tree, 'dtype') ?? 'str',
    labels: Array.isArray(labels)
      ? new Map(labels.map((label) => [plainText(label), {}]))
      : isTree(labels)
        ? new Map(Object.entries(labels).map(([label, value]) => [label, fieldsOf(value)]))
        : null,
    labelTable: typeof labels === 'string' ? labels : null,
  };
}

const fieldsOf = (value: unknown): Record<string, string> =>
  isTree(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, field]) =>
          plainText(field) === '' ? [] : [[key, plainText(field)]],
        ),
      )
    : {};
