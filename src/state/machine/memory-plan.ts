/**
 * What a step of a configuration takes of memory on this machine, for scripts; the Train screen shows the
 * same plan.
 */
import { buildModel } from '../../core/model/architectures';
import { memoryPlan, type MemoryLimits, type MemoryPlan } from '../../core/training/memory/memory-plan';
import { modelChoice } from '../../core/config/model-choice';
import type { BackendId, RunConfig } from '../../core/config/run-config';
import { stepNeeds } from '../../core/training/memory/strategy-cost';
import { useBackends } from './backends';
import { useCorpus } from '../corpus/corpus';

/** Until the backends are known, or where one does not tell. */
export const BOUNDLESS: MemoryLimits = { bytes: Infinity, largest: Infinity };

export interface MemoryForecast extends MemoryPlan {
  /** What the limits are of; null where nothing can compute. */
  readonly backend: BackendId | null;
  /** What a run may take here, and the largest single array; null: not told. */
  readonly limit: number | null;
  readonly largestLimit: number | null;
  /** What batch norm's statistics are taken over; null: the model has none. */
  readonly batchNorm: 'batch' | 'micro-batch' | null;
}

/** @throws ConfigError when the model cannot be built */
export async function forecastMemory(config: RunConfig): Promise<MemoryForecast> {
  if (useBackends.getState().status !== 'ready') await useBackends.getState().probe();
  const { automatic, reports } = useBackends.getState();
  const report = config.backend === 'auto' ? automatic : reports.find(({ id }) => id === config.backend);
  const spec = buildModel(modelChoice(config, useCorpus.getState().manifest));
  const plan = memoryPlan(
    spec,
    { ...config, ...stepNeeds(config, report ?? null) },
    report?.limits ?? BOUNDLESS,
  );
  const norm = spec.parameters.some(({ trainable }) => !trainable);
  return {
    ...plan,
    backend: report?.id ?? null,
    limit: report?.limits?.bytes ?? null,
    largestLimit: report?.limits?.largest ?? null,
    batchNorm: norm ? (plan.parts > 1 ? 'micro-batch' : 'batch') : null,
  };
}
