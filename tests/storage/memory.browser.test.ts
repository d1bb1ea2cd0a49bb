/**
 * The store in memory beside the browser's own: the same calls, the same answers. IndexedDB, the private
 * files and Web Locks are the reference.
 */
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EpochRecord, LogEntry, StepRow } from '../../src/core/training/events';
import {
  deleteCheckpoints,
  manifests,
  readTensors,
  runsWithOrphans,
  writeCheckpoint,
} from '../../src/storage/checkpoints';
import { forkRun } from '../../src/storage/fork';
import {
  appendHistory,
  appendLog,
  cutAfter,
  eachStepBlock,
  lastStep,
  nextLogSeq,
  readHistory,
} from '../../src/storage/history';
import { memoryDatabase, memoryFolder, memoryLock, memoryLocks } from '../../src/storage/memory/realm';
import { openDatabase, type Database } from '../../src/storage/schema';
import { stateAt } from './state-at';

const STORES = ['settings', 'runs', 'log', 'steps', 'epochs', 'checkpoints', 'chunks'] as const;
let reference: Database, memory: Database;
beforeAll(async () => {
  [reference, memory] = [await openDatabase(), await memoryDatabase()];
});
beforeEach(async () => {
  for (const db of [reference, memory]) for (const store of STORES) await db.clear(store);
});

/** Whatever `work` gives, of both. */
const both = <T>(work: (db: Database) => Promise<T>): Promise<T[]> =>
  Promise.all([reference, memory].map(work));

type LogRecord = LogEntry & { readonly runId: string };
const entry = (runId: string, seq: number, at: number): LogRecord => ({
  runId,
  seq,
  at,
  level: 'info',
  code: 'x',
  step: 0,
  details: {},
});

const run = fc.constantFrom('', 'a', 'a/b', 'b', '\uffff');
const seq = fc.integer({ min: -2, max: 3 });
const bound = fc.tuple(run, seq);
const open = fc.boolean();
const range = fc.oneof(
  fc.constant(undefined),
  bound.map((key) => IDBKeyRange.only(key)),
  fc.tuple(bound, open).map(([key, o]) => IDBKeyRange.lowerBound(key, o)),
  fc.tuple(bound, open).map(([key, o]) => IDBKeyRange.upperBound(key, o)),
  fc.tuple(bound, bound, open, open).map(([a, b, lowerOpen, upperOpen]) => {
    const order = indexedDB.cmp(a, b);
    return order === 0
      ? IDBKeyRange.only(a)
      : order < 0
        ? IDBKeyRange.bound(a, b, lowerOpen, upperOpen)
        : IDBKeyRange.bound(b, a, lowerOpen, upperOpen);
  }),
);
const change = fc.oneof(
  fc.tuple(run, seq, fc.nat()).map(([runId, n, at]) => ({ put: entry(runId, n, at) })),
  range.filter((r) => r !== undefined).map((r) => ({ remove: r })),
);
const transaction = fc.record({ changes: fc.array(change, { maxLength: 6 }), keep: fc.boolean() });

describe('the database in memory', () => {
  it('answers as IndexedDB does, whatever is written, removed, taken back and asked for', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(transaction, { maxLength: 6 }),
        fc.array(fc.tuple(range, fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined })), {
          minLength: 1,
          maxLength: 5,
        }),
        bound,
        async (transactions, questions, key) => {
          const [expected, actual] = await both(async (db) => {
            await db.clear('log');
            for (const { changes, keep } of transactions) {
              const tx = db.transaction('log', 'readwrite');
              const done = tx.done.catch(() => undefined);
              const requests = changes.map((one): Promise<unknown> =>
                'put' in one ? tx.store.put(one.put) : tx.store.delete(one.remove),
              );
              // Taken back before it ends by itself, as IndexedDB's do once nothing more is asked of them.
              if (!keep) tx.abort();
              await Promise.allSettled(requests);
              if (keep) await tx.done;
              await done;
            }
            const answers: unknown[] = [await db.get('log', key), await db.count('log')];
            for (const [where, count] of questions) {
              answers.push(
                await db.getAll('log', where, count),
                await db.getAllKeys('log', where, count),
                await db.count('log', where),
              );
              const walked: unknown[] = [];
              for (
                let cursor = await db.transaction('log').store.openCursor(where);
                cursor;
                cursor = await cursor.continue()
              )
                walked.push(cursor.value);
              const last = await db.transaction('log').store.openKeyCursor(where, 'prev');
              answers.push(walked, last?.key ?? null);
            }
            return answers;
          });
          expect(actual).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    ));

  it('orders runs by when they were made, keeps what has no key of its own, and hands out copies', async () => {
    const [expected, actual] = await both(async (db) => {
      for (const [id, createdAt] of [
        ['b', 2],
        ['a', 3],
        ['c', 1],
      ] as const)
        await db.put('runs', { id, createdAt } as never);
      const kept = { list: [1] };
      await db.put('settings', kept, 'here');
      kept.list.push(2);
      ((await db.get('settings', 'here')) as typeof kept).list.push(3);
      return [
        await db.getAllFromIndex('runs', 'createdAt'),
        await db.get('settings', 'here'),
        await db.get('settings', 'not here'),
      ];
    });
    expect(actual).toEqual(expected);
    expect(actual).toEqual([
      [
        { id: 'c', createdAt: 1 },
        { id: 'b', createdAt: 2 },
        { id: 'a', createdAt: 3 },
      ],
      { list: [1] },
      undefined,
    ]);
  });

  it('holds checkpoints, histories and forks, and a fork that fails leaves nothing', async () => {
    const side = { total: 1, tasks: [] };
    const row = (step: number): StepRow => ({
      step,
      epoch: 1,
      total: 1,
      losses: [1],
      nominal: [1],
      effective: [1],
      ms: 1,
      waitMs: 0,
    });
    const epoch = (n: number): EpochRecord => ({
      epoch: n,
      step: n * 3,
      seconds: 1,
      train: side,
      validation: side,
      monitored: 1,
      best: true,
      nominal: [1],
      effective: [1],
    });
    const [expected, actual] = await both(async (db) => {
      const write = (step: number, which: ('best' | 'last')[]) =>
        writeCheckpoint(
          db,
          {
            runId: 'parent',
            step,
            epoch: 2,
            state: stateAt(step),
            tensors: [{ name: 'a', shape: [6], pieces: [new Float32Array(6).fill(step)] }],
          },
          which,
          8,
        );
      await write(3, ['best', 'last']);
      await write(6, ['last']);
      await appendHistory(db, 'parent', [1, 2, 3, 4].map(row), [epoch(1)]);
      await appendHistory(db, 'parent', [5, 6, 7].map(row), [epoch(2)]);
      await appendLog(db, 'parent', [{ seq: 4, at: 1, level: 'info', code: 'x', step: 1, details: {} }]);
      const last = await forkRun(db, 'parent', 'last', 'child', ({ step }) => stateAt(100 + step));
      const refused = await forkRun(db, 'parent', 'last', 'third', ({ step }) => {
        if (step === 3) throw new Error('no');
        return stateAt(0);
      }).catch(String);
      await cutAfter(db, 'parent', 2);
      const values: number[] = [];
      for await (const { data } of readTensors(db, last)) values.push(...data);
      const blocks: number[][] = [];
      await eachStepBlock(db, 'child', (rows) => blocks.push(rows.map(({ step }) => step)));
      await deleteCheckpoints(db, 'parent');
      const left = await Promise.all(['parent', 'child', 'third'].map((id) => manifests(db, id)));
      return [
        refused,
        values,
        blocks,
        await lastStep(db, 'parent'),
        await nextLogSeq(db, 'parent'),
        await readHistory(db, 'parent'),
        await readHistory(db, 'child'),
        left.map((all) =>
          all.map(({ which, step, state, checksums }) => ({ which, step, state, checksums })),
        ),
        await db.count('chunks'),
        await runsWithOrphans(db),
      ];
    });
    expect(actual).toEqual(expected);
  });
});

describe('private files in memory', () => {
  it('are written, listed, read and removed as those on disk', async () => {
    const outcomes: unknown[] = [];
    const rootName = `test-${crypto.randomUUID()}`;
    for (const root of [await navigator.storage.getDirectory(), await memoryFolder()]) {
      const folder = await root.getDirectoryHandle(rootName, { create: true });
      const deep = await folder.getDirectoryHandle('b', { create: true });
      await folder.getFileHandle('a.bin', { create: true });
      await deep.getFileHandle('c.bin', { create: true });
      const names: string[] = [];
      for await (const entry_ of folder.values()) names.push(`${entry_.kind} ${entry_.name}`);
      const fails = (work: Promise<unknown>): Promise<unknown> =>
        work.then(
          () => 'worked',
          (error: DOMException) => error.name,
        );
      const file = await (await folder.getFileHandle('a.bin')).getFile();
      outcomes.push([
        names.sort(),
        file.name,
        file.size,
        await fails(folder.getFileHandle('none')),
        await fails(folder.getDirectoryHandle('none')),
        await fails(folder.getDirectoryHandle('a.bin')),
        await fails(folder.getFileHandle('b')),
        await fails(folder.removeEntry('none')),
        await fails(folder.removeEntry('b')),
        await fails(folder.removeEntry('b', { recursive: true })),
        await fails(folder.getDirectoryHandle('b')),
        await fails(root.removeEntry(rootName, { recursive: true })),
        await fails(root.getDirectoryHandle(rootName)),
      ]);
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
  });

  it('are written to piece by piece, cut, and written on', async () => {
    const folder = await (await memoryFolder()).getDirectoryHandle('features', { create: true });
    const handle = await folder.getFileHandle('pack.bin', { create: true });
    const bytes = async (): Promise<number[]> => [
      ...new Uint8Array(await (await handle.getFile()).arrayBuffer()),
    ];
    type Writing = {
      write(bytes: Uint8Array, options?: { at: number }): number;
      truncate(size: number): void;
      getSize(): number;
      flush(): void;
      close(): void;
    };
    const openFile = () =>
      (handle as unknown as { createSyncAccessHandle(): Promise<Writing> }).createSyncAccessHandle();
    const first = await openFile();
    const piece = Uint8Array.of(1, 2, 3);
    expect(first.write(piece)).toBe(3);
    piece.fill(0); // what was given belongs to the giver again
    first.write(Uint8Array.of(4), { at: 3 });
    first.flush();
    expect(await bytes()).toEqual([1, 2, 3, 4]);
    first.truncate(2);
    first.write(Uint8Array.of(9), { at: 2 });
    expect(first.getSize()).toBe(3);
    first.close();
    const second = await openFile();
    second.write(Uint8Array.of(7, 7), { at: second.getSize() });
    second.close();
    expect(await bytes()).toEqual([1, 2, 9, 7, 7]);
  });
});

describe('locks in memory', () => {
  it('are held by one at a time, first come, first served; refused where asked for at once, and given up by a signal', async () => {
    const order: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = memoryLock('x', () => held.then(() => order.push('first')), {});
    while (!(await memoryLocks()).includes('x')) await new Promise((resolve) => setTimeout(resolve));
    expect(await memoryLock('x', (got) => got, { ifAvailable: true })).toBe(false);
    const giveUp = new AbortController();
    const given = memoryLock('x', () => order.push('never'), { signal: giveUp.signal }).catch(
      (error: DOMException) => error.name,
    );
    const second = memoryLock('x', () => order.push('second'), {});
    giveUp.abort();
    expect(await given).toBe('AbortError');
    release();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
    expect(await memoryLock('x', (got) => got, { ifAvailable: true })).toBe(true);
    await expect(memoryLock('x', () => Promise.reject(new Error('inside')), {})).rejects.toThrow('inside');
    expect(await memoryLock('y', () => memoryLocks(), {})).toContain('y');
  });
});
