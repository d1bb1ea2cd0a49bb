/** How fast a run goes and when it may end. */
import type { TrainerEvent } from '../core/training/events';
import type { RunView } from './types';

const SMOOTHING = 0.9;

/**
 * Steps per second, exponentially smoothed and no more than the pace that is set, and the time to the last
 * epoch, validation included where it was measured.
 */
export function speed(
  view: RunView,
  event: TrainerEvent & { kind: 'steps' },
  pace: number | null,
): Pick<RunView, 'stepsPerSecond' | 'etaSeconds'> {
  const now = Math.min(
    pace ?? Infinity,
    event.rows.length / (event.rows.reduce((sum, row) => sum + row.ms, 0) / 1000),
  );
  const smoothed = view.stepsPerSecond === 0 ? now : SMOOTHING * view.stepsPerSecond + (1 - SMOOTHING) * now;
  const stepsPerSecond = Math.min(pace ?? Infinity, smoothed);
  const epochSeconds =
    Math.max(view.epochs.at(-1)?.seconds ?? 0, event.stepsPerEpoch / (pace ?? Infinity)) ||
    event.stepsPerEpoch / stepsPerSecond;
  const done = (event.rows.at(-1)?.step ?? 0) / Math.max(1, event.stepsPerEpoch);
  return { stepsPerSecond, etaSeconds: Math.max(0, (view.config.epochs - done) * epochSeconds) };
}
