/**
 * The synthesiser's worker: writes the demo corpus into the private file system, `demo/<name>`, once, as a
 * packed folder (storage/packed-folder.ts). The name says what decides the bytes. Not here: sound
 * (core/synth).
 */
import type { SynthContract } from '../src/core/protocol/contracts/corpus';
import type { Progress } from '../src/core/progress';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled, type CancelSignal } from '../src/core/progress';
import { demoCorpus, DEMO_UTTERANCES, SYNTH_VERSION } from '../src/core/synth/demo-corpus';
import { privateFolder, withLock } from '../src/storage/blocked';
import { DEMO_FOLDER } from '../src/storage/folder-source';
import { isComplete } from '../src/storage/packed-folder';
import { breathe } from './lib/breathe';
import { holdLifeline } from './lib/lifeline';
import { PackedFolderWriter } from './lib/packed-folder-writer';

const PREFIX = `synth${SYNTH_VERSION}-`;

const isMade = (demos: FileSystemDirectoryHandle, name: string): Promise<boolean> =>
  demos.getDirectoryHandle(name).then(isComplete, () => false);

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
  const writer = await PackedFolderWriter.open(await demos.getDirectoryHandle(name, { create: true }));
  let done = 0;
  try {
    for (const { path, bytes } of demoCorpus(payload)) {
      throwIfCancelled(signal, 'demo corpus');
      writer.write(path, bytes);
      if (!path.endsWith('.wav') || ++done % 10 !== 0) continue;
      progress({ done, total: DEMO_UTTERANCES, current: path });
      await breathe(); // for a cancellation to arrive
    }
    await writer.finish({ ...payload, utterances: done });
    writer.close();
  } catch (error) {
    writer.close();
    await discard(demos, name).catch(() => undefined); // unfinished, nobody takes it for whole
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
      const cached = await isMade(demos, directory);
      if (!cached) {
        await discardOutdated(demos);
        await writeAll(demos, directory, payload, signal, progress);
      }
      return { directory, utterances: DEMO_UTTERANCES, ms: performance.now() - started, cached };
    });
  },
});

holdLifeline(lifeline);
