/** What the page has to say about the browser's storage: that it was emptied behind its back, or keeps nothing. */
import { create } from 'zustand';
import type { WireError } from '../core/errors/errors';

export { onStorageEmptied } from '../clients/shelf';

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
