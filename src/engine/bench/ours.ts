/**
 * Our side of a benchmark: the engine's own training step and kernels on the current backend (backend.ts
 * chooses it).
 */
import type { BenchCase, KernelCase, StepCase } from '../../core/bench/cases';
import { buildModel } from '../../core/model/architectures';
import { PRESETS } from '../../core/config/presets';
import type { StrategyChoice } from '../../core/training/segments';
import { strategy } from '../../core/weighting/registry';
import { Optimizer } from '../optimizers/optimizer';
import { GradientAverages } from '../step/gradient-averages';
import { kernelTable } from '../backends/kernels/current';
import { Network } from '../network/network';
import type { Batch } from '../step/batch';
import { trainStep } from '../step/train-step';
import { filled, readyKernel, type Ready } from './side';

/** The weighted average: a strategy that reads the losses, as the paper's best does. */
const PAPERS: StrategyChoice = { id: 'weighted-average', options: { detached: false } };

/** Grey noise and labels that go round the classes. */
function benchBatch({ model: { inputSize, heads }, batch: count }: StepCase): Batch {
  return {
    count,
    images: Uint8Array.from({ length: count * inputSize ** 2 }, (_, i) => (i * 7919) % 251),
    labels: heads.map(({ classes }) => Uint16Array.from({ length: count }, (_, i) => i % classes)),
  };
}

/** A training step as a run makes it, the strategy's own state included. */
export function prepareStep(one: StepCase, { id, options }: StrategyChoice = PAPERS): Ready {
  const network = Network.create(buildModel(one.model), 1);
  const optimizer = new Optimizer(PRESETS.compact.optimizer, network);
  const averages = new GradientAverages(network);
  const batch = benchBatch(one);
  const chosen = strategy(id);
  let state = chosen.init(one.model.heads.length, options);
  let count = 0;
  return {
    run: async () => {
      const { losses, context } = await trainStep({
        network,
        optimizer,
        batch,
        weighting: { strategy: chosen, options, state, averages },
        seed: 1,
        step: ++count,
      });
      state = chosen.update(losses, options, state, context);
    },
    settle: async () => {
      await network.parameters.at(-1)!.value.data();
    },
    dispose: () => {
      averages.end();
      optimizer.dispose();
      network.dispose();
    },
  };
}

const GEOMETRY = { stride: 1, padding: 1 } as const;

function kernel(one: KernelCase): Ready {
  if (one.kernel === 'matmul') {
    const [x, weight, bias] = [
      filled(one.rows, one.inner),
      filled(one.inner, one.columns),
      filled(one.columns),
    ];
    return readyKernel([x, weight, bias], () => kernelTable().linear(x, weight, bias));
  }
  const { batch, size, inChannels, outChannels } = one;
  const filterShape = [3, 3, inChannels, outChannels];
  const [x, dy] = [filled(batch, size, size, inChannels), filled(batch, size, size, outChannels)];
  const [filter, bias] = [filled(...filterShape), filled(outChannels)];
  return readyKernel(
    [x, dy, filter, bias],
    {
      'conv-forward': () => kernelTable().convolution(x, filter, bias, GEOMETRY, false),
      'conv-input-gradient': () => kernelTable().convolutionInputGradient(dy, filter, x.shape, GEOMETRY),
      'conv-filter-gradient': () => kernelTable().convolutionFilterGradient(x, dy, filterShape, GEOMETRY),
    }[one.kernel],
  );
}

export const prepareOurs = (one: BenchCase): Ready => (one.kind === 'step' ? prepareStep(one) : kernel(one));
