/** The corpus at hand: the demo or a folder, from the first gesture to a manifest. */
import { create } from 'zustand';
import { corpora, folders, settings } from '../../clients/shelf';
import { corpusClient, synthClient } from '../../clients/workers';
import { identify, knowsContents } from '../../core/corpus/identity';
import type { PartOrigin } from '../../core/corpus/joined/joined';
import type { SampleChoice } from '../../core/corpus/sample';
import type { CorpusManifest } from '../../core/corpus/types';
import { CancelledError, CorpusError, PermissionLostError, toWire } from '../../core/errors/errors';
import type { FolderSource } from '../../core/protocol/contracts/corpus';
import type { Progress } from '../../core/progress';
import type { CorpusChoice } from '../../core/config/run-config';
import { unlessBlocked } from '../runs/storage';
import { sourceOf, type CorpusHandle } from './corpus-handle';
import {
  closedParts,
  joinParts,
  rememberClasses,
  rememberSource,
  sourceOfParts,
  storedJoined,
} from './joined';
import { rememberMapping, tableMappings } from './table-mappings';
import type { CorpusState } from '../types';

/** What the feature pool reads from; outlives renders, never stored as such. */
let source: FolderSource | null = null;
/**
 * Where the audio of this corpus can be read; null where another one is open, or one that was read by 0.1.0,
 * whose contents nobody knows.
 */
export const corpusSource = (corpusId: string): FolderSource | null => {
  const { manifest } = useCorpus.getState();
  return manifest && identify(manifest, corpusId) === 'content' ? source : null;
};

/**
 * The same; the demo's files, which lie in the page's own file system, are found or made anew after a reload.
 */
export async function audioSource(corpusId: string): Promise<FolderSource | null> {
  const { choice, manifest } = useCorpus.getState();
  if (!source && choice?.kind === 'demo' && manifest?.fingerprint === corpusId)
    await useCorpus.getState().openDemo(choice);
  return corpusSource(corpusId);
}

/** The opening under way, or the last one: a run that is started meanwhile waits for it. */
let opened: Promise<void> = Promise.resolve();
export const corpusSettled = (): Promise<void> => opened;

export const folderClosed = (name: string): PermissionLostError =>
  new PermissionLostError('folder-closed', { name });

/** How a folder is read: by which adapter (null: whichever fits), and how much of it (null: not said). */
interface How {
  readonly adapter?: string | null;
  readonly sample?: SampleChoice | null;
}

const LAST_CORPUS = 'last-corpus';
let controller = new AbortController();

export const useCorpus = create<CorpusState>()((set, get) => {
  const onProgress = (progress: Progress): void => set({ progress });

  /** One opening at a time; the newest wins. */
  const opening = (
    status: 'making' | 'scanning',
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    opened = attempt(status, work);
    return opened;
  };
  const attempt = async (
    status: 'making' | 'scanning',
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    controller.abort();
    const mine = new AbortController();
    controller = mine;
    set({ status, progress: null, error: null, large: null });
    try {
      await work(mine.signal);
    } catch (error) {
      if (mine !== controller) return;
      if (error instanceof CancelledError || (error instanceof DOMException && error.name === 'AbortError'))
        set({ status: get().manifest ? 'ready' : 'none', progress: null });
      else refuse(error);
    }
  };
  /** What was open stays open. */
  const refuse = (error: unknown): void =>
    set({ status: get().manifest ? 'ready' : 'failed', error: toWire(error), progress: null });

  const scan = async (
    next: FolderSource,
    name: string,
    signal: AbortSignal,
    choose: (id: string) => CorpusChoice,
    { adapter = null, sample = null }: How = {},
  ): Promise<string> => {
    set({ status: 'scanning', reading: name });
    const manifest = await corpusClient
      .connect()
      .call(
        'scan',
        { source: next, name, adapter, sample, mappings: await tableMappings() },
        { signal, onProgress },
      );
    rememberSource(manifest.fingerprint, next);
    await show(next, name, manifest, choose(manifest.fingerprint));
    return manifest.fingerprint;
  };

  /** Makes a corpus the open one. @param closed parts of it that are not connected */
  const show = async (
    next: FolderSource,
    name: string,
    manifest: CorpusManifest,
    choice: CorpusChoice,
    closed: readonly string[] = [],
  ): Promise<void> => {
    source = next;
    set({
      status: 'ready',
      manifest,
      choice,
      name,
      connected: closed.length === 0,
      closed,
      progress: null,
      error: null,
      changed: null,
    });
    await settings.put(LAST_CORPUS, { choice, name, id: manifest.fingerprint });
  };

  /** @param before the fingerprint of what it takes the place of, or null */
  const joinAnew = (
    name: string,
    origins: readonly PartOrigin[],
    before: string | null,
    ask: boolean,
  ): Promise<void> =>
    opening('scanning', async (signal) => {
      set({ reading: name });
      const manifest = await joinParts(name, origins, { signal, onProgress });
      const id = manifest.fingerprint;
      const next = await sourceOfParts(manifest.joined!, ask);
      if (before !== null && before !== id) await folders.remove(before);
      const joined = manifest.joined!.parts.map((part) => part.name);
      await folders.put({ id, name, handle: null, openedAt: Date.now(), joined });
      await get().refreshFolders();
      await show(next, name, manifest, { kind: 'folder', id, name }, closedParts(next));
    });

  /**
   * @param before the fingerprint that what was read is known by: it may be another corpus by now, or the
   * same under a better name
   */
  const tellChange = (before: string): void => {
    const { manifest } = get();
    if (manifest && manifest.fingerprint !== before)
      set({ changed: identify(manifest, before) ? 'earlier-version' : 'content' });
  };

  /** Remembers the folder that was read, once: what the same one was known by before goes. */
  const remember = async (
    id: string,
    name: string,
    handle: CorpusHandle | null,
    sample: SampleChoice | null,
  ): Promise<void> => {
    const { sizesFingerprint: sizesId, byHand, adapter } = get().manifest ?? {};
    for (const known of await folders.list()) {
      if (known.id === id || !handle || !(await known.handle?.isSameEntry(handle))) continue;
      // Another part of the same folder is another corpus because it was asked for.
      if (JSON.stringify(known.sample) === JSON.stringify(sample ?? undefined)) tellChange(known.id);
      await folders.remove(known.id);
    }
    await folders.put({
      id,
      name,
      handle,
      openedAt: Date.now(),
      ...(sizesId === undefined ? {} : { sizesId }),
      ...(byHand && adapter !== undefined ? { adapter } : {}),
      ...(sample === null ? {} : { sample }),
    });
    await get().refreshFolders();
  };

  /** Reads a folder and remembers it. A large corpus is not read before it was said how much of it. */
  const readFolder = async (
    next: FolderSource,
    name: string,
    handle: CorpusHandle | null,
    signal: AbortSignal,
    how: How = {},
    before: string | null = null,
    asked = false,
  ): Promise<void> => {
    try {
      const id = await scan(
        next,
        name,
        signal,
        (fingerprint) => ({ kind: 'folder', id: fingerprint, name }),
        how,
      );
      if (before !== null && !asked) tellChange(before);
      await remember(id, name, handle, how.sample ?? null);
    } catch (error) {
      if (!(error instanceof CorpusError) || error.code !== 'large-corpus') throw error;
      const read = (sample: SampleChoice): Promise<void> =>
        opening('scanning', (again) =>
          readFolder(next, name, handle, again, { ...how, sample }, before, true),
        );
      set({
        status: get().manifest ? 'ready' : 'none',
        progress: null,
        large: { name, utterances: Number(error.details['count']), read },
      });
    }
  };

  const openFolder = (next: FolderSource, name: string, handle: CorpusHandle | null): Promise<void> =>
    opening('scanning', (signal) => readFolder(next, name, handle, signal));

  /** Reads what is open once more. @param how without a sample a large corpus is asked about again */
  const readOpen = async (how: How): Promise<void> => {
    const { choice, name, manifest } = get();
    if (manifest?.joined)
      return joinAnew(
        name,
        manifest.joined.parts.map(({ origin }) => origin),
        manifest.fingerprint,
        true,
      );
    if (choice?.kind === 'demo') return get().openDemo(choice);
    const open = source;
    return opening('scanning', async (signal) => {
      if (!open || !manifest) throw folderClosed(name);
      const known = get().folders.find(({ id }) => id === manifest.fingerprint)?.handle ?? null;
      const handle = open.kind === 'handle' ? (open.handle as FileSystemDirectoryHandle) : known;
      await readFolder(open, name, handle, signal, how, manifest.fingerprint);
    });
  };

  /** What was said of the open corpus. */
  const sampleNow = (): SampleChoice | null => {
    const { manifest, folders: known } = get();
    return known.find(({ id }) => id === manifest?.fingerprint)?.sample ?? manifest?.sample ?? null;
  };

  return {
    status: 'none',
    choice: null,
    name: '',
    reading: '',
    changed: null,
    large: null,
    progress: null,
    manifest: null,
    error: null,
    connected: false,
    closed: [],
    folders: [],
    openDemo: ({ seed, difficulty }) =>
      opening('making', async (signal) => {
        const { directory } = await synthClient
          .connect()
          .call('make', { seed, difficulty }, { signal, onProgress });
        await scan({ kind: 'demo', directory }, 'demo', signal, () => ({ kind: 'demo', seed, difficulty }));
      }),
    pickFolder: async () => {
      let handle: FileSystemDirectoryHandle;
      try {
        handle = await showDirectoryPicker({ id: 'corpus', mode: 'read' });
      } catch (error) {
        // Closing the picker is a choice, not a failure.
        if (!(error instanceof DOMException) || error.name !== 'AbortError') refuse(error);
        return;
      }
      await get().openHandle(handle);
    },
    openHandle: (handle) => openFolder({ kind: 'handle', handle }, handle.name, handle),
    openFiles: (files) => {
      const name = files[0]?.webkitRelativePath.split('/')[0] ?? '';
      if (files.length === 0) {
        refuse(new CorpusError('empty-folder'));
        return Promise.resolve();
      }
      return openFolder({ kind: 'files', files }, name, null);
    },
    openZip: (file, handle = null) => openFolder({ kind: 'zip', file }, file.name, handle),
    reconnect: (folderId) => {
      const folder = get().folders.find(({ id }) => id === folderId);
      if (folder?.joined) return get().openJoined(folderId, true);
      return opening('scanning', async (signal) => {
        const { handle, name } = folder ?? {};
        if (!handle || name === undefined) throw new PermissionLostError('no-handle', { name: name ?? '' });
        const permission = await handle.requestPermission({ mode: 'read' });
        if (permission !== 'granted') throw new PermissionLostError('permission', { name });
        const how = { adapter: folder?.adapter ?? null, sample: folder?.sample ?? null };
        const next = await sourceOf(handle).catch((error: unknown) => {
          throw new PermissionLostError('folder-gone', { name }, error);
        });
        await readFolder(next, name, handle, signal, how, folderId);
      });
    },
    join: (name, origins) => joinAnew(name, origins, null, true),
    openJoined: (id, ask) =>
      opening('scanning', async () => {
        const { name, manifest, joined } = await storedJoined(id);
        set({ reading: name });
        const next = await sourceOfParts(joined, ask);
        await show(next, name, manifest, { kind: 'folder', id, name }, closedParts(next));
      }),
    mapClasses: async (maps) => {
      const before = Object.fromEntries(
        (get().manifest?.joined?.parts ?? []).map(({ id, classOf }) => [id, classOf]),
      );
      try {
        await rememberClasses(maps);
      } catch (error) {
        return refuse(error);
      }
      await get().readAgain();
      // A mapping that joins nothing is none to join with next time.
      if (get().error) await rememberClasses(before);
    },
    readAgain: () => {
      const { manifest } = get();
      return readOpen({ adapter: manifest?.byHand ? manifest.adapter : null, sample: sampleNow() });
    },
    readAs: (adapter) => readOpen({ adapter, sample: sampleNow() }),
    mapTable: async (key, mapping) => {
      const { [key]: before } = await tableMappings();
      try {
        await rememberMapping(key, mapping);
      } catch (error) {
        return refuse(error);
      }
      await get().readAgain();
      const { error, manifest } = get();
      // A mapping under which nothing can be read is none to open the folder with next time.
      if (error) await rememberMapping(key, before ?? null);
      // Another mapping is another corpus because it was asked for.
      else if (manifest?.table?.key === key) set({ changed: null });
    },
    chooseSample: () => {
      const { manifest } = get();
      return readOpen({ adapter: manifest?.byHand ? manifest.adapter : null });
    },
    forget: async (folderId) => {
      await folders.remove(folderId);
      await get().refreshFolders();
    },
    restore: async () => {
      try {
        await get().refreshFolders();
        const last = await settings.get<{ choice: CorpusChoice; name: string; id: string }>(LAST_CORPUS);
        const record = last && (await corpora.get(last.id));
        if (!last || !record || get().status !== 'none') return;
        if (record.manifest.joined) return await get().openJoined(last.id, false);
        // The demo lies in the page's own file system and a folder may still be open to us; else one click
        // reconnects.
        const handle = get().folders.find(({ id }) => id === last.id)?.handle;
        const granted = (await handle?.queryPermission({ mode: 'read' })) === 'granted';
        const open = granted && handle ? await sourceOf(handle).catch(() => null) : null;
        if (last.choice.kind === 'folder') source = open;
        const connected = last.choice.kind === 'demo' || open !== null;
        set({ status: 'ready', choice: last.choice, name: last.name, manifest: record.manifest, connected });
        // Read by 0.1.0, which did not look at the sound: what can be read again without a question is.
        if (!knowsContents(record.manifest) && connected) await get().readAgain();
      } catch (error) {
        set({ error: unlessBlocked(error) });
      }
    },
    refreshFolders: async () => set({ folders: await folders.list() }),
    emptied: () =>
      set({
        status: 'none',
        choice: null,
        manifest: null,
        connected: false,
        closed: [],
        folders: [],
        progress: null,
        error: null,
        changed: null,
        large: null,
      }),
    dismissError: () => set({ error: null }),
    cancel: () => controller.abort(),
  };
});
