/**
 * The synthesiser's and the corpus scan's workers in a real browser: the demo corpus is written once and
 * found again, a half-written one is made anew, cancelling leaves nothing behind, and the scan stores what it
 * finds.
 */
import { deleteDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { CancelledError, WorkerError } from '../../src/core/errors/errors';
import type { CorpusContract, SynthContract } from '../../src/core/protocol/contracts/corpus';
import type { Progress } from '../../src/core/progress';
import { connect, type Connection, type Contract, type Endpoint } from '../../src/core/protocol/rpc';
import { demoCorpus, DEMO_UTTERANCES } from '../../src/core/synth/demo-corpus';
import { fileAt } from '../../src/storage/folder-source';
import { DATABASE_NAME, openDatabase } from '../../src/storage/schema';

const OPTIONS = { seed: 41, difficulty: 0.5 } as const;

let ended: (() => void)[] = [];
function start<C extends Contract>(worker: Worker): Connection<C> {
  const connection = connect<C>(worker as unknown as Endpoint, 'worker of the test');
  ended.push(() => {
    connection.close(new WorkerError('worker-ended'));
    worker.terminate();
  });
  return connection;
}
const synth = (): Connection<SynthContract> =>
  start(new Worker(new URL('../../workers/synth.ts', import.meta.url), { type: 'module' }));
const corpus = (): Connection<CorpusContract> =>
  start(new Worker(new URL('../../workers/corpus.ts', import.meta.url), { type: 'module' }));
const demos = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('demo', { create: true });

afterEach(async () => {
  for (const end of ended) end();
  ended = [];
  await (await navigator.storage.getDirectory()).removeEntry('demo', { recursive: true });
});

it('writes the demo corpus once, byte for byte, and finds it again', async () => {
  const seen: Progress[] = [];
  const connection = synth();
  const made = await connection.call('make', OPTIONS, { onProgress: (progress) => seen.push(progress) });
  expect([made.cached, made.utterances]).toEqual([false, DEMO_UTTERANCES]);
  expect([seen[0], seen.at(-1)].map((progress) => [progress!.done, progress!.total])).toEqual([
    [10, DEMO_UTTERANCES],
    [DEMO_UTTERANCES, DEMO_UTTERANCES],
  ]);
  expect(await connection.call('make', OPTIONS)).toMatchObject({ directory: made.directory, cached: true });
  expect((await connection.call('make', { ...OPTIONS, difficulty: 0.25 })).directory).not.toBe(
    made.directory,
  );

  const source = { kind: 'demo', directory: made.directory } as const;
  let compared = 0;
  for (const { path, bytes } of demoCorpus(OPTIONS)) {
    if (compared % 50 === 0)
      expect(new Uint8Array(await (await fileAt(source, path)).arrayBuffer()), path).toEqual(bytes);
    compared++;
  }
  expect(compared).toBeGreaterThan(DEMO_UTTERANCES);
});

it.each([
  ['without its list of files', (folder: FileSystemDirectoryHandle) => folder.removeEntry('COMPLETE.json')],
  [
    'with bytes missing at the end',
    async (folder: FileSystemDirectoryHandle) => {
      const file = await folder.getFileHandle('files.bin');
      const { size } = await file.getFile();
      const writable = await file.createWritable({ keepExistingData: true });
      await writable.truncate(size - 1);
      await writable.close();
    },
  ],
])('makes a half-written corpus anew: %s', async (_, damage) => {
  const connection = synth();
  const { directory } = await connection.call('make', OPTIONS);
  const folder = await (await demos()).getDirectoryHandle(directory);
  const whole = (await (await folder.getFileHandle('files.bin')).getFile()).size;
  await damage(folder);
  expect((await connection.call('make', OPTIONS)).cached).toBe(false);
  expect((await (await folder.getFileHandle('files.bin')).getFile()).size).toBe(whole);
});

it('takes a corpus of an earlier version, a file for each recording, as it is', async () => {
  const connection = synth();
  const { directory } = await connection.call('make', OPTIONS);
  const folder = await (await demos()).getDirectoryHandle(directory);
  await folder.removeEntry('files.bin');
  const write = async (name: string, text: string): Promise<void> => {
    const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await file.write(text);
    await file.close();
  };
  await write('README.txt', 'as before');
  await write('COMPLETE.json', JSON.stringify({ ...OPTIONS, utterances: DEMO_UTTERANCES }));
  expect((await connection.call('make', OPTIONS)).cached).toBe(true);
  expect(await (await fileAt({ kind: 'demo', directory }, 'README.txt')).text()).toBe('as before');
});

it('leaves nothing behind when it is cancelled, and can be asked again', async () => {
  const connection = synth();
  const controller = new AbortController();
  const making = connection.call('make', OPTIONS, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(making).rejects.toBeInstanceOf(CancelledError);
  const names: string[] = [];
  for await (const name of (await demos()).keys()) names.push(name);
  expect(names).toEqual([]);
  expect((await connection.call('make', OPTIONS)).cached).toBe(false);
});

it('scans the demo corpus without a problem and stores the manifest', async () => {
  const { directory } = await synth().call('make', OPTIONS);
  const manifest = await corpus().call('scan', {
    sample: null,
    source: { kind: 'demo', directory },
    name: 'demo',
    adapter: null,
  });
  expect([manifest.adapter, manifest.utterances.length, manifest.problems]).toEqual([
    'demo',
    DEMO_UTTERANCES,
    [],
  ]);
  const db = await openDatabase();
  expect(await db.get('corpora', manifest.fingerprint)).toMatchObject({ name: 'demo', manifest });
  db.close();
  for (const end of ended) end();
  await deleteDB(DATABASE_NAME);
});
