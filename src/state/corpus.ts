/** The corpus at hand: the demo or a folder, from the first gesture to a manifest. */
import { create } from 'zustand';
import { corpora, folders, settings } from '../clients/shelf';
import { corpusClient, synthClient } from '../clients/workers';
import { CancelledError, CorpusError, PermissionLostError, toWire } from '../core/errors/errors';
import type { FolderSource, Progress } from '../core/protocol/contracts';
import type { CorpusChoice } from '../core/training/run-config';
import type { CorpusState } from './types';

/** What the feature pool reads from; outlives renders, never stored as such. */
let source: FolderSource | null = null;
export const corpusSource = (): FolderSource | null => source;

/** The opening under way, or the last one: a run that is started meanwhile waits for it. */
let opened: Promise<void> = Promise.resolve();
export const corpusSettled = (): Promise<void> => opened;

const LAST_CORPUS = 'last-corpus';
let controller = new AbortController();

export const useCorpus = create<CorpusState>()((set, get) => {
  const onProgress = (progress: Progress): void => set({ progress });

  /** One opening at a time; the newest wins. */
  const opening = (status: 'making' | 'scanning', work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    opened = attempt(status, work);
    return opened;
  };
  const attempt = async (status: 'making' | 'scanning', work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    controller.abort();
    const mine = new AbortController();
    controller = mine;
    set({ status, progress: null, error: null });
    try {
      await work(mine.signal);
    } catch (error) {
      if (mine !== controller) return;
      if (error instanceof CancelledError || (error instanceof DOMException && error.name === 'AbortError'))
        set({ status: get().manifest ? 'ready' : 'none', progress: null });
      else set({ status: 'failed', error: toWire(error), progress: null, manifest: null, choice: null, connected: false });
    }
  };

  const scan = async (next: FolderSource, name: string, signal: AbortSignal, choose: (id: string) => CorpusChoice): Promise<string> => {
    set({ status: 'scanning', name });
    const manifest = await corpusClient.connect().call('scan', { source: next, name }, { signal, onProgress });
    source = next;
    const choice = choose(manifest.fingerprint);
    set({ status: 'ready', manifest, choice, name, connected: true, progress: null, error: null });
    await settings.put(LAST_CORPUS, { choice, name, id: manifest.fingerprint });
    return manifest.fingerprint;
  };

  const openFolder = (next: FolderSource, name: string, handle: FileSystemDirectoryHandle | null): Promise<void> =>
    opening('scanning', async (signal) => {
      const id = await scan(next, name, signal, (fingerprint) => ({ kind: 'folder', id: fingerprint, name }));
      await folders.put({ id, name, handle, openedAt: Date.now() });
      await get().refreshFolders();
    });

  return {
    status: 'none', choice: null, name: '', progress: null, manifest: null, error: null, connected: false, folders: [],
    openDemo: ({ seed, difficulty }) => opening('making', async (signal) => {
      const { directory } = await synthClient.connect().call('make', { seed, difficulty }, { signal, onProgress });
      await scan({ kind: 'demo', directory }, 'demo', signal, () => ({ kind: 'demo', seed, difficulty }));
    }),
    pickFolder: async () => {
      let handle: FileSystemDirectoryHandle;
      try {
        handle = await showDirectoryPicker({ id: 'corpus', mode: 'read' });
      } catch (error) {
        // Closing the picker is a choice, not a failure.
        if (!(error instanceof DOMException) || error.name !== 'AbortError') set({ status: 'failed', error: toWire(error) });
        return;
      }
      await get().openHandle(handle);
    },
    openHandle: (handle) => openFolder({ kind: 'handle', handle }, handle.name, handle),
    openFiles: (files) => {
      const name = files[0]?.webkitRelativePath.split('/')[0] ?? '';
      if (files.length === 0) {
        set({ status: 'failed', error: toWire(new CorpusError('empty-folder', 'The folder is empty.', 'Choose the folder that holds Session1 … Session5.')) });
        return Promise.resolve();
      }
      return openFolder({ kind: 'files', files }, name, null);
    },
    reconnect: (folderId) => opening('scanning', async (signal) => {
      const folder = get().folders.find(({ id }) => id === folderId);
      if (!folder?.handle)
        throw new PermissionLostError('no-handle', 'The browser did not keep this folder.', 'Open the folder again; its cached features are still here.', { name: folder?.name ?? '' });
      const permission = await folder.handle.requestPermission({ mode: 'read' });
      if (permission !== 'granted')
        throw new PermissionLostError('permission', 'The browser was not allowed to read the folder.', 'Press “Reconnect” again and allow access.', { name: folder.name });
      await scan({ kind: 'handle', handle: folder.handle }, folder.name, signal, (id) => ({ kind: 'folder', id, name: folder.name }));
      await folders.put({ ...folder, openedAt: Date.now() });
      await get().refreshFolders();
    }),
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
        // The demo lies in the page's own file system and a folder may still be open to us; else one click reconnects.
        const handle = get().folders.find(({ id }) => id === last.id)?.handle;
        const connected = last.choice.kind === 'demo' || (await handle?.queryPermission({ mode: 'read' })) === 'granted';
        if (last.choice.kind === 'folder') source = connected && handle ? { kind: 'handle', handle } : null;
        set({ status: 'ready', choice: last.choice, name: last.name, manifest: record.manifest, connected });
      } catch (error) {
        set({ error: toWire(error) });
      }
    },
    refreshFolders: async () => set({ folders: await folders.list() }),
    emptied: () => set({ status: 'none', choice: null, manifest: null, connected: false, folders: [], progress: null, error: null }),
    cancel: () => controller.abort(),
  };
});
