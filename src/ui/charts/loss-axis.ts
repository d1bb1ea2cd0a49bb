/**
 * The common scale of several tasks' losses, from the data alone: nothing that has no place on it takes part.
 */
import { hasPlace } from './plot';
import { linearAxis, logAxis, type Axis } from './ticks';

/**
 * Single-step spikes above the 98th percentile are cut off, on a logarithmic scale dips below the 2nd too;
 * what stands for an epoch never is.
 * @param ofSteps,ofEpochs losses, in any order; those that are no number, and on a logarithmic scale those up
 * to zero, are left out
 */
export function lossAxis(ofSteps: readonly number[], ofEpochs: readonly number[], log: boolean): Axis {
  const [steps, epochs] = [ofSteps, ofEpochs].map((losses) => losses.filter((loss) => hasPlace(loss, log)));
  const sorted = steps!.sort((a, b) => a - b);
  const at = (share: number): number[] => sorted.slice(Math.floor(sorted.length * share)).slice(0, 1);
  const most = [...at(0.98), ...epochs!];
  if (most.length === 0) return log ? logAxis(0, 0) : linearAxis(0, 0);
  const high = Math.max(...most);
  return log ? logAxis(Math.min(...at(0.02), ...epochs!, high), high) : linearAxis(0, high);
}

/** How many of these points a logarithmic scale has no place for. */
export const gapsOf = (losses: readonly number[]): number =>
  losses.filter((loss) => Number.isFinite(loss) && loss <= 0).length;
