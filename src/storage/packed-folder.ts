/**
 * A folder of many small files as two: `files.bin` holds their bytes one after the other, `COMPLETE.json` says
 * whose they are and is written last. A browser takes milliseconds to create a file in the private file
 * system, so that the demo corpus' 500 cost seconds of their own
 * (docs/decisions/0041-the-demo-corpus-in-one-file.md). Written by workers/lib/packed-folder-writer.ts.
 */
export const BYTES = 'files.bin';
/** Versions up to 0.2.0 wrote a marker of this name without the list, beside the files themselves. */
export const INDEX = 'COMPLETE.json';

interface Index {
  readonly files: readonly (readonly [path: string, bytes: number])[];
}

/** Whether a folder was written to its end; one of an earlier version, a file each, counts as well. */
export async function isComplete(folder: FileSystemDirectoryHandle): Promise<boolean> {
  try {
    const index = await indexOf(folder);
    if (!index) return true;
    const { size } = await (await folder.getFileHandle(BYTES)).getFile();
    return size === index.files.reduce((sum, [, bytes]) => sum + bytes, 0);
  } catch {
    return false; // not there, not finished, or cut off: made anew in each case
  }
}

/** The files of a folder by path; null: they are not packed, but lie there one by one. */
export async function packedFiles(
  folder: FileSystemDirectoryHandle,
): Promise<ReadonlyMap<string, Blob> | null> {
  const index = await indexOf(folder).catch((error: unknown) => {
    // a folder that nobody finished, or that holds files of another origin
    if (error instanceof DOMException && error.name === 'NotFoundError') return null;
    throw error;
  });
  if (!index) return null;
  const whole = await (await folder.getFileHandle(BYTES)).getFile();
  let at = 0;
  return new Map(index.files.map(([path, bytes]) => [path, whole.slice(at, (at += bytes))]));
}

/** @returns null where an earlier version wrote it */
async function indexOf(folder: FileSystemDirectoryHandle): Promise<Index | null> {
  const text = await (await (await folder.getFileHandle(INDEX)).getFile()).text();
  const index = JSON.parse(text) as Partial<Index>;
  return index.files ? { files: index.files } : null;
}
