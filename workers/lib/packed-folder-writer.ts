/** Writes a folder as storage/packed-folder.ts reads it. */
import { StorageError } from '../../src/core/errors/errors';
import { BYTES, INDEX } from '../../src/storage/packed-folder';

/** Writes one file after the other; without `finish` nobody takes the folder for whole. */
export class PackedFolderWriter {
  private readonly files: (readonly [string, number])[] = [];

  private constructor(
    private readonly folder: FileSystemDirectoryHandle,
    private readonly handle: FileSystemSyncAccessHandle,
  ) {}

  /** @param folder empty */
  static async open(folder: FileSystemDirectoryHandle): Promise<PackedFolderWriter> {
    const file = await folder.getFileHandle(BYTES, { create: true });
    return new PackedFolderWriter(folder, await file.createSyncAccessHandle());
  }

  /** @throws StorageError `quota` where the disk is full */
  write(path: string, bytes: Uint8Array<ArrayBuffer>): void {
    writeWhole(this.handle, bytes);
    this.files.push([path, bytes.length]);
  }

  /** Writes the list of files, beside what else the caller wants to find there. */
  async finish(about: Readonly<Record<string, unknown>>): Promise<void> {
    this.handle.flush();
    const index = await (await this.folder.getFileHandle(INDEX, { create: true })).createSyncAccessHandle();
    try {
      index.truncate(0);
      writeWhole(index, new TextEncoder().encode(JSON.stringify({ ...about, files: this.files })));
    } finally {
      index.close();
    }
  }

  /** Must be called, whatever happened. */
  close(): void {
    this.handle.close();
  }
}

function writeWhole(handle: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>): void {
  if (handle.write(bytes) < bytes.length) throw new StorageError('quota');
}
