/**
 * What the page has to say about the browser's storage: that it was emptied behind its back, or keeps
 * nothing. Then all is in memory.
 */
import { create } from 'zustand';
import { toWire, type WireError } from '../../core/errors/errors';

export { onStorageBlocked, onStorageEmptied } from '../../clients/shelf';

export interface StorageNotice {
  readonly notice: WireError | null;
  readonly tell: (notice: WireError) => void;
  readonly dismiss: () => void;
}

export const useStorageNotice = create<StorageNotice>()((set) => ({
  notice: null,
  tell: (notice) => set({ notice }),
  dismiss: () => set({ notice: null }),
}));

/**
 * An error as a store shows it; null where the browser blocks storage altogether, which is said once for the
 * whole page.
 */
export function unlessBlocked(error: unknown): WireError | null {
  const wire = toWire(error);
  if (wire.code !== 'storage-blocked') return wire;
  useStorageNotice.getState().tell(wire);
  return null;
}
