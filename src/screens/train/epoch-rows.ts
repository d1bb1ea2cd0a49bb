/** Step points and epoch values on one axis of steps. */
import type { EpochRecord } from '../../core/training/events';
import type { Point } from '../../ui/charts/line-chart';

/** More epochs than this are thinned evenly; the last stays. */
const EPOCHS = 120;

/** @param steps in order of x; an epoch's values join the point of its last step, or stand alone where that was thinned out */
export function onEpochRows(steps: readonly Point[], epochs: readonly EpochRecord[], values: (epoch: EpochRecord) => Point): Point[] {
  const stride = Math.ceil(epochs.length / EPOCHS);
  const kept = epochs.filter((_, i) => (epochs.length - 1 - i) % Math.max(1, stride) === 0);
  const out: Point[] = [];
  let next = 0;
  for (const epoch of kept) {
    while (next < steps.length && (steps[next]?.['x'] ?? 0) < epoch.step) out.push(steps[next++]!);
    const here = steps[next]?.['x'] === epoch.step ? steps[next++] : undefined;
    out.push({ x: epoch.step, ...here, ...values(epoch) });
  }
  return [...out, ...steps.slice(next)];
}
