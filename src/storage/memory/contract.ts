/**
 * What the realms ask of the store in memory (host.ts): records, files, locks. Keys, ranges and order are
 * IndexedDB's.
 */
export type Key = IDBValidKey;

/** An IDBKeyRange, which cannot be sent. Undefined bounds are open ends. */
export interface Range {
  readonly lower?: Key | undefined;
  readonly upper?: Key | undefined;
  readonly lowerOpen: boolean;
  readonly upperOpen: boolean;
}

export interface Row {
  readonly key: Key;
  readonly value: unknown;
}

interface InStore {
  readonly store: string;
}
interface Change extends InStore {
  /** Names the transaction whose end decides about it; null: it stands at once. */
  readonly transaction: string | null;
}

export interface MemoryContract {
  readonly requests: {
    /** In the order of their keys, or of an index. @param keysOnly without the values */
    readonly rows: {
      readonly payload: InStore & {
        readonly range: Range;
        readonly count?: number | undefined;
        readonly backwards?: boolean;
        readonly index?: string;
        readonly keysOnly?: boolean;
      };
      readonly result: readonly Row[];
    };
    readonly put: {
      readonly payload: Change & { readonly value: unknown; readonly key: Key | undefined };
      readonly result: Key;
    };
    readonly remove: { readonly payload: Change & { readonly range: Range }; readonly result: null };
    /** Ends a transaction: what it changed stands, or is taken back. */
    readonly end: {
      readonly payload: { readonly transaction: string; readonly keep: boolean };
      readonly result: null;
    };
    /** A Blob for a file. */
    readonly look: { readonly payload: { readonly path: string }; readonly result: Blob | 'folder' | null };
    readonly list: {
      readonly payload: { readonly path: string };
      readonly result: readonly { readonly name: string; readonly kind: 'file' | 'directory' }[];
    };
    /** Null makes a folder. */
    readonly write: {
      readonly payload: { readonly path: string; readonly content: Blob | null };
      readonly result: null;
    };
    readonly discard: {
      readonly payload: { readonly path: string; readonly recursive: boolean };
      readonly result: 'done' | 'missing' | 'not-empty';
    };
    /** Answers when the lock is held (true), or at once that another has it (false). */
    readonly lock: {
      readonly payload: { readonly name: string; readonly id: string; readonly ifAvailable: boolean };
      readonly result: boolean;
    };
    /** Gives a lock back, or the wish for it. */
    readonly unlock: { readonly payload: { readonly id: string }; readonly result: null };
    readonly locks: { readonly payload: null; readonly result: readonly string[] };
  };
  readonly event: never;
}
