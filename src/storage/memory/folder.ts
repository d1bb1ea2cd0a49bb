/** The part of the private file system's handles that this code uses, over the files in memory. */
import type { Host } from './realm';

const missing = (path: string): DOMException => new DOMException(`“${path}” is not there`, 'NotFoundError');

async function contentOf(host: Host, path: string): Promise<Blob> {
  const content = await host.call('look', { path });
  if (!(content instanceof Blob)) throw missing(path);
  return content;
}

/** Keeps what is written until it is flushed: a Blob of many pieces is made once. */
class Writing {
  private parts: Uint8Array<ArrayBuffer>[] = [];
  private size: number;
  private position = 0;

  constructor(
    private readonly host: Host,
    private readonly path: string,
    private content: Blob,
  ) {
    this.size = content.size;
  }

  getSize(): number {
    return this.size;
  }

  write(bytes: Uint8Array<ArrayBuffer>, { at = this.position }: { readonly at?: number } = {}): number {
    if (at !== this.size) this.truncate(at); // what is written over here is always the rest of something
    this.parts.push(bytes.slice());
    this.size = at + bytes.length;
    this.position = this.size;
    return bytes.length;
  }

  truncate(size: number): void {
    this.gather();
    this.content = this.content.slice(0, size);
    this.size = this.content.size;
    this.position = Math.min(this.position, this.size);
  }

  flush(): void {
    this.gather();
    void this.host.call('write', { path: this.path, content: this.content }).catch(() => undefined);
  }

  close(): void {
    this.flush();
  }

  private gather(): void {
    if (this.parts.length > 0) this.content = new Blob([this.content, ...this.parts]);
    this.parts = [];
  }
}

function fileOver(host: Host, path: string, name: string) {
  return {
    kind: 'file',
    name,
    getFile: async () => new File([await contentOf(host, path)], name),
    createSyncAccessHandle: async () => new Writing(host, path, await contentOf(host, path)),
  } as unknown as FileSystemFileHandle;
}

/** @param path of the folder; empty: the root */
export function folderOver(host: Host, path: string): FileSystemDirectoryHandle {
  const inside = (name: string): string => (path === '' ? name : `${path}/${name}`);
  const found = async (name: string, create: boolean, content: Blob | null): Promise<void> => {
    const [at, there] = [inside(name), await host.call('look', { path: inside(name) })];
    if (there !== null && (there === 'folder') !== (content === null))
      throw new DOMException(`“${at}” is of another kind`, 'TypeMismatchError');
    if (there !== null) return;
    if (!create) throw missing(at);
    await host.call('write', { path: at, content });
  };
  const child = (name: string, kind: string): FileSystemHandle =>
    kind === 'file' ? fileOver(host, inside(name), name) : folderOver(host, inside(name));
  return {
    kind: 'directory',
    name: path.slice(path.lastIndexOf('/') + 1),
    getDirectoryHandle: async (name: string, { create = false } = {}) => {
      await found(name, create, null);
      return folderOver(host, inside(name));
    },
    getFileHandle: async (name: string, { create = false } = {}) => {
      await found(name, create, new Blob());
      return fileOver(host, inside(name), name);
    },
    removeEntry: async (name: string, { recursive = false } = {}) => {
      const outcome = await host.call('discard', { path: inside(name), recursive });
      if (outcome === 'missing') throw missing(inside(name));
      if (outcome === 'not-empty')
        throw new DOMException(`“${inside(name)}” is not empty`, 'InvalidModificationError');
    },
    async *values() {
      for (const { name, kind } of await host.call('list', { path })) yield child(name, kind);
    },
    async *keys() {
      for (const { name } of await host.call('list', { path })) yield name;
    },
  } as unknown as FileSystemDirectoryHandle;
}
