/**
 * The real features and sampler workers in a real browser: a folder in the private file system in, a pack on
 * disk out, images from it; a second call from the cache; a bad file named; cancelling and going on; two
 * calls at once.
 */
import { modelImage } from '../../src/core/augment/apply';
import { PAPER_AUGMENTATIONS } from '../../src/core/augment/registry';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { resample } from '../../src/core/audio/resample';
import { audioContent } from '../../src/core/audio/content';
import { locateSamples } from '../../src/core/audio/riff';
import { encodeWav16 } from '../../src/core/audio/wav';
import { CancelledError, WorkerError } from '../../src/core/errors/errors';
import type { FolderSource } from '../../src/core/protocol/contracts/corpus';
import type { FeaturesContract, SamplerContract } from '../../src/core/protocol/contracts/features';
import type { Progress } from '../../src/core/progress';
import { connect, type Connection, type Contract, type Endpoint } from '../../src/core/protocol/rpc';
import { logMel } from '../../src/core/spectrogram/log-mel';
import { pictureOf } from '../../src/core/spectrogram/picture';
import { PAPER_FEATURES } from '../../src/core/spectrogram/setting';
import { deletePack, openPack, packId, readSpectrogram } from '../../src/storage/feature-packs';
import { DATABASE_NAME, openDatabase, type Database } from '../../src/storage/schema';

const CORPUS = 'corpus-of-the-test';
const DIRECTORY = 'features-test';
const source: FolderSource = { kind: 'demo', directory: DIRECTORY };
const ids = Array.from({ length: 24 }, (_, i) => `u${i}`);
const samplesOf = (id: string): Float32Array => {
  const n = Number(id.slice(1));
  return Float32Array.from(
    { length: 4000 + 500 * n },
    (_, i) => Math.round(12000 * Math.sin(i * (0.05 + 0.01 * n))) / 32768,
  );
};
/** As a scan of the folder has it; of what is no recording, or not there, a scan of 0.1.0 would. */
async function utterance(id: string, sampleRate = 16000) {
  const bytes = ids.includes(id) ? encodeWav16(samplesOf(id), sampleRate) : null;
  return {
    id,
    speaker: 's',
    gender: 'female',
    session: 1,
    dialog: 'd',
    scripted: false,
    label: 'ang',
    vad: [1, 1, 1],
    path: `Session1/wav/${id}.wav`,
    sampleRate,
    frames: bytes ? samplesOf(id).length : 1,
    ...(bytes
      ? {
          content: await audioContent(locateSamples(bytes, bytes.length), (from, to) =>
            bytes.subarray(from, to),
          ),
        }
      : {}),
  } as const;
}
/** @param rates where not 16 kHz */
async function storeCorpus(rates: Readonly<Record<string, number>> = {}): Promise<void> {
  const utterances = await Promise.all([...ids, 'bad', 'vanished'].map((id) => utterance(id, rates[id])));
  await db.put('corpora', {
    id: CORPUS,
    name: 'test',
    scannedAt: 0,
    manifest: { version: 1, corpus: 'iemocap', fingerprint: CORPUS, problems: [], utterances },
  });
}

let db: Database;
let ended: (() => void)[] = [];

function start<C extends Contract>(worker: Worker): Connection<C> {
  const connection = connect<C>(worker as unknown as Endpoint, 'worker of the test');
  ended.push(() => {
    connection.close(new WorkerError('worker-ended'));
    worker.terminate();
  });
  return connection;
}
const features = (): Connection<FeaturesContract> =>
  start(new Worker(new URL('../../workers/features.ts', import.meta.url), { type: 'module' }));
const sampler = (): Connection<SamplerContract> =>
  start(new Worker(new URL('../../workers/sampler.ts', import.meta.url), { type: 'module' }));

async function demoFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return (await root.getDirectoryHandle('demo', { create: true })).getDirectoryHandle(DIRECTORY, {
    create: true,
  });
}
async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await file.write(bytes);
  await file.close();
}

beforeEach(async () => {
  const wav = await (
    await (await demoFolder()).getDirectoryHandle('Session1', { create: true })
  ).getDirectoryHandle('wav', { create: true });
  for (const id of ids) await writeFile(wav, `${id}.wav`, encodeWav16(samplesOf(id), 16000));
  await writeFile(wav, 'bad.wav', new TextEncoder().encode('NIST_1A   no sound'));
  db = await openDatabase();
  await storeCorpus();
});

afterEach(async () => {
  for (const end of ended) end();
  ended = [];
  await deletePack(db, packId(CORPUS, PAPER_FEATURES));
  db.close();
  await deleteDB(DATABASE_NAME);
  await (
    await (await navigator.storage.getDirectory()).getDirectoryHandle('demo')
  ).removeEntry(DIRECTORY, { recursive: true });
});

it('extracts, names what is bad, and is cached afterwards', async () => {
  const worker = features();
  const wanted = [...ids, 'bad', 'vanished'];
  const progress: Progress[] = [];
  expect(await worker.call('has', { corpusId: CORPUS, setting: PAPER_FEATURES, utteranceIds: ids })).toBe(
    false,
  );
  const summary = await worker.call(
    'extract',
    { source, corpusId: CORPUS, utteranceIds: wanted, setting: PAPER_FEATURES, workers: 2 },
    { onProgress: (value) => progress.push(value) },
  );
  expect(summary).toMatchObject({ utterances: 24, computed: 24, cached: false, warnings: [] });
  expect(Object.fromEntries(summary.failures.map(({ id, code }) => [id, code]))).toEqual({
    bad: 'not-riff',
    vanished: 'file-missing',
  });
  expect(progress.at(-1)).toMatchObject({ done: 26, total: 26 });

  const pack = await openPack(db, summary.packId);
  expect(pack.file.size).toBe(summary.bytes);
  for (const id of ids) {
    const { decibels, frames } = await readSpectrogram(pack, id);
    const expected = logMel(samplesOf(id), 16000, PAPER_FEATURES);
    expect(frames).toBe(expected.frames);
    expect(decibels.every((value, i) => value === expected.decibels[i])).toBe(true);
  }
  expect(
    await worker.call('has', { corpusId: CORPUS, setting: PAPER_FEATURES, utteranceIds: [...ids, 'bad'] }),
  ).toBe(true);
  expect(await worker.call('has', { corpusId: CORPUS, setting: PAPER_FEATURES, utteranceIds: wanted })).toBe(
    false,
  );
  // The second time needs no folder at all.
  const again = await worker.call('extract', {
    source: { kind: 'files', files: [] },
    corpusId: CORPUS,
    utteranceIds: [...ids, 'bad'],
    setting: PAPER_FEATURES,
    workers: 2,
  });
  expect(again).toMatchObject({
    packId: summary.packId,
    utterances: 24,
    computed: 0,
    cached: true,
    bytes: summary.bytes,
  });
});

it('resamples where the setting says so, into a pack of its own', async () => {
  const setting = { ...PAPER_FEATURES, sampleRate: 16000 };
  const wav = await (await (await demoFolder()).getDirectoryHandle('Session1')).getDirectoryHandle('wav');
  for (const id of ['u0', 'u1']) await writeFile(wav, `${id}.wav`, encodeWav16(samplesOf(id), 44100));
  await storeCorpus({ u0: 44100, u1: 44100 });
  const worker = features();
  const request = { source, corpusId: CORPUS, utteranceIds: ['u0', 'u1', 'u2'], workers: 1 } as const;
  const own = await worker.call('extract', { ...request, setting: PAPER_FEATURES });
  const { packId: id, cached } = await worker.call('extract', { ...request, setting });
  expect(cached).toBe(false);
  expect(id).not.toBe(own.packId);
  const pack = await openPack(db, id);
  for (const [utteranceId, sound] of [
    ['u0', resample(samplesOf('u0'), 44100, 16000)],
    ['u1', resample(samplesOf('u1'), 44100, 16000)],
    ['u2', samplesOf('u2')],
  ] as const)
    expect((await readSpectrogram(pack, utteranceId)).decibels).toEqual(
      logMel(sound, 16000, PAPER_FEATURES).decibels,
    );
  await deletePack(db, id);
});

it('refuses what is no longer what was scanned, goes on with the rest, and takes it when it was put back', async () => {
  const wav = await (await (await demoFolder()).getDirectoryHandle('Session1')).getDirectoryHandle('wav');
  const noise = Float32Array.from({ length: samplesOf('u2').length }, (_, i) => Math.sin(i * i));
  await writeFile(wav, 'u0.wav', encodeWav16(samplesOf('u1'), 16000)); // another length
  await writeFile(wav, 'u1.wav', encodeWav16(samplesOf('u1'), 8000));
  await writeFile(wav, 'u2.wav', encodeWav16(noise, 16000)); // to the byte as long
  await writeFile(wav, 'u3.wav', new TextEncoder().encode('<html>'));
  const worker = features();
  const request = {
    source,
    corpusId: CORPUS,
    utteranceIds: ids,
    setting: PAPER_FEATURES,
    workers: 2,
  } as const;
  const changed = await worker.call('extract', request);
  expect(changed).toMatchObject({ utterances: 20, computed: 20 });
  expect(changed.failures.map(({ id, code }) => `${id} ${code}`).sort()).toEqual(
    ['u0', 'u1', 'u2', 'u3'].map((id) => `${id} file-changed`),
  );
  for (const id of ['u0', 'u1', 'u2', 'u3'])
    await writeFile(wav, `${id}.wav`, encodeWav16(samplesOf(id), 16000));
  const restored = await worker.call('extract', request);
  expect(restored).toMatchObject({ utterances: 24, computed: 4, failures: [] });
  const pack = await openPack(db, restored.packId);
  for (const id of ids.slice(0, 5))
    expect((await readSpectrogram(pack, id)).decibels).toEqual(
      logMel(samplesOf(id), 16000, PAPER_FEATURES).decibels,
    );
});

it('computes everything anew when it is asked to, unless a run may be reading it', async () => {
  const worker = features();
  const request = {
    source,
    corpusId: CORPUS,
    utteranceIds: ids,
    setting: PAPER_FEATURES,
    workers: 2,
  } as const;
  const { packId: id } = await worker.call('extract', request);
  expect(await worker.call('extract', { ...request, fresh: true })).toMatchObject({
    packId: id,
    utterances: 24,
    computed: 24,
    cached: false,
  });
  await navigator.locks.request('run:of-another-tab', async () => {
    await expect(worker.call('extract', { ...request, fresh: true })).rejects.toMatchObject({
      name: 'StorageError',
      code: 'features-in-use',
    });
  });
  expect(await worker.call('has', request)).toBe(true);
});

it('samples the images of the pack, also while the pack grows', async () => {
  const extractor = features();
  const extract = (utteranceIds: readonly string[]) =>
    extractor.call('extract', {
      source,
      corpusId: CORPUS,
      utteranceIds,
      setting: PAPER_FEATURES,
      workers: 1,
    });
  const { packId: id } = await extract(ids.slice(0, 4));
  const images = sampler();
  await images.call('open', { packId: id, inputSize: 64, seed: 3, augmentations: PAPER_AUGMENTATIONS });
  const check = async (utteranceId: string, epoch: number | null): Promise<void> => {
    const { decibels, frames } = logMel(samplesOf(utteranceId), 16000, PAPER_FEATURES);
    const expected = modelImage(
      pictureOf(decibels, 512, frames),
      PAPER_AUGMENTATIONS,
      { seed: 3, utteranceId, epoch },
      64,
    );
    expect(await images.call('sample', { utteranceIds: [utteranceId], epoch })).toEqual(expected);
  };
  await check('u0', 1);
  await check('u1', null);
  await extract(ids);
  await check('u2', 1); // read for the first time after the file was written to
  await check('u1', null);
  await expect(images.call('sample', { utteranceIds: ['u99'], epoch: 0 })).rejects.toMatchObject({
    code: 'not-in-pack',
  });
  await expect(
    sampler().call('open', { packId: 'none', inputSize: 64, seed: 3, augmentations: PAPER_AUGMENTATIONS }),
  ).rejects.toMatchObject({
    code: 'pack-missing',
  });
});

it('keeps what is done when cancelled, and goes on from there', async () => {
  const worker = features();
  const controller = new AbortController();
  const request = {
    source,
    corpusId: CORPUS,
    utteranceIds: ids,
    setting: PAPER_FEATURES,
    workers: 1,
  } as const;
  const call = worker.call('extract', request, {
    signal: controller.signal,
    onProgress: ({ done }) => {
      if (done >= 0) controller.abort();
    },
  });
  await expect(call).rejects.toBeInstanceOf(CancelledError);
  const kept = Object.keys((await db.get('packs', packId(CORPUS, PAPER_FEATURES)))!.records).length;
  expect(kept).toBeLessThan(24);
  expect(await worker.call('extract', request)).toMatchObject({ utterances: 24, cached: false });
});

it('two workers asked for the same pack do not disturb each other', async () => {
  const request = {
    source,
    corpusId: CORPUS,
    utteranceIds: ids,
    setting: PAPER_FEATURES,
    workers: 1,
  } as const;
  const [one, other] = await Promise.all([
    features().call('extract', request),
    features().call('extract', request),
  ]);
  expect(one.cached).toBe(!other.cached);
  expect(one.bytes).toBe(other.bytes);
  expect(other.utterances).toBe(24);
});

it('lists what is cached, deletes one of it, notices a cut and a flipped byte, and mends what was cut', async () => {
  const worker = features();
  const other = { ...PAPER_FEATURES, nMels: 16 };
  const request = { source, corpusId: CORPUS, utteranceIds: ids, workers: 1 } as const;
  await worker.call('extract', { ...request, setting: PAPER_FEATURES });
  await worker.call('extract', { ...request, setting: other });
  const id = packId(CORPUS, other);
  const listed = await worker.call('caches', null);
  const frames = ids.reduce((sum, one) => sum + logMel(samplesOf(one), 16000, other).frames, 0);
  expect(listed.map(({ packId: one, bytes }) => [one, bytes])).toEqual([
    [id, frames * 16 * 4],
    [packId(CORPUS, PAPER_FEATURES), frames * 512 * 4],
  ]);
  expect(listed[0]).toMatchObject({ corpus: 'test', setting: other, utterances: 24, cut: false });

  const write = async (change: (to: FileSystemWritableFileStream) => Promise<void>): Promise<void> => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('features');
    const to = await (await folder.getFileHandle(`${id}.bin`)).createWritable({ keepExistingData: true });
    await change(to);
    await to.close();
  };
  await write((to) => to.write({ type: 'write', position: 5, data: new Uint8Array([0x55]) }));
  await expect(
    readSpectrogram(await openPack(db, id), firstOf(await openPack(db, id))),
  ).rejects.toMatchObject({
    code: 'pack-damaged',
  });
  await write((to) => to.truncate(0));
  expect((await worker.call('caches', null))[0]).toMatchObject({ packId: id, cut: true, bytes: 0 });
  expect(await worker.call('extract', { ...request, setting: other })).toMatchObject({ computed: 24 });
  expect((await worker.call('caches', null))[0]).toMatchObject({ cut: false, bytes: frames * 16 * 4 });

  await worker.call('deleteCache', { packId: id });
  expect((await worker.call('caches', null)).map((one) => one.packId)).toEqual([
    packId(CORPUS, PAPER_FEATURES),
  ]);
  await expect(openPack(db, id)).rejects.toMatchObject({ code: 'pack-missing' });
});

/** The utterance at the beginning of the file. */
const firstOf = ({ record }: Awaited<ReturnType<typeof openPack>>): string =>
  Object.entries(record.records).find(([, { offset }]) => offset === 0)![0];
