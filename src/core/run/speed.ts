/** How fast a run goes and when it may end. */
import type { TrainerEvent } from '../training/events';
import type { RunView } from './view';

const SMOOTHING = 0.9;

/**
 * Steps per second, exponentially smoothed and no more than the pace that is set, and the time to the last
 * epoch, validation included where it was measured.
 */
export function speed(
  { stepsPerSecond: before, epochs, config }: Pick<RunView, 'stepsPerSecond' | 'epochs' | 'config'>,
  event: TrainerEvent & { kind: 'steps' },
  pace: number | null,
): Pick<RunView, 'stepsPerSecond' | 'etaSeconds'> {
  const now = Math.min(
    pace ?? Infinity,
    event.rows.length / (event.rows.reduce((sum, row) => sum + row.ms, 0) / 1000),
  );
  const smoothed = before === 0 ? now : SMOOTHING * before + (1 - SMOOTHING) * now;
  const stepsPerSecond = Math.min(pace ?? Infinity, smoothed);
  const epochSeconds =
    Math.max(epochs.at(-1)?.seconds ?? 0, event.stepsPerEpoch / (pace ?? Infinity)) ||
    event.stepsPerEpoch / stepsPerSecond;
  const done = (event.rows.at(-1)?.step ?? 0) / Math.max(1, event.stepsPerEpoch);
  return { stepsPerSecond, etaSeconds: Math.max(0, (config.epochs - done) * epochSeconds) };
}
