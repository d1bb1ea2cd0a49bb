/**
 * A corpus folder, however the browser handed it over: a directory handle, the Files of a webkitdirectory
 * input, a zip file, the demo corpus in the private file system, or several of these for a joined corpus. All look the same from here on, with the same
 * `/`-separated paths, which never contain the name of the opened folder itself.
 * Not here: what the folder holds (core/corpus) and how it was asked for (src/state).
 */
import { splitJoined } from '../core/corpus/joined/joined';
import type { CorpusDirectory, CorpusEntry, CorpusFile } from '../core/corpus/types';
import { EquipoiseError, PermissionLostError, StorageError } from '../core/errors/errors';
import type { FolderSource } from '../core/protocol/contracts/corpus';
import { privateFolder } from './blocked';
import { fileTree, splitPath } from './file-tree';
import { packedFiles } from './packed-folder';
import { openZip } from './zip-source';

/** Where the demo corpora lie in the private file system. */
export const DEMO_FOLDER = 'demo';

interface Folder {
  readonly root: CorpusDirectory;
  file(path: string): Promise<File>;
}

/** Kept per source object, so that ten thousand look-ups resolve every directory once. */
const opened = new WeakMap<FolderSource, Promise<Folder>>();

/**
 * The folder as the corpus adapters see it.
 * @throws PermissionLostError, StorageError `file-missing` (the demo corpus was deleted)
 */
export async function openFolder(source: FolderSource): Promise<CorpusDirectory> {
  return (await folderOf(source)).root;
}

/**
 * The file at a manifest's path. Pass the same source object every time: what was resolved is remembered with
 * it.
 * @throws PermissionLostError `permission`; StorageError `file-missing` or `file-unreadable`
 */
export async function fileAt(source: FolderSource, path: string): Promise<File> {
  const folder = await folderOf(source);
  return reading(path, () => folder.file(path));
}

function folderOf(source: FolderSource): Promise<Folder> {
  let folder = opened.get(source);
  if (!folder) {
    folder = openSource(source);
    opened.set(source, folder);
    // A failure is not remembered: after “Reconnect folder” the same source may work.
    folder.catch(() => opened.delete(source));
  }
  return folder;
}

async function openSource(source: FolderSource): Promise<Folder> {
  switch (source.kind) {
    case 'handle':
      return folderOfHandle(source.handle as FileSystemDirectoryHandle);
    case 'files':
      return folderOfFiles(Array.from(source.files as ArrayLike<File>));
    case 'zip': {
      const { root, file } = await openZip(source.file as File);
      return { root, file: async (path) => new File([await file(path)], splitPath(path)[1]) };
    }
    case 'joined':
      return folderOfParts(source.parts);
    case 'demo':
      return reading(`${DEMO_FOLDER}/${source.directory}`, async () => {
        const demos = await (await privateFolder()).getDirectoryHandle(DEMO_FOLDER);
        const folder = await demos.getDirectoryHandle(source.directory);
        const packed = await packedFiles(folder);
        return packed ? folderOfBlobs(source.directory, packed) : folderOfHandle(folder);
      });
  }
}

/**
 * Runs a file system call and turns what the browser throws into errors with a next step.
 * @throws PermissionLostError `permission`; StorageError `file-missing` or `file-unreadable`
 */
export async function reading<T>(where: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof EquipoiseError) throw error;
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'SecurityError')
      throw new PermissionLostError('permission', { where }, error);
    if (name === 'NotFoundError' || name === 'TypeMismatchError' || name === 'TypeError')
      throw new StorageError('file-missing', { where }, error);
    throw new StorageError('file-unreadable', { why: 'path', where }, error);
  }
}

/** Each part is a folder of its name, with the part's own paths below it. */
function folderOfParts(parts: Readonly<Record<string, FolderSource | null>>): Folder {
  const partOf = (path: string): readonly [source: FolderSource, own: string] => {
    const [name, own] = splitJoined(path);
    const source = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (source === undefined) throw new StorageError('file-missing', { where: path });
    if (source === null) throw new PermissionLostError('part-closed', { name });
    return [source, own];
  };
  return {
    root: {
      kind: 'directory',
      name: '',
      entries: () =>
        Promise.all(Object.values(parts).flatMap((source) => (source ? [openFolder(source)] : []))),
    },
    async file(path) {
      const [source, own] = partOf(path);
      return (await folderOf(source)).file(own);
    },
  };
}

/** Files kept open: more than are read at a time, and few beside a corpus' hundred thousands. */
const KEPT_OPEN = 64;

/**
 * Reads of one file that follow each other share the File object: asking the browser for it is what costs.
 * Of a file that nobody reads only its name is kept.
 */
class OpenFiles {
  private readonly files = new Map<string, Promise<File>>();

  get(path: string, open: () => Promise<File>): Promise<File> {
    const known = this.files.get(path);
    if (known) return known;
    const file = open();
    this.files.set(path, file);
    file.catch(() => this.files.delete(path));
    if (this.files.size > KEPT_OPEN) this.files.delete(this.files.keys().next().value!);
    return file;
  }
}

function corpusFile(name: string, where: string, open: () => Promise<Blob>): CorpusFile {
  return {
    kind: 'file',
    name,
    size: () => reading(where, async () => (await open()).size),
    bytes: (start, end) =>
      reading(where, async () => new Uint8Array(await (await open()).slice(start, end).arrayBuffer())),
  };
}

function folderOfHandle(root: FileSystemDirectoryHandle): Folder {
  const directories = new Map<string, Promise<FileSystemDirectoryHandle>>([['', Promise.resolve(root)]]);
  const directoryAt = (path: string): Promise<FileSystemDirectoryHandle> => {
    let handle = directories.get(path);
    if (!handle) {
      const [parent, name] = splitPath(path);
      handle = directoryAt(parent).then((directory) => directory.getDirectoryHandle(name));
      directories.set(path, handle);
      handle.catch(() => directories.delete(path));
    }
    return handle;
  };
  return {
    root: handleDirectory(root, '', new OpenFiles()),
    async file(path) {
      const [parent, name] = splitPath(path);
      return (await (await directoryAt(parent)).getFileHandle(name)).getFile();
    },
  };
}

/** Entries between two words on how far a listing is. */
const TOLD_EVERY = 256;

/** Keeps the handle of a folder and the names of its files, not their handles. */
function handleDirectory(handle: FileSystemDirectoryHandle, path: string, open: OpenFiles): CorpusDirectory {
  return {
    kind: 'directory',
    name: handle.name,
    entries: (seen) =>
      reading(path || handle.name, async () => {
        const entries: CorpusEntry[] = [];
        for await (const entry of handle.values()) {
          const { name } = entry;
          const where = path ? `${path}/${name}` : name;
          entries.push(
            entry.kind === 'directory'
              ? handleDirectory(entry, where, open)
              : corpusFile(name, where, () =>
                  open.get(where, async () => (await handle.getFileHandle(name)).getFile()),
                ),
          );
          if (entries.length % TOLD_EVERY === 0) seen?.(entries.length, name);
        }
        return entries;
      }),
  };
}

function folderOfFiles(files: readonly File[]): Folder {
  const byPath = new Map<string, File>();
  for (const file of files) {
    const path = file.webkitRelativePath.split('/').slice(1).join('/') || file.name;
    if (!byPath.has(path)) byPath.set(path, file);
  }
  return folderOfBlobs(files[0]?.webkitRelativePath.split('/')[0] ?? '', byPath);
}

function folderOfBlobs(name: string, byPath: ReadonlyMap<string, Blob>): Folder {
  const files = Array.from(byPath, ([path, blob]) => {
    const { kind: _kind, name: _name, ...reads } = corpusFile('', path, () => Promise.resolve(blob));
    return [path, reads] as const;
  });
  return {
    root: fileTree(name, files),
    async file(path) {
      const blob = byPath.get(path);
      if (!blob) throw new DOMException(`No file at ${path}`, 'NotFoundError');
      return blob instanceof File ? blob : new File([blob], splitPath(path)[1]);
    },
  };
}
