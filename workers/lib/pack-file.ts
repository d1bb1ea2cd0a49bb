/**
 * Appends spectrograms to the file of a feature pack through a synchronous access handle, and turns a full
 * disk into an error that loses nothing. Not here: the index (extraction.ts), opening it (open-pack-file.ts).
 */
import { StorageError } from '../../src/core/errors/errors';

/** The part of FileSystemSyncAccessHandle that is used. */
export interface SyncFile {
  getSize(): number;
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

const noRoom = (cause?: unknown): StorageError => new StorageError('quota', {}, cause);

export class PackFile {
  private end: number;

  constructor(private readonly file: SyncFile) {
    this.end = file.getSize();
  }

  /** Bytes. */
  get size(): number {
    return this.end;
  }

  /** Cuts off what lies behind `size`: the rest of a write that never made it into the index. */
  cut(size: number): void {
    this.file.truncate(size);
    this.end = size;
  }

  /**
   * @returns the byte offset of what was written  @throws StorageError `quota`; the file is then as before
   */
  append(values: Float32Array<ArrayBuffer>): number {
    const offset = this.end;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    try {
      if (this.file.write(bytes, { at: offset }) < bytes.length) throw noRoom();
    } catch (error) {
      this.file.truncate(offset);
      if (error instanceof Error && error.name === 'QuotaExceededError') throw noRoom(error);
      throw error;
    }
    this.end += bytes.length;
    return offset;
  }

  /** On disk from here on. */
  flush(): void {
    this.file.flush();
  }

  close(): void {
    this.file.close();
  }
}
