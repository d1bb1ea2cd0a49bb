/**
 * Thirty kills of a worker that writes checkpoints, at points drawn from a seed: between any two writes to
 * the database, and at any moment. Whatever is found afterwards is whole - the old checkpoint or the new one
 * - or there is none; the next start clears the rest.
 */
import { beforeEach, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/random/streams';
import { manifests, readTensors, removeOrphans, runsWithOrphans } from '../../src/storage/checkpoints';
import { openDatabase, type Database } from '../../src/storage/schema';
import { CHUNK_BYTES, contents, kindsOf, type Orders, type Told } from './checkpoint-writer';

const KILLS = 30;
/** A checkpoint takes six chunks, one or two manifests and a deletion. */
const WRITES = 30;
const CHUNKS = Math.ceil((4 * contents(1).reduce((sum, [, data]) => sum + data.length, 0)) / CHUNK_BYTES);

let db: Database;
beforeEach(async () => {
  db = await openDatabase();
  for (const store of ['checkpoints', 'chunks'] as const) await db.clear(store);
});

/**
 * Lets a worker write until it is killed. @param exactly at the standstill, else within the given
 * milliseconds after it began  @returns the last step it told was written, or null
 */
async function killed(
  orders: Omit<Orders, 'lock'>,
  exactly: boolean,
  within: number,
): Promise<number | null> {
  const lock = `writer:${crypto.randomUUID()}`;
  const worker = new Worker(new URL('./checkpoint-writer.ts', import.meta.url), { type: 'module' });
  let written: number | null = null;
  const moment = new Promise<void>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'written') written = data.step;
      if (exactly && data.kind === 'standstill') resolve();
      if (!exactly) setTimeout(resolve, within);
    };
  });
  worker.postMessage({ ...orders, lock } satisfies Orders, []);
  await moment;
  worker.terminate();
  await navigator.locks.request(lock, () => undefined); // it is really gone
  return written;
}

it('a checkpoint is whole or absent, whenever its writer is killed', async () => {
  const stream = new RandomStream(17, 'kills');
  let step = 0;
  let best = 0;
  const seen = { leftovers: 0, old: 0, new: 0, none: 0 };
  for (let kill = 0; kill < KILLS; kill++) {
    const exactly = kill % 3 !== 2;
    const told = await killed(
      {
        runId: 'run',
        firstStep: step + 1,
        writes: exactly ? stream.below(WRITES) : Number.POSITIVE_INFINITY,
      },
      exactly,
      stream.below(40),
    );
    const last = told ?? step;
    const found = await manifests(db, 'run');
    const stepOf = (which: 'best' | 'last'): number =>
      found.find((manifest) => manifest.which === which)?.step ?? 0;
    // What was told is there; of what was under way, all or nothing.
    expect([last, last + 1]).toContain(stepOf('last'));
    if (stepOf('last') === 0) seen.none++;
    else seen[stepOf('last') === last ? 'old' : 'new']++;
    step = stepOf('last');
    for (let s = best + 1; s <= step; s++) if (kindsOf(s).includes('best')) best = s;
    expect(stepOf('best')).toBe(best);
    for (const manifest of found) {
      const back: (readonly [string, Float32Array])[] = [];
      for await (const { name, data } of readTensors(db, manifest)) back.push([name, data]);
      expect(back).toEqual(contents(manifest.step));
    }
    const named = new Set(found.map(({ checkpointId }) => checkpointId)).size * CHUNKS;
    const orphans = (await db.count('chunks')) - named;
    expect(await runsWithOrphans(db)).toEqual(orphans > 0 ? ['run'] : []);
    if (orphans > 0) seen.leftovers++;
    // Every other time the next start clears them, else they stay until the one after, or the next
    // checkpoint.
    if (kill % 2 === 0) await removeOrphans(db, 'run');
    if (kill % 2 === 0) expect(await db.count('chunks')).toBe(named);
  }
  // The kills really fell into the middle of things.
  expect(seen.leftovers).toBeGreaterThan(KILLS / 3);
  expect(step).toBeGreaterThan(KILLS);
});

it('leftovers of imported weights, and whole checkpoints, are no leftovers of a run', async () => {
  await db.put('chunks', { checkpointId: 'weights/1', index: 0, bytes: new ArrayBuffer(4) });
  await db.put('chunks', { checkpointId: 'gone/1', index: 0, bytes: new ArrayBuffer(4) });
  expect(await runsWithOrphans(db)).toEqual(['gone']);
});
