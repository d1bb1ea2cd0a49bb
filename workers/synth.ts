/**
 * The synthesiser's worker: writes the demo corpus into the private file system, `demo/<name>`, once. The
 * name says what decides the bytes; a marker written last says that nothing is missing. Not here: sound
 * (core/synth).
 */
import { StorageError } from '../src/core/errors/errors';
import type { SynthContract } from '../src/core/protocol/contracts/corpus';
import type { Progress } from '../src/core/progress';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled, type CancelSignal } from '../src/core/progress';
import { demoCorpus, DEMO_UTTERANCES, SYNTH_VERSION, type DemoFile } from '../src/core/synth/demo-corpus';
import { privateFolder, withLock } from '../src/storage/blocked';
import { DEMO_FOLDER } from '../src/storage/folder-source';
import { holdLifeline } from './lib/lifeline';

const MARKER = 'COMPLETE.json';
const PREFIX = `synth${SYNTH_VERSION}-`;
/** Writes under way at a time; the next utterance is computed meanwhile. */
const CONCURRENCY = 8;

/** Writes files below one folder; remembers the folders it has made. */
class FolderWriter {
  private readonly folders = new Map<string, Promise<FileSystemDirectoryHandle>>();

  constructor(root: FileSystemDirectoryHandle) {
    this.folders.set('', Promise.resolve(root));
  }

  async write({ path, bytes }: DemoFile): Promise<void> {
    const slash = path.lastIndexOf('/');
    const folder = await this.folder(path.slice(0, Math.max(0, slash)));
    const handle = await (
      await folder.getFileHandle(path.slice(slash + 1), { create: true })
    ).createSyncAccessHandle();
    try {
      handle.truncate(0);
      if (handle.write(bytes) < bytes.length) throw new StorageError('quota');
    } finally {
      handle.close();
    }
  }

  private folder(path: string): Promise<FileSystemDirectoryHandle> {
    let folder = this.folders.get(path);
    if (!folder) {
      const slash = path.lastIndexOf('/');
      folder = this.folder(path.slice(0, Math.max(0, slash))).then((parent) =>
        parent.getDirectoryHandle(path.slice(slash + 1), { create: true }),
      );
      this.folders.set(path, folder);
    }
    return folder;
  }
}

async function isComplete(demos: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await (await demos.getDirectoryHandle(name)).getFileHandle(MARKER);
    return true;
  } catch {
    return false; // not there, or never finished: made anew either way
  }
}

/** Removes what other versions of the synthesiser left. */
async function discardOutdated(demos: FileSystemDirectoryHandle): Promise<void> {
  const names: string[] = [];
  for await (const name of demos.keys()) if (!name.startsWith(PREFIX)) names.push(name);
  // another tab may be reading it
  for (const name of names) await discard(demos, name).catch(() => undefined);
}

/** Removes a folder that may not be there. */
async function discard(demos: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await demos.removeEntry(name, { recursive: true });
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
  }
}

async function writeAll(
  demos: FileSystemDirectoryHandle,
  name: string,
  payload: { readonly seed: number; readonly difficulty: number },
  signal: CancelSignal,
  progress: (value: Progress) => void,
): Promise<void> {
  await discard(demos, name);
  const writer = new FolderWriter(await demos.getDirectoryHandle(name, { create: true }));
  const writes = new Set<Promise<void>>();
  let done = 0;
  try {
    for (const file of demoCorpus(payload)) {
      throwIfCancelled(signal, 'demo corpus');
      const write = writer.write(file).then(() => void writes.delete(write));
      write.catch(() => undefined); // stays in the set, where the next race or the final wait finds it
      writes.add(write);
      if (writes.size >= CONCURRENCY) await Promise.race(writes);
      if (file.path.endsWith('.wav') && ++done % 10 === 0)
        progress({ done, total: DEMO_UTTERANCES, current: file.path });
    }
    await Promise.all(writes);
    await writer.write({
      path: MARKER,
      bytes: new TextEncoder().encode(JSON.stringify({ ...payload, utterances: done })),
    });
  } catch (error) {
    await Promise.allSettled(writes);
    await discard(demos, name).catch(() => undefined); // without the marker nobody takes it for whole
    throw error;
  }
}

const { lifeline } = serve<SynthContract>(self as unknown as Endpoint, {
  make: async (payload, { signal, progress }) => {
    const started = performance.now();
    const directory = `${PREFIX}seed${payload.seed}-difficulty${payload.difficulty}`;
    const demos = await (await privateFolder()).getDirectoryHandle(DEMO_FOLDER, { create: true });
    // Another tab that makes the same corpus is waited for, and its result is then found complete.
    return withLock(`${DEMO_FOLDER}/${directory}`, async () => {
      const cached = await isComplete(demos, directory);
      if (!cached) {
        await discardOutdated(demos);
        await writeAll(demos, directory, payload, signal, progress);
      }
      return { directory, utterances: DEMO_UTTERANCES, ms: performance.now() - started, cached };
    });
  },
});

holdLifeline(lifeline);
