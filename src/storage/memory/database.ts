/**
 * The part of idb's database that this code uses, over the store in memory. Requests of a realm are served in
 * their order. `done` must be asked for when the last change was: it ends the transaction. Not here: the
 * records (records.ts).
 */
import type { Database } from '../schema';
import type { Key, Range, Row } from './contract';
import type { Host } from './realm';

type Query = Key | IDBKeyRange | null | undefined;

const ALL: Range = { lowerOpen: false, upperOpen: false };

function rangeOf(query: Query): Range {
  if (query === undefined || query === null) return ALL;
  if (!(query instanceof IDBKeyRange))
    return { lower: query, upper: query, lowerOpen: false, upperOpen: false };
  const { lower, upper, lowerOpen, upperOpen } = query;
  return { lower: lower as Key | undefined, upper: upper as Key | undefined, lowerOpen, upperOpen };
}

interface Cursor {
  readonly key: Key;
  readonly primaryKey: Key;
  readonly value: unknown;
  readonly continue: () => Promise<Cursor | null>;
}

class Transaction {
  readonly id = crypto.randomUUID();
  private readonly pending: Promise<unknown>[] = [];

  constructor(private readonly host: Host) {}

  /** A change that fails is told by `done`, as IndexedDB does. */
  track<T>(change: Promise<T>): Promise<T> {
    change.catch(() => undefined);
    this.pending.push(change);
    return change;
  }

  async end(): Promise<void> {
    try {
      await Promise.all(this.pending);
    } catch (error) {
      await this.abort();
      throw error;
    }
    await this.host.call('end', { transaction: this.id, keep: true });
  }

  abort(): Promise<null> {
    return this.host.call('end', { transaction: this.id, keep: false });
  }
}

function storeOver(host: Host, store: string, within: Transaction | null = null) {
  const rows = (
    query: Query,
    more: {
      readonly count?: number | undefined;
      readonly backwards?: boolean;
      readonly index?: string;
      readonly keysOnly?: boolean;
    } = {},
  ): Promise<readonly Row[]> => host.call('rows', { store, range: rangeOf(query), ...more });
  const transaction = within?.id ?? null;
  const change = <T>(made: Promise<T>): Promise<T> => within?.track(made) ?? made;
  const cursor = async (range: Range, backwards: boolean, keysOnly: boolean): Promise<Cursor | null> => {
    const [row] = await host.call('rows', { store, range, count: 1, backwards, keysOnly });
    if (!row) return null;
    const { key, value } = row;
    return {
      key,
      primaryKey: key,
      value,
      continue: () =>
        cursor(
          backwards ? { ...range, upper: key, upperOpen: true } : { ...range, lower: key, lowerOpen: true },
          backwards,
          keysOnly,
        ),
    };
  };
  return {
    get: async (query: Query) => (await rows(query, { count: 1 }))[0]?.value,
    getAll: async (query?: Query, count?: number) => (await rows(query, { count })).map(({ value }) => value),
    getAllKeys: async (query?: Query, count?: number) =>
      (await rows(query, { count, keysOnly: true })).map(({ key }) => key),
    getAllFromIndex: async (index: string) => (await rows(null, { index })).map(({ value }) => value),
    count: async (query?: Query) => (await rows(query, { keysOnly: true })).length,
    put: (value: unknown, key?: Key) => change(host.call('put', { store, value, key, transaction })),
    delete: (query: Query) => change(host.call('remove', { store, range: rangeOf(query), transaction })),
    clear: () => change(host.call('remove', { store, range: ALL, transaction })),
    openCursor: (query?: Query, direction?: IDBCursorDirection) =>
      cursor(rangeOf(query), direction === 'prev', false),
    openKeyCursor: (query?: Query, direction?: IDBCursorDirection) =>
      cursor(rangeOf(query), direction === 'prev', true),
  };
}

type Store = ReturnType<typeof storeOver>;

export function databaseOver(host: Host): Database {
  const in_ = (name: string): Store => storeOver(host, name);
  return {
    get: (name: string, query: Query) => in_(name).get(query),
    getAll: (name: string, query?: Query, count?: number) => in_(name).getAll(query, count),
    getAllKeys: (name: string, query?: Query, count?: number) => in_(name).getAllKeys(query, count),
    getAllFromIndex: (name: string, index: string) => in_(name).getAllFromIndex(index),
    count: (name: string, query?: Query) => in_(name).count(query),
    put: (name: string, value: unknown, key?: Key) => in_(name).put(value, key),
    delete: (name: string, query: Query) => in_(name).delete(query),
    clear: (name: string) => in_(name).clear(),
    transaction: (names: string | readonly string[]) => {
      const transaction = new Transaction(host);
      const objectStore = (name: string): Store => storeOver(host, name, transaction);
      return {
        objectStore,
        store: typeof names === 'string' ? objectStore(names) : undefined,
        get done() {
          return transaction.end();
        },
        abort: () => void transaction.abort(),
      };
    },
    close: () => undefined,
  } as unknown as Database;
}
