/** The feature packs of this browser, of whichever corpus: how large they are, and their deletion. */
import { create } from 'zustand';
import { storageUsage } from '../../clients/shelf';
import { featuresClient } from '../../clients/workers';
import { toWire, type WireError } from '../../core/errors/errors';
import type { CachedFeatures } from '../../core/protocol/contracts/features';

interface CachesState {
  /** Null: not asked yet. */
  readonly list: readonly CachedFeatures[] | null;
  readonly usage: { readonly used: number; readonly quota: number } | null;
  readonly error: WireError | null;
  readonly refresh: () => Promise<void>;
  /** One after the other; ends at the first that is refused. */
  readonly remove: (packIds: readonly string[]) => Promise<void>;
}

export const useCaches = create<CachesState>()((set, get) => {
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      set({ error: null });
      await work();
    } catch (error) {
      set({ error: toWire(error) });
    }
  };
  const read = async (): Promise<void> => {
    const [list, usage] = await Promise.all([featuresClient.connect().call('caches', null), storageUsage()]);
    set({ list, usage });
  };
  return {
    list: null,
    usage: null,
    error: null,
    refresh: () => attempt(read),
    remove: async (packIds) => {
      await attempt(async () => {
        for (const packId of packIds) await featuresClient.connect().call('deleteCache', { packId });
      });
      // What was deleted before one was refused is gone, and the refusal stays in sight.
      const { error } = get();
      await attempt(read);
      if (error) set({ error });
    },
  };
});
