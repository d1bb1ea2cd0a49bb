/**
 * The run that the one in view was forked from, from the fork on, as it is stored: its epochs, and outside
 * React its steps.
 */
import { runs } from '../../clients/shelf';
import type { RunConfig } from '../../core/config/run-config';
import { StepSeries } from './step-series';
import type { RunView, Series } from '../types';

const series = new StepSeries();
/** The step rows of the parent after the fork; empty where there is no parent. */
export const parentSeries = (): Series => series;

/**
 * Reads the parent of a run with this configuration into {@link parentSeries}. @returns null where it has
 * none, or none that is stored
 */
export async function readParent({ origin }: Pick<RunConfig, 'origin'>): Promise<RunView['parent']> {
  const found = origin && (await runs.get(origin.runId));
  if (!origin || !found) {
    series.reset([]);
    return null;
  }
  const { epochs, steps } = await runs.history(found.id);
  series.reset(steps.filter(({ step }) => step > origin.step));
  const shared = epochs.findLast(({ step }) => step <= origin.step);
  return {
    id: found.id,
    name: found.name,
    epochs: epochs.filter((epoch) => epoch === shared || epoch.step > origin.step),
  };
}
