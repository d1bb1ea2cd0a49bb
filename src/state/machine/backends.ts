/** What can compute on this machine, as the trainer worker found it. */
import { create } from 'zustand';
import { trainerClient } from '../../clients/workers';
import { toWire } from '../../core/errors/errors';
import type { BackendReport } from '../../core/training/events';
import type { BackendsState } from '../types';

/**
 * The rule of `auto`: a hardware GPU, else wasm, else cpu. A software GPU is only ever chosen by hand; what
 * failed its check never.
 */
export function automaticBackend(
  reports: readonly BackendReport[],
  failed: BackendsState['failed'] = {},
): BackendReport | null {
  const usable = (id: BackendReport['id']) =>
    reports.find((report) => report.id === id && report.available && !report.software && !failed[id]);
  return usable('webgpu') ?? usable('wasm') ?? usable('cpu') ?? null;
}

/** What a check found, beside what a backend says of itself. */
const withFindings = (report: BackendReport, checked: BackendReport | null): BackendReport => {
  if (!checked || checked.id !== report.id) return report;
  const { replaced, avoided, threads, detail } = checked;
  return {
    ...report,
    ...(replaced ? { replaced } : {}),
    ...(avoided ? { avoided } : {}),
    ...(threads ? { threads, detail } : {}),
  };
};

export const useBackends = create<BackendsState>()((set, get) => {
  let checked: BackendReport | null = null;
  const show = (reports: readonly BackendReport[], failed: BackendsState['failed']): void => {
    const known = reports.map((report) => withFindings(report, checked));
    set({ reports: known, failed, automatic: automaticBackend(known, failed) });
  };
  trainerClient.on((event) => {
    if (event.kind !== 'checked') return;
    checked = event.backend ?? checked;
    const failed = Object.fromEntries(event.failed.map(({ id, error }) => [id, error]));
    show(get().reports, { ...get().failed, ...failed });
  });
  return {
    status: 'probing',
    reports: [],
    failed: {},
    automatic: null,
    error: null,
    probe: async () => {
      try {
        const reports = await trainerClient.connect().call('backends', null);
        set({ status: 'ready', error: null });
        show(reports, get().failed);
      } catch (error) {
        set({ status: 'failed', error: toWire(error) });
      }
    },
  };
});
