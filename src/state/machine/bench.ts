/** Measuring this machine: what to measure, the benchmark under way, and its lines. */
import { create } from 'zustand';
import { benchClient } from '../../clients/workers';
import { EquipoiseError, toWire } from '../../core/errors/errors';
import type { BackendReport } from '../../core/training/events';
import { useBackends } from './backends';
import { useRun } from '../run/run';
import type { BenchState } from '../types';

/** Whether a backend is to be measured. */
export const isWanted = ({ id, available, software }: BackendReport, wanted: BenchState['wanted']): boolean =>
  available && (wanted[id] ?? !software);

export const useBench = create<BenchState>()((set, get) => {
  /** Distinguishes the benchmark under way from one that was called off. */
  let current = 0;
  let underway: Promise<void> = Promise.resolve();
  const measure = async (): Promise<void> => {
    const mine = ++current;
    set({ status: 'running', progress: null, lines: [], failures: [], error: null });
    try {
      const { trained, starting } = useRun.getState();
      if (trained?.live || starting) throw new EquipoiseError('busy');
      if (useBackends.getState().status !== 'ready') await useBackends.getState().probe();
      const { preset, machine, wanted } = get();
      const backends = useBackends
        .getState()
        .reports.filter((report) => isWanted(report, wanted))
        .map(({ id }) => id);
      const { lines, failures } = await benchClient.connect().call(
        'run',
        { preset, backends, machine },
        {
          onProgress: (progress) => {
            if (mine === current)
              set({ progress, ...(progress.line ? { lines: [...get().lines, progress.line] } : {}) });
          },
        },
      );
      if (mine === current) set({ status: 'done', lines, failures, progress: null });
    } catch (error) {
      if (mine === current) set({ status: 'failed', error: toWire(error), progress: null });
    } finally {
      // Its devices, models and compiled kernels go with it.
      if (mine === current) benchClient.end();
    }
  };
  return {
    status: 'idle',
    preset: 'quick',
    wanted: {},
    machine: '',
    progress: null,
    lines: [],
    failures: [],
    error: null,
    choose: (choice) => set(choice),
    run: () => {
      if (get().status !== 'running') underway = measure();
      return underway;
    },
    cancel: () => {
      if (get().status !== 'running') return;
      current++;
      // Nothing is lost by ending it at once, and a step of a large model can take long.
      benchClient.end();
      set({ status: 'cancelled', progress: null });
    },
    dismissError: () => set({ error: null }),
  };
});
