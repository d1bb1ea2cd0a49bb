/**
 * A learning-rate range test in the trainer worker: the data, the backend, a new network and the images that a
 * run of this configuration would begin with; nothing is written. Not here: the test (src/engine/run/range-test.ts).
 */
import type { RunConfig } from '../../src/core/config/run-config';
import { StorageError } from '../../src/core/errors/errors';
import { buildModel } from '../../src/core/model/architectures';
import type { RangePoint, RangeResult, RateRange } from '../../src/core/optim/range-test';
import { headOf } from '../../src/core/tasks/head';
import type { Dataset } from '../../src/core/training/dataset';
import { memoryPlan } from '../../src/core/training/memory/memory-plan';
import { requireMeasurable } from '../../src/core/training/notes/measure-notes';
import { prepareRunData } from '../../src/core/training/run-data';
import { stepNeeds } from '../../src/core/training/memory/strategy-cost';
import { taskLosses } from '../../src/core/training/monitor/task-losses';
import { strategy } from '../../src/core/weighting/registry';
import { chooseBackend } from '../../src/engine/platform/backend';
import { nameFault } from '../../src/engine/platform/faults';
import { GradientAverages } from '../../src/engine/step/gradient-averages';
import { memoryLimits } from '../../src/engine/platform/memory-limits';
import { Network } from '../../src/engine/network/network';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { runRangeTest } from '../../src/engine/run/range-test';
import { storedCorpus } from '../../src/storage/corpora';
import type { Database } from '../../src/storage/schema';
import { breathe } from './breathe';
import { samplerCount } from './cores';
import { SamplerPool } from './sampler-pool';

interface Request {
  readonly config: RunConfig;
  readonly packId: string;
  readonly samplers: number | null;
  readonly range: RateRange;
}

interface Around {
  readonly cancelled: () => boolean;
  readonly onPoint: (point: RangePoint) => void;
  /** Loads the weights that the configuration starts from, where it names some. */
  readonly begin: (network: Network, classes: Dataset['classes']) => Promise<void>;
}

/** @throws what a run of this configuration would be refused with */
export async function rangeTest(
  db: Database,
  { config, packId, samplers, range }: Request,
  { cancelled, onPoint, begin }: Around,
): Promise<RangeResult> {
  const pack = await db.get('packs', packId);
  const corpus = pack && (await storedCorpus(db, pack.corpusId));
  if (!pack || !corpus)
    throw new StorageError(
      'features-missing',
      'The features of this run are no longer stored.',
      'Open the corpus again; they are computed anew.',
    );
  const { dataset } = prepareRunData(corpus.manifest, config, pack, undefined);
  requireMeasurable(dataset, config);
  const backend = await chooseBackend(config.backend, 'measured');
  const spec = buildModel({
    architecture: config.architecture,
    width: config.width,
    inputSize: config.inputSize,
    heads: config.tasks.map(({ id }, i) => headOf(id, dataset.classes[i]!)),
  });
  const { microBatch } = memoryPlan(
    spec,
    { ...config, ...stepNeeds(config, backend) },
    backend.limits ?? memoryLimits(backend.id),
  );
  const pool = await SamplerPool.open({
    packId,
    inputSize: config.inputSize,
    seed: config.seed,
    augmentations: config.augmentations,
    workers: samplers ?? samplerCount(),
    onReplaced: () => undefined,
  });
  const network = Network.create(spec, config.seed);
  const optimizer = new Optimizer(config.optimizer, network, config.clipNorm);
  const averages = new GradientAverages(network);
  const chosen = strategy(config.strategy.id);
  const { options } = config.strategy;
  try {
    await begin(network, dataset.classes);
    return await runRangeTest({
      range,
      dataset,
      arrays: { network, optimizer, averages },
      weighting: {
        strategy: chosen,
        options,
        state: chosen.init(config.tasks.length, options),
        renormalise: config.renormalise,
      },
      losses: taskLosses(config.tasks, dataset),
      batchSize: config.batchSize,
      microBatch,
      seed: config.seed,
      images: (ids, epoch) => pool.sample(ids, epoch),
      onPoint,
      breathe,
      cancelled,
    });
  } catch (error) {
    throw nameFault(error);
  } finally {
    pool.close();
    averages.end();
    optimizer.dispose();
    network.dispose();
  }
}
