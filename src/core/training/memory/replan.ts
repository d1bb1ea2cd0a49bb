/**
 * How many examples go through the model at a time after the strategy of a run has changed: another one may
 * need more memory. Not here: what a step takes (memory-plan.ts) and when strategies change
 * (engine/run/trainer.ts, engine/run/fork.ts).
 */
import { ConfigError } from '../../errors/errors';
import type { ModelPlan } from '../../model/plan';
import { memoryPlan, type MemoryLimits } from './memory-plan';
import type { RunConfig } from '../../config/run-config';
import type { StrategyChoice } from '../segments';
import { stepNeeds, type Threads } from './strategy-cost';

export interface Change {
  readonly from: StrategyChoice;
  readonly to: StrategyChoice;
  /** So far. */
  readonly microBatch: number;
}

/**
 * As many as before, since batch norm sees them, where that fits or takes no more than it did; else the
 * largest of equal parts that fit.
 * @param config a `microBatch` set by hand is kept or refused, never replaced
 * @throws ConfigError `strategy-too-large`, `micro-batch-too-large` where fewer at once would fit
 */
export function replanned(
  spec: ModelPlan,
  config: RunConfig,
  { from, to, microBatch }: Change,
  machine: Threads,
  limits: MemoryLimits,
): number {
  const plan = (strategy: StrategyChoice, size: number | null) =>
    memoryPlan(
      spec,
      { batchSize: config.batchSize, microBatch: size, ...stepNeeds({ ...config, strategy }, machine) },
      limits,
    );
  const [kept, most] = [plan(to, microBatch), plan(to, null)];
  if (kept.fits || kept.peak <= plan(from, microBatch).peak) return microBatch;
  if (config.microBatch === null && most.fits) return most.microBatch;
  const details = {
    strategy: to.id,
    megabytes: Math.round((most.fits ? kept : most).peak / 1e6),
    limit: Math.round(limits.bytes / 1e6),
    size: most.fits ? microBatch : most.microBatch,
    fits: most.microBatch,
  };
  throw most.fits
    ? new ConfigError('micro-batch-too-large', details)
    : new ConfigError('strategy-too-large', details);
}
