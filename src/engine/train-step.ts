/**
 * One optimiser step and one validation batch: forward, losses on the host, the strategy's effective weights,
 * backward, Adam. Knows nothing of epochs, pausing or storage (trainer.ts).
 */
import { DivergenceError } from '../core/errors/errors';
import { RandomStream } from '../core/random/streams';
import { crossEntropy, type CrossEntropy } from '../core/training/cross-entropy';
import type { Strategy, StrategyOptions, StrategyState, StrategyStep } from '../core/weighting/types';
import type { Adam } from './adam';
import type { Network } from './network';

export interface Batch {
  /** Grey levels, count x size x size. */
  readonly images: Uint8Array;
  readonly count: number;
  /** Class indices per task. */
  readonly labels: readonly Uint16Array[];
}

export interface BatchResult {
  readonly losses: readonly number[];
  readonly predictions: readonly Uint16Array[];
  /** Softmax per task, [count x classes]. */
  readonly probabilities: readonly Float32Array[];
}

export interface Weighting {
  readonly strategy: Strategy;
  readonly options: StrategyOptions;
  readonly state: StrategyState;
}

/** Keep-mask of a dropout layer (1 keep, 0 drop), from the run's own stream: the same on every backend. */
export function dropoutMask(seed: number, layer: string, step: number, length: number, rate: number): Uint8Array {
  const stream = new RandomStream(seed, 'dropout', layer, step);
  const threshold = rate * 0x100000000;
  const mask = new Uint8Array(length);
  for (let i = 0; i < length; i++) mask[i] = stream.uint32() >= threshold ? 1 : 0;
  return mask;
}

/**
 * @param step 1-based; names the dropout masks
 * @throws DivergenceError `not-finite` before the weights are touched
 */
export async function trainStep(network: Network, adam: Adam, batch: Batch, weighting: Weighting, seed: number, step: number):
Promise<BatchResult & { readonly weights: StrategyStep }> {
  const pass = network.forward(batch.images, batch.count, {
    training: true, dropout: (layer, length, rate) => dropoutMask(seed, layer, step, length, rate),
  });
  const tasks = evaluateLogits(await pass.logits(), batch.labels);
  const losses = tasks.map(({ loss }) => loss);
  const weights = weighting.strategy.weigh(losses, weighting.options, weighting.state);
  if (![...losses, ...weights.effective].every(Number.isFinite)) {
    pass.dispose();
    throw new DivergenceError('not-finite', `At step ${step} a loss stopped being a finite number.`,
      'Lower the learning rate or choose another strategy, and continue from the last checkpoint.', { step });
  }
  for (const [i, { gradient }] of tasks.entries()) for (let k = 0; k < gradient.length; k++) gradient[k]! *= weights.effective[i]!;
  adam.step(network.backward(pass, tasks.map(({ gradient }) => gradient)));
  return { ...results(tasks), weights };
}

/** Losses and predictions with running batch-norm statistics and without dropout. */
export async function evaluateBatch(network: Network, batch: Batch): Promise<BatchResult> {
  const pass = network.forward(batch.images, batch.count, { training: false });
  const tasks = evaluateLogits(await pass.logits(), batch.labels);
  pass.dispose();
  return results(tasks);
}

const evaluateLogits = (logits: readonly Float32Array[], labels: readonly Uint16Array[]): readonly CrossEntropy[] =>
  logits.map((task, i) => crossEntropy(task, labels[i]!, task.length / labels[i]!.length));

const results = (tasks: readonly CrossEntropy[]): BatchResult => ({
  losses: tasks.map(({ loss }) => loss), predictions: tasks.map(({ predictions }) => predictions),
  probabilities: tasks.map(({ probabilities }) => probabilities),
});
