/**
 * One optimiser step and one validation batch: forward, losses on the host, the strategy's effective weights,
 * backward, Adam. Knows nothing of epochs, pausing or storage (trainer.ts).
 */
import { DivergenceError } from '../core/errors/errors';
import { RandomStream } from '../core/random/streams';
import type { CrossEntropy } from '../core/training/cross-entropy';
import { microBatches, partMomentum, type Part } from '../core/training/micro-batches';
import type { Strategy, StrategyOptions, StrategyState, StrategyStep } from '../core/weighting/types';
import type { Adam } from './adam';
import { Gradients } from './blocks/block';
import { backward, evaluate, evaluateLogits, type TaskScores } from './evaluation';
import type { GradientWatch } from './gradient-watch';
import { BATCH_NORM } from './kernels/batch-norm';
import type { ForwardPass, Network } from './network';

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

const dropoutStream = (seed: number, layer: string, step: number): RandomStream => new RandomStream(seed, 'dropout', layer, step);

/** Keep-mask of a dropout layer (1 keep, 0 drop), from the run's own stream: the same on every backend. */
export function dropoutMask(seed: number, layer: string, step: number, length: number, rate: number): Uint8Array {
  const stream = dropoutStream(seed, layer, step);
  const threshold = rate * 0x100000000;
  const mask = new Uint8Array(length);
  for (let i = 0; i < length; i++) mask[i] = stream.uint32() >= threshold ? 1 : 0;
  return mask;
}

/**
 * A batch of more than `microBatch` examples goes through the model in parts whose gradients are added, each scaled so that the
 * sum is the whole batch's. Batch norm sees one part at a time ("ghost batch norm"); everything else is as in one piece, the
 * dropout masks included. Where the weights depend on the batch's losses, these come from a forward pass of their own.
 * docs/decisions/0007-micro-batches.md says why.
 * @param step 1-based; names the dropout masks
 * @throws DivergenceError `not-finite`, BackendError `zero-gradients`, before the weights are touched
 */
export async function trainStep(
  network: Network, adam: Adam, batch: Batch, { strategy, options, state }: Weighting, seed: number, step: number, microBatch = batch.count, watch?: GradientWatch,
): Promise<Omit<BatchResult, 'probabilities'> & { readonly weights: StrategyStep }> {
  const parts = microBatches(batch.count, microBatch);
  const masks = wholeMasks(seed, step, batch.count);
  const forward = ({ first, count }: Part, momentum: number): ForwardPass => network.forward(imagesOf(batch, first, count), count,
    { training: true, momentum, stream: (layer, length) => ({ key: dropoutStream(seed, layer, step).key, start: (first * length) / count }), dropout: (layer, length, rate) => masks(layer, length / count, rate).subarray((first * length) / count, ((first + count) * length) / count) });
  const share = ({ count }: Part): number => partMomentum(BATCH_NORM.momentum, count, batch.count);
  const weigh = (evaluated: readonly PartLosses[]): StrategyStep => {
    const losses = totals(evaluated);
    const weights = strategy.weigh(losses, options, state);
    if (![...losses, ...weights.effective].every(Number.isFinite)) throw new DivergenceError('not-finite', `At step ${step} a loss stopped being a finite number.`,
      'Lower the learning rate or choose another strategy, and continue from the last checkpoint.', { step });
    return weights;
  };

  const evaluated: PartLosses[] = [];
  const lossesFirst = parts.length > 1 && !strategy.lossFree;
  if (lossesFirst) for (const part of parts) {
    const pass = forward(part, 0);
    evaluated.push(await evaluate(pass, batch, part));
    pass.dispose();
  }
  const gradients = new Gradients();
  let live: ForwardPass | null = null;
  let pushed = false;
  try {
    if (lossesFirst) weigh(evaluated);
    for (const [i, part] of parts.entries()) {
      live = forward(part, share(part));
      if (!lossesFirst) evaluated.push(await evaluate(live, batch, part));
      const { effective } = weigh(evaluated);
      pushed = backward(network, live, batch, part, evaluated[i]!, effective, gradients) || pushed;
    }
    await watch?.look(gradients, pushed, step);
  } catch (error) {
    live?.dispose();
    gradients.dispose();
    throw error;
  }
  adam.step(gradients);
  return { ...results(evaluated), weights: weigh(evaluated) };
}

/** Losses and predictions with running batch-norm statistics and without dropout; parts change nothing but the memory it takes. */
export async function evaluateBatch(network: Network, batch: Batch, microBatch = batch.count): Promise<BatchResult> {
  const evaluated: (readonly CrossEntropy[])[] = [];
  for (const part of microBatches(batch.count, microBatch)) {
    const pass = network.forward(imagesOf(batch, part.first, part.count), part.count, { training: false });
    evaluated.push(evaluateLogits(await pass.logits(), batch, part));
    pass.dispose();
  }
  return { ...results(evaluated), probabilities: joined(evaluated, (length) => new Float32Array(length), (one) => one.probabilities) };
}

/** One part's cross-entropies, a task each: shares of the batch's mean losses. */
type PartLosses = readonly TaskScores[];

const imagesOf = ({ images, count: all }: Batch, first: number, count: number): Uint8Array =>
  images.subarray((first * images.length) / all, ((first + count) * images.length) / all);

/** The batch's masks, drawn once a layer: parts take their rows of them. */
function wholeMasks(seed: number, step: number, count: number): (layer: string, each: number, rate: number) => Uint8Array {
  const drawn = new Map<string, Uint8Array>();
  return (layer, each, rate) => {
    const mask = drawn.get(layer) ?? dropoutMask(seed, layer, step, each * count, rate);
    drawn.set(layer, mask);
    return mask;
  };
}

/** Per task, added over the parts. */
const totals = (evaluated: readonly PartLosses[]): number[] =>
  evaluated[0]!.map((_, task) => evaluated.reduce((sum, part) => sum + part[task]!.loss, 0));

/** Per task, the parts' arrays as one. */
const joined = <S, T extends Float32Array | Uint16Array>(evaluated: readonly (readonly S[])[], make: (length: number) => T, pick: (one: S) => T): T[] =>
  evaluated[0]!.map((_, task) => {
    const pieces = evaluated.map((part) => pick(part[task]!));
    const whole = make(pieces.reduce((sum, piece) => sum + piece.length, 0));
    pieces.reduce((at, piece) => { whole.set(piece, at); return at + piece.length; }, 0);
    return whole;
  });

const results = (evaluated: readonly PartLosses[]): Omit<BatchResult, 'probabilities'> =>
  ({ losses: totals(evaluated), predictions: joined(evaluated, (length) => new Uint16Array(length), (one) => one.predictions) });
