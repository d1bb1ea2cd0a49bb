/**
 * A worker that writes one checkpoint after the other until it is killed. Before a write to the database of
 * which the test said so, it comes to a standstill, so that the kill falls exactly between two writes. Used
 * by kill.browser.test.ts.
 */
import { writeCheckpoint, type CheckpointContent } from '../../src/storage/checkpoints';
import { openDatabase } from '../../src/storage/schema';
import { stateAt } from './state-at';

export interface Orders {
  readonly runId: string;
  readonly firstStep: number;
  /** Writes to the database before the standstill. */
  readonly writes: number;
  /** Held until the worker is gone. */
  readonly lock: string;
}

export type Told = { readonly kind: 'written'; readonly step: number } | { readonly kind: 'standstill' };

export const CHUNK_BYTES = 4096;
/** Three arrays; the second one takes several chunks, and their borders fall into arrays. */
const LENGTHS = { 'parameter/w': 700, 'adam.m/w': 4000, 'adam.v/w': 1300 } as const;

/** What the checkpoint of a step holds. */
export const contents = (step: number): readonly (readonly [string, Float32Array])[] =>
  Object.entries(LENGTHS).map(([name, length], k) => [
    name,
    Float32Array.from({ length }, (_, i) => step * 10_000 + k * 5000 + i),
  ]);

/** Every third one is the best so far. */
export const kindsOf = (step: number): readonly ('best' | 'last')[] =>
  step % 3 === 0 ? ['best', 'last'] : ['last'];

function content(runId: string, step: number): CheckpointContent {
  return {
    runId,
    step,
    epoch: 1,
    state: stateAt(step),
    tensors: contents(step).map(([name, data]) => ({ name, shape: [data.length], pieces: [data] })),
  };
}

async function write({ runId, firstStep, writes, lock }: Orders): Promise<void> {
  const tell = (told: Told): void => postMessage(told);
  void navigator.locks.request(lock, () => new Promise<never>(() => undefined));
  const db = await openDatabase();
  let count = 0;
  const counted = (method: 'put' | 'delete'): void => {
    const stock = IDBObjectStore.prototype[method] as (this: IDBObjectStore, ...args: unknown[]) => unknown;
    Object.assign(IDBObjectStore.prototype, {
      [method](this: IDBObjectStore, ...args: unknown[]) {
        if (count < writes) {
          count++;
          return stock.apply(this, args);
        }
        // The transaction stays open, as it is at the moment of a kill; a blocked thread would do it, too,
        // but takes seconds to end.
        const open = (): void => {
          this.count().onsuccess = open;
        };
        open();
        tell({ kind: 'standstill' });
        return undefined;
      },
    });
  };
  counted('put');
  counted('delete');
  for (let step = firstStep; ; step++) {
    await writeCheckpoint(db, content(runId, step), kindsOf(step), CHUNK_BYTES);
    tell({ kind: 'written', step });
  }
}

if (!('document' in globalThis))
  addEventListener('message', ({ data }: MessageEvent<Orders>) => void write(data));
