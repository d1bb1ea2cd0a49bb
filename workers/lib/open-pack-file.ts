/**
 * Opens the file of a feature pack for writing. Apart from pack-file.ts because only workers have what it
 * needs.
 */
import { packFile } from '../../src/storage/feature-packs';
import { PackFile } from './pack-file';

/** Milliseconds between attempts, and how many: a worker that was just ended may still hold the file. */
const RETRY = { wait: 100, times: 30 } as const;

/** Opens the file for writing, creating it if need be; the caller holds the Web Lock of the pack. */
export async function openPackFile(id: string): Promise<PackFile> {
  const handle = await packFile(id, true);
  for (let attempt = 1; ; attempt++) {
    try {
      return new PackFile(await handle.createSyncAccessHandle());
    } catch (error) {
      const taken = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!taken || attempt === RETRY.times) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY.wait));
    }
  }
}
