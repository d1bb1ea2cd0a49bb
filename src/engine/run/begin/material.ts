/** What a run is made of before anything is computed: its examples, its model and how much of a batch fits. */
import type { RunConfig } from '../../../core/config/run-config';
import type { CorpusManifest } from '../../../core/corpus/types';
import { StorageError } from '../../../core/errors/errors';
import { buildModel } from '../../../core/model/architectures';
import type { ModelPlan } from '../../../core/model/plan';
import { headOf } from '../../../core/tasks/head';
import type { Dataset } from '../../../core/training/dataset';
import type { BackendReport } from '../../../core/training/events';
import { memoryPlan } from '../../../core/training/memory/memory-plan';
import { stepNeeds } from '../../../core/training/memory/strategy-cost';
import { prepareRunData, type RunData } from '../../../core/training/run-data';
import { memoryLimits } from '../../platform/memory-limits';
import type { Note } from '../trainer-host';
import type { RunStorage } from './run-storage';

export interface Material {
  readonly manifest: CorpusManifest;
  readonly dataset: Dataset;
  readonly data: RunData;
  /** For the log: what had to be left out. */
  readonly notes: readonly Note[];
}

/**
 * The examples of a run. @param runId of a run that goes on with the examples it began with; null: one that
 * was never begun
 * @throws StorageError `features-missing`; CorpusError `data-changed`, `nothing-to-train`
 */
export async function readMaterial(
  storage: Pick<RunStorage, 'features' | 'data'>,
  config: RunConfig,
  packId: string,
  runId: string | null,
): Promise<Material> {
  const found = await storage.features(packId);
  if (!found) throw new StorageError('features-missing');
  const { pack, manifest } = found;
  const earlier = runId === null ? null : await storage.data(runId);
  return { manifest, ...prepareRunData(manifest, config, pack, earlier) };
}

/** The model that a configuration describes, with a head for each task's classes. */
export const modelOf = (config: RunConfig, { classes }: Pick<Dataset, 'classes'>): ModelPlan =>
  buildModel({
    architecture: config.architecture,
    width: config.width,
    inputSize: config.inputSize,
    heads: config.tasks.map((task, i) => headOf(task.id, classes[i]!)),
  });

/**
 * How many examples of a batch go through the model at a time. @throws ConfigError `strategy-too-large`,
 * `micro-batch-too-large`
 */
export const plannedMicroBatch = (model: ModelPlan, config: RunConfig, backend: BackendReport): number =>
  memoryPlan(model, { ...config, ...stepNeeds(config, backend) }, backend.limits ?? memoryLimits(backend.id))
    .microBatch;
