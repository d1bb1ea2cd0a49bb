/** Whether a zip file is a corpus: one with sound in it, where an exported run has none. */
import { isAudioName } from '../../core/audio/names';
import { CORPUS_ZIP, zipDirectory } from '../../core/import/zip-directory';

/** @returns false also for what is no zip at all: the import dialog says what is wrong with it */
export async function isCorpusZip(file: File): Promise<boolean> {
  try {
    const bytes = async (from: number, to: number): Promise<Uint8Array> =>
      new Uint8Array(await file.slice(from, to).arrayBuffer());
    const entries = await zipDirectory({ size: file.size, bytes }, CORPUS_ZIP);
    return entries.some(({ name }) => isAudioName(name));
  } catch {
    return false;
  }
}
