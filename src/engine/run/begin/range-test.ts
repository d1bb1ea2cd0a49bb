/**
 * A learning-rate range test from its request on: the data, the backend, a new network and the images that a
 * run of this configuration would begin with; nothing is written. Not here: the test (../range-test.ts).
 */
import { parseRunConfig } from '../../../core/config/parse';
import type { RunConfig } from '../../../core/config/run-config';
import type { RangePoint, RangeResult, RateRange } from '../../../core/optim/range-test';
import { taskLosses } from '../../../core/training/monitor/task-losses';
import { requireMeasurable } from '../../../core/training/notes/measure-notes';
import { strategy } from '../../../core/weighting/registry';
import { Network } from '../../network/network';
import { Optimizer } from '../../optimizers/optimizer';
import { chooseBackend } from '../../platform/backend';
import { nameFault } from '../../platform/faults';
import { GradientAverages } from '../../step/gradient-averages';
import { runRangeTest } from '../range-test';
import { loadInitialWeights } from './initial-weights';
import { modelOf, plannedMicroBatch, readMaterial } from './material';
import type { BeginPorts } from './ports';

export interface RangeRequest {
  readonly config: RunConfig;
  readonly packId: string;
  /** Null: as many as the machine has cores to spare. */
  readonly samplers: number | null;
  readonly range: RateRange;
}

interface Around {
  readonly cancelled: () => boolean;
  readonly onPoint: (point: RangePoint) => void;
}

/** @throws what a run of this configuration would be refused with */
export async function beginRangeTest(
  ports: Pick<BeginPorts, 'storage' | 'openSamplers' | 'warm' | 'breathe'>,
  request: RangeRequest,
  { cancelled, onPoint }: Around,
): Promise<RangeResult> {
  const { packId, range } = request;
  const config = parseRunConfig(request.config);
  await ports.warm();
  const { dataset } = await readMaterial(ports.storage, config, packId, null);
  requireMeasurable(dataset, config);
  const backend = await chooseBackend(config.backend, 'measured');
  const model = modelOf(config, dataset);
  const microBatch = plannedMicroBatch(model, config, backend);
  const samplers = await ports.openSamplers({
    packId,
    inputSize: config.inputSize,
    seed: config.seed,
    augmentations: config.augmentations,
    workers: request.samplers,
    onReplaced: () => undefined,
  });
  const network = Network.create(model, config.seed);
  const optimizer = new Optimizer(config.optimizer, network, config.clipNorm);
  const averages = new GradientAverages(network);
  const chosen = strategy(config.strategy.id);
  const { options } = config.strategy;
  try {
    await loadInitialWeights(network, ports.storage, config, dataset.classes);
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
      augmentations: config.augmentations,
      losses: taskLosses(config.tasks, dataset),
      batchSize: config.batchSize,
      microBatch,
      seed: config.seed,
      images: (ids, epoch) => samplers.sample(ids, epoch),
      onPoint,
      breathe: ports.breathe,
      cancelled,
    });
  } catch (error) {
    throw nameFault(error);
  } finally {
    samplers.close();
    averages.end();
    optimizer.dispose();
    network.dispose();
  }
}
