/** What an earlier version left in a browser, put back: tests/fixtures/v… and the README of each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright/test';

export type StoredVersion = 'v0.1.0' | 'v0.2.0-unversioned';

export const storedFile = (name: string, version: StoredVersion = 'v0.1.0'): Buffer =>
  readFileSync(join(import.meta.dirname, '../../tests/fixtures', version, name));
/** The files of a zip among the fixtures. */
export const storedZip = (name: string, version?: StoredVersion): Record<string, Uint8Array> =>
  unzipSync(storedFile(name, version));

interface Store {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly indexes: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly unique: boolean;
  }[];
  readonly records: readonly { readonly key?: string; readonly value: unknown }[];
}

interface Dump {
  readonly name: string;
  readonly version: number;
  readonly stores: readonly Store[];
  readonly localStorage: Readonly<Record<string, string>>;
}

/**
 * A run going on as the version that stored it went on itself; `from` and `step` are optimiser steps, the
 * hashes SHA-256.
 */
export interface GoldenRun {
  readonly from: number;
  readonly step: number;
  readonly state: string;
  /** Of the last checkpoint's chunks: parameters, running statistics, moments, averages. */
  readonly checksums: readonly string[];
  readonly strategyState: unknown;
  /** Of the weight files without their headers. */
  readonly weightsLast: string;
  readonly weightsBest: string;
  /** After `from`, without times. */
  readonly steps: Record<string, unknown>[];
  readonly epochs: Record<string, unknown>[];
}

export interface Golden {
  readonly userAgent: string;
  /** The runs' ids by what they are for. */
  readonly made: Readonly<Record<string, string>>;
  readonly runs: readonly { readonly id: string; readonly name: string; readonly state: string }[];
  /** The states of the queue's items. */
  readonly queued: string;
  readonly continued: Readonly<Record<string, GoldenRun>>;
  readonly forked: Readonly<Record<string, GoldenRun & { readonly choice: object; readonly origin: object }>>;
  readonly queue: readonly {
    readonly state: string;
    readonly strategy: string;
    readonly seed: number;
    readonly steps: number | null;
    readonly checksums: readonly string[] | null;
  }[];
}

export const golden = (version?: StoredVersion): Golden =>
  JSON.parse(strFromU8(storedZip('golden.json.zip', version)['golden.json']!)) as Golden;

/**
 * Puts the dump into the page's origin, as a browser that this version ran in has it. The page is left on
 * nothing of ours.
 */
export async function putBack(page: Page, baseURL: string, version?: StoredVersion): Promise<void> {
  const files = storedZip('database.zip', version);
  const dump = JSON.parse(strFromU8(files['database.json']!)) as Dump;
  const parts = Object.entries(files).filter(([name]) => name !== 'database.json');
  let end = 0;
  const places = parts.map(([name, { length }]) => ({ name, start: end, end: (end += length) }));
  await page.route('**/stored', (route) =>
    route.fulfill({ body: Buffer.concat(parts.map(([, bytes]) => bytes)) }),
  );
  await page.goto(`${baseURL}icon.svg`);
  await page.evaluate(
    async ({ database, where }) => {
      const all = await (await fetch('/stored')).arrayBuffer();
      const bytesOf = new Map(where.map(({ name, start, end: stop }) => [name, all.slice(start, stop)]));
      /** Undoes what JSON cannot say: tests/fixtures/v0.1.0/write.mjs. */
      const revive = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(revive);
        if (typeof value !== 'object' || value === null) return value;
        const { $: kind, bytes, value: text } = value as { $?: string; bytes?: number; value?: string };
        if (kind === 'undefined') return undefined;
        if (kind === 'number') return Number(text);
        if (kind === 'ArrayBuffer') return bytesOf.get(`bytes/${bytes}`);
        if (kind !== undefined) throw new Error(`the dump holds a ${kind}`);
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revive(one)]));
      };
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error!);
        });
      const opening = indexedDB.open(database.name, database.version);
      opening.onupgradeneeded = () => {
        for (const { name, keyPath, indexes } of database.stores) {
          const store = opening.result.createObjectStore(name, { keyPath });
          for (const index of indexes) store.createIndex(index.name, index.keyPath, { unique: index.unique });
        }
      };
      const db = await done(opening);
      for (const { name, records } of database.stores) {
        const transaction = db.transaction(name, 'readwrite');
        for (const { key, value } of records) transaction.objectStore(name).put(revive(value), key);
        await new Promise((resolve, reject) => {
          transaction.oncomplete = resolve;
          transaction.onabort = () => reject(transaction.error!);
        });
      }
      db.close();
      for (const [key, value] of Object.entries(database.localStorage)) localStorage.setItem(key, value);
      const root = await navigator.storage.getDirectory();
      for (const [path, bytes] of bytesOf) {
        const [folder = '', name = ''] = path.split('/');
        if (folder === 'bytes') continue;
        const writer = await (
          await (
            await root.getDirectoryHandle(folder, { create: true })
          ).getFileHandle(name, { create: true })
        ).createWritable();
        await writer.write(bytes);
        await writer.close();
      }
    },
    { database: dump, where: places },
  );
  await page.unroute('**/stored');
}
