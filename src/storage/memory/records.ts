/**
 * Object stores in memory, with IndexedDB's keys and order. Transactions are atomic, not isolated: every
 * store has one writer, and there is one tab. Not here: how other realms reach it (host.ts, database.ts).
 */
import { migrate } from '../schema';
import type { Key, Range, Row } from './contract';

interface Store {
  readonly path: string | readonly string[] | null;
  readonly indexes: Map<string, string>;
  /** In the order of their keys. */
  readonly rows: Row[];
}

/** The first place whose key is not below `key`; with `after`, whose key is above it. */
function place(rows: readonly Row[], key: Key, after: boolean): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const order = indexedDB.cmp(rows[middle]!.key, key);
    if (order < 0 || (after && order === 0)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function span(
  rows: readonly Row[],
  { lower, upper, lowerOpen, upperOpen }: Range,
): readonly [from: number, to: number] {
  const from = lower === undefined ? 0 : place(rows, lower, lowerOpen);
  return [from, Math.max(from, upper === undefined ? rows.length : place(rows, upper, !upperOpen))];
}

export class Records {
  private readonly stores = new Map<string, Store>();
  /** What takes back a transaction's changes, in their order. */
  private readonly undo = new Map<string, (() => void)[]>();

  /** Empty stores, those of the database's own migrations. */
  constructor() {
    migrate(
      {
        createObjectStore: (name, options) => {
          const store: Store = { path: options?.keyPath ?? null, indexes: new Map(), rows: [] };
          this.stores.set(name, store);
          return { createIndex: (index, path) => store.indexes.set(index, path) };
        },
      },
      0,
    );
  }

  rows(
    name: string,
    range: Range,
    {
      count = Infinity,
      backwards = false,
      index,
    }: { readonly count?: number | undefined; readonly backwards?: boolean; readonly index?: string } = {},
  ): Row[] {
    const { rows, indexes } = this.store(name);
    const [from, to] = span(rows, range);
    if (backwards) return rows.slice(Math.max(from, to - count), to).reverse();
    const found = rows.slice(from, Math.min(to, from + count));
    if (index === undefined) return found;
    const by = ({ value }: Row): Key => (value as Record<string, Key>)[indexes.get(index)!]!;
    return found.sort((a, b) => indexedDB.cmp(by(a), by(b)));
  }

  put(name: string, value: unknown, given: Key | undefined, transaction: string | null): Key {
    const { rows, path } = this.store(name);
    const fields = value as Record<string, Key>;
    const key =
      path === null ? given! : typeof path === 'string' ? fields[path]! : path.map((field) => fields[field]!);
    const at = place(rows, key, false);
    const before = rows[at] && indexedDB.cmp(rows[at].key, key) === 0 ? rows[at] : null;
    rows.splice(at, before ? 1 : 0, { key, value });
    this.remember(transaction, () => rows.splice(place(rows, key, false), 1, ...(before ? [before] : [])));
    return key;
  }

  remove(name: string, range: Range, transaction: string | null): void {
    const { rows } = this.store(name);
    const [from, to] = span(rows, range);
    const gone = rows.splice(from, to - from);
    if (gone.length > 0)
      this.remember(transaction, () => rows.splice(place(rows, gone[0]!.key, false), 0, ...gone));
  }

  /** @param keep false: everything is as it was before the transaction */
  end(transaction: string, keep: boolean): void {
    const undo = this.undo.get(transaction) ?? [];
    this.undo.delete(transaction);
    if (!keep) for (const step of undo.toReversed()) step();
  }

  private remember(transaction: string | null, step: () => void): void {
    if (transaction === null) return;
    const undo = this.undo.get(transaction);
    if (undo) undo.push(step);
    else this.undo.set(transaction, [step]);
  }

  private store(name: string): Store {
    const store = this.stores.get(name);
    if (!store) throw new DOMException(`No store is called ${name}`, 'NotFoundError');
    return store;
  }
}
