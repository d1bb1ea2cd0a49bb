/**
 * What this processor can do at most, measured once a visit in a quarter of a second, and only while nothing
 * is trained or begun.
 */
import { create } from 'zustand';
import { trainerClient } from '../../clients/workers';
import { useRun } from '../run/run';

export interface MachineSpeed {
  /**
   * Operations a second of one thread in WebAssembly SIMD; null before it was measured, or where there is
   * none.
   */
  readonly peak: number | null;
  readonly measure: () => Promise<void>;
}

let asked = false;

export const useMachineSpeed = create<MachineSpeed>()((set) => ({
  peak: null,
  measure: async () => {
    const { trained, starting } = useRun.getState();
    if (asked || trained?.live || starting !== null) return;
    asked = true;
    try {
      set({ peak: await trainerClient.connect().call('peak', null) });
    } catch {
      asked = false; // a worker that was ended meanwhile: nobody misses an estimate
    }
  },
}));
