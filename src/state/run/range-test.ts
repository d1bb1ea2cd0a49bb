/** The learning-rate range test of the draft: what it has shown so far, and calling it off. Nothing is kept. */
import { create } from 'zustand';
import { trainerClient } from '../../clients/workers';
import type { RunConfig } from '../../core/config/run-config';
import { CancelledError, EquipoiseError, fromWire, toWire, type WireError } from '../../core/errors/errors';
import {
  DEFAULT_RANGE,
  type RangePoint,
  type RangeResult,
  type RateRange,
} from '../../core/optim/range-test';
import { useFeatures } from '../corpus/features';
import { openCorpus } from '../corpus/open-corpus';
import { useRun } from './run';
import { useSettings } from '../settings';

interface RangeTestState {
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  /** What is tested; null before the first test. */
  readonly config: RunConfig | null;
  readonly range: RateRange;
  readonly points: readonly RangePoint[];
  /** Null until it is over; one that was called off has none. */
  readonly result: RangeResult | null;
  readonly error: WireError | null;
  /** Resolves when it is over; null where it was called off. @throws why it could not begin or go on */
  readonly run: (config: RunConfig, range?: RateRange) => Promise<RangeResult | null>;
  readonly cancel: () => void;
}

export const useRangeTest = create<RangeTestState>()((set, get) => {
  let calledOff: AbortController | null = null;
  const measure = async (
    config: RunConfig,
    range: RateRange,
    { signal }: AbortController,
  ): Promise<RangeResult | null> => {
    const { trained, starting } = useRun.getState();
    if (trained?.live || starting) throw new EquipoiseError('busy');
    const open = await openCorpus(config);
    if (!open || signal.aborted) return null;
    const packId = await useFeatures.getState().ensure(config, open.id);
    const { error } = useFeatures.getState();
    if (!packId && error) throw fromWire(error);
    if (!packId || signal.aborted) return null;
    return await trainerClient.connect().call(
      'rangeTest',
      { config, packId, samplers: useSettings.getState().workers, range },
      {
        signal,
        onProgress: (point) => {
          if (!signal.aborted) set({ points: [...get().points, point] });
        },
      },
    );
  };
  return {
    status: 'idle',
    config: null,
    range: DEFAULT_RANGE,
    points: [],
    result: null,
    error: null,
    run: async (config, range = get().range) => {
      if (get().status === 'running') throw new EquipoiseError('busy');
      const mine = (calledOff = new AbortController());
      set({ status: 'running', config, range, points: [], result: null, error: null });
      try {
        const result = await measure(config, range, mine);
        if (mine.signal.aborted || !result) {
          if (calledOff === mine) set({ status: 'idle' });
          return null;
        }
        set({ status: 'done', result, points: result.points });
        return result;
      } catch (error) {
        if (error instanceof CancelledError || mine.signal.aborted) {
          if (calledOff === mine) set({ status: 'idle' });
          return null;
        }
        set({ status: 'failed', error: toWire(error) });
        throw error;
      }
    },
    cancel: () => {
      calledOff?.abort();
      set({ status: 'idle' });
    },
  };
});
