/**
 * The files of a dropped folder in a browser that gives entries, not handles. Not here: what is done with
 * them.
 */

export interface DroppedFiles {
  /** Each with its path from the folder's own name on, as a file dialog gives it. */
  readonly files: readonly File[];
  /** Files and folders that the browser would not hand over. */
  readonly lost: readonly string[];
}

/** Never rejects: what cannot be read is counted, the rest goes on. */
export async function filesOf(directory: FileSystemDirectoryEntry): Promise<DroppedFiles> {
  const files: File[] = [];
  const lost: string[] = [];
  const pending: FileSystemDirectoryEntry[] = [directory];
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    for await (const entry of childrenOf(folder, lost)) {
      if (entry.isDirectory) {
        pending.push(entry as FileSystemDirectoryEntry);
        continue;
      }
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      ).catch(() => null);
      if (file)
        files.push(
          Object.defineProperty(file, 'webkitRelativePath', { value: entry.fullPath.replace(/^\//, '') }),
        );
      else lost.push(entry.fullPath);
    }
  }
  return { files, lost };
}

/** `readEntries` gives a hundred at a time. */
async function* childrenOf(
  folder: FileSystemDirectoryEntry,
  lost: string[],
): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    ).catch(() => null);
    if (batch === null) lost.push(folder.fullPath);
    if (batch === null || batch.length === 0) return;
    yield* batch;
  }
}
