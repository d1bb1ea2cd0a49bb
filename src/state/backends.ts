/** What can compute on this machine, as the trainer worker found it. */
import { create } from 'zustand';
import { trainerClient } from '../clients/workers';
import { toWire } from '../core/errors/errors';
import type { BackendReport } from '../core/training/events';
import type { BackendsState } from './types';

/** The rule of `auto`: a hardware GPU, else wasm, else cpu. A software GPU is only ever chosen by hand. */
export function automaticBackend(reports: readonly BackendReport[]): BackendReport | null {
  const usable = (id: BackendReport['id']) => reports.find((report) => report.id === id && report.available && !report.software);
  return usable('webgpu') ?? usable('wasm') ?? usable('cpu') ?? null;
}

export const useBackends = create<BackendsState>()((set) => ({
  status: 'probing', reports: [], automatic: null, error: null,
  probe: async () => {
    try {
      const reports = await trainerClient.connect().call('backends', null);
      set({ status: 'ready', reports, automatic: automaticBackend(reports), error: null });
    } catch (error) {
      set({ status: 'failed', error: toWire(error) });
    }
  },
  learn: (report) => set(({ reports }) => {
    const known = reports.map((one) => (one.id === report.id ? { ...one, ...report } : one));
    return { reports: known, automatic: automaticBackend(known) };
  }),
}));
