/**
 * Imported weights on real IndexedDB: whole or absent, found by their hash, verified on reading, and nothing
 * left behind.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { CHUNK_BYTES, type TensorPieces } from '../../src/storage/chunks';
import { openDatabase, type Database, type WeightsRecord } from '../../src/storage/schema';
import { deleteWeights, readWeights, writeWeights } from '../../src/storage/weights';

let db: Database;
beforeEach(async () => {
  db ??= await openDatabase();
  for (const store of ['weights', 'chunks'] as const) await db.clear(store);
});

const about =
  (id: string, name = 'w.safetensors') =>
  (): Omit<WeightsRecord, 'chunksId' | 'checksums' | 'tensors' | 'storedBytes'> => ({
    id,
    name,
    importedAt: 1,
    bytes: 9,
    classes: [],
    converted: 0,
    prefixed: false,
    model: { architecture: 'vgg11-single', width: 1, inputSize: 64, heads: [] },
  });
/** Pieces of uneven length. */
async function* arrays(
  start: number,
  lengths: readonly number[],
  fail = false,
): AsyncGenerator<TensorPieces> {
  for (const [i, length] of lengths.entries()) {
    const values = new Float32Array(length).fill(1);
    values[length - 1] = start + i + length - 1;
    yield {
      name: `a${i}`,
      shape: [length],
      pieces: [values.subarray(0, length >> 1), values.subarray(length >> 1)],
    };
  }
  if (fail) throw new Error('not finite');
}
async function read(
  record: WeightsRecord,
): Promise<readonly (readonly [string, number, number | undefined])[]> {
  const found: [string, number, number | undefined][] = [];
  for await (const { name, data } of readWeights(db, record)) found.push([name, data.length, data.at(-1)]);
  return found;
}

describe('imported weights', () => {
  it('come back, across the border of a chunk', async () => {
    const big = CHUNK_BYTES / 4 + 1000;
    const record = await writeWeights(db, arrays(5, [3, big, 2]), about('x'));
    expect(record.checksums).toHaveLength(2);
    expect(await db.get('weights', 'x')).toEqual(record);
    expect(await read(record)).toEqual([
      ['a0', 3, 7],
      ['a1', big, 6 + big - 1],
      ['a2', 2, 8],
    ]);
  });

  it('are stored once, under the latest name', async () => {
    await writeWeights(db, arrays(1, [4]), about('x', 'first'));
    await writeWeights(db, arrays(1, [4]), about('x', 'second'));
    expect((await db.getAll('weights')).map(({ name }) => name)).toEqual(['second']);
    expect(await db.count('chunks')).toBe(1);
  });

  it('that were refused half-way leave nothing', async () => {
    await expect(writeWeights(db, arrays(1, [4, CHUNK_BYTES / 4], true), about('x'))).rejects.toThrow(
      'not finite',
    );
    expect(await db.count('weights')).toBe(0);
    expect(await db.count('chunks')).toBe(0);
  });

  it('of an import that was killed are removed by the next one; checkpoints are not', async () => {
    await db.put('chunks', { checkpointId: 'weights/killed', index: 0, bytes: new ArrayBuffer(4) });
    await db.put('chunks', { checkpointId: 'run/checkpoint', index: 0, bytes: new ArrayBuffer(4) });
    const record = await writeWeights(db, arrays(1, [4]), about('x'));
    expect((await db.getAllKeys('chunks')).map(([id]) => id).sort()).toEqual(
      ['run/checkpoint', record.chunksId].sort(),
    );
  });

  it('are named when they are damaged', async () => {
    const record = await writeWeights(db, arrays(1, [4]), about('x'));
    await db.put('chunks', { checkpointId: record.chunksId, index: 0, bytes: new ArrayBuffer(16) });
    await expect(read(record)).rejects.toMatchObject({
      code: 'weights-damaged',
      details: { name: 'w.safetensors', part: 1 },
    });
  });

  it('are gone when they are removed, arrays and all', async () => {
    await writeWeights(db, arrays(1, [4]), about('x'));
    await deleteWeights(db, 'x');
    await deleteWeights(db, 'never there');
    expect((await db.count('weights')) + (await db.count('chunks'))).toBe(0);
  });
});
