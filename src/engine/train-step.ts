/**
 * One optimiser step and one validation batch: forward, losses on the host, the strategy's effective weights
 * (from the tasks' gradients, if it asks for them), backward, Adam. Knows nothing of epochs, pausing or
 * storage (trainer.ts).
 */
import { DivergenceError } from '../core/errors/errors';
import { RandomStream } from '../core/random/streams';
import type { CrossEntropy } from '../core/tasks/losses/cross-entropy';
import { microBatches, partMomentum, type Part } from '../core/training/micro-batches';
import type { Instruments } from '../core/training/run-config';
import { gradientReading, type GradientReading } from '../core/weighting/readings';
import { renormalised } from '../core/weighting/renormalise';
import type {
  Gram,
  StepContext,
  Strategy,
  StrategyOptions,
  StrategyState,
  StrategyStep,
} from '../core/weighting/types';
import type { Optimizer } from './optimizers/optimizer';
import { Gradients } from './blocks/block';
import { backward, evaluate, evaluateLogits, logitGradients, pushes, type TaskScores } from './evaluation';
import type { GradientAverages } from './gradient-averages';
import type { GradientWatch } from './gradient-watch';
import { BATCH_NORM } from './kernels/batch-norm';
import type { ForwardPass, Network } from './network';
import { TaskGradients } from './task-gradients';

export interface Batch {
  /** Grey levels, count x size x size. */
  readonly images: Uint8Array;
  readonly count: number;
  /** Class indices per task. */
  readonly labels: readonly Uint16Array[];
}

export interface BatchResult {
  readonly losses: readonly number[];
  /** Loss of every example, per task. */
  readonly each: readonly Float64Array[];
  readonly predictions: readonly Uint16Array[];
  /** Softmax per task, [count x classes]. */
  readonly probabilities: readonly Float32Array[];
}

export interface Weighting {
  readonly strategy: Strategy;
  readonly options: StrategyOptions;
  readonly state: StrategyState;
  /** 1-based; the first unless given. */
  readonly epoch?: number;
  /** See RunConfig. */
  readonly renormalise?: boolean;
  readonly instruments?: Instruments;
  /** For strategies that ask for averaged gradients: kept from step to step, begun here with the first. */
  readonly averages?: GradientAverages;
}

const NO_INSTRUMENTS: Instruments = { every: 0, gradients: 'representation' };

const dropoutStream = (seed: number, layer: string, step: number): RandomStream =>
  new RandomStream(seed, 'dropout', layer, step);

/** Keep-mask of a dropout layer (1 keep, 0 drop), from the run's own stream: the same on every backend. */
export function dropoutMask(
  seed: number,
  layer: string,
  step: number,
  length: number,
  rate: number,
): Uint8Array {
  const stream = dropoutStream(seed, layer, step);
  const threshold = rate * 0x100000000;
  const mask = new Uint8Array(length);
  for (let i = 0; i < length; i++) mask[i] = stream.uint32() >= threshold ? 1 : 0;
  return mask;
}

/** What a step gives beside the new weights. */
export interface StepResult extends Omit<BatchResult, 'probabilities' | 'each'> {
  /** As the gradient got them, renormalised where that is wished. */
  readonly weights: StrategyStep;
  /** For `Strategy.update`. */
  readonly context: StepContext;
  /** What the instruments measured, in steps in which they do. */
  readonly reading: GradientReading | null;
  /** Milliseconds that strategy and instruments took beyond one forward and one backward pass. */
  readonly extraMs: number;
}

/** Whether the instruments measure in this step (1-based). */
const isDue = ({ every }: Instruments, step: number): boolean => every > 0 && (step - 1) % every === 0;

/**
 * A batch of more than `microBatch` examples goes through the model in parts whose gradients are added, each
 * scaled so that the sum is the whole batch's. Batch norm sees one part at a time ("ghost batch norm");
 * everything else is as in one piece, the dropout masks included. Where the weights depend on the batch's
 * losses or gradients, these come from a forward pass of their own (docs/decisions/0007-micro-batches.md).
 * Strategies that need gradients get their inner products and weigh the losses of one ordinary backward pass;
 * only those of all shared parameters take a pass of the trunk each (0013-task-gradients.md).
 * @param step 1-based; names the dropout masks
 * @throws DivergenceError `not-finite`, BackendError `zero-gradients`, before the weights are touched
 */
export async function trainStep(
  network: Network,
  optimizer: Optimizer,
  batch: Batch,
  weighting: Weighting,
  seed: number,
  step: number,
  microBatch = batch.count,
  watch?: GradientWatch,
): Promise<StepResult> {
  const {
    strategy,
    options,
    state,
    epoch = 1,
    renormalise = false,
    instruments = NO_INSTRUMENTS,
    averages,
  } = weighting;
  const parts = microBatches(batch.count, microBatch);
  const masks = wholeMasks(seed, step, batch.count);
  const forward = ({ first, count }: Part, momentum: number): ForwardPass =>
    network.forward(imagesOf(batch, first, count), count, {
      training: true,
      momentum,
      stream: (layer, length) => ({
        key: dropoutStream(seed, layer, step).key,
        start: (first * length) / count,
      }),
      dropout: (layer, length, rate) =>
        masks(layer, length / count, rate).subarray(
          (first * length) / count,
          ((first + count) * length) / count,
        ),
    });
  const share = ({ count }: Part): number => partMomentum(BATCH_NORM.momentum, count, batch.count);

  const level = strategy.needs(options);
  const own = level === 'losses' ? null : new TaskGradients(level, network);
  const measured = !isDue(instruments, step)
    ? null
    : own?.level === instruments.gradients
      ? own
      : new TaskGradients(instruments.gradients, network);
  const aside = measured === own ? null : measured;
  const averaging = strategy.averages?.(options) ?? null;
  if (averaging && !averages)
    throw new Error(`${strategy.id} averages gradients, and there is nowhere to keep them.`);
  let context: StepContext = {
    seed,
    step,
    epoch,
    gram: null,
    classes: network.spec.heads.map(({ classes }) => classes),
  };
  const weigh = (evaluated: readonly PartLosses[]): StrategyStep => {
    const losses = totals(evaluated);
    const stated = strategy.weigh(losses, options, state, context);
    const weights = renormalise ? renormalised(stated) : stated;
    if (![...losses, ...weights.effective].every(Number.isFinite))
      throw new DivergenceError(
        'not-finite',
        `At step ${step} a loss stopped being a finite number.`,
        'Lower the learning rate or choose another strategy, and continue from the last checkpoint.',
        { step },
      );
    return weights;
  };

  const evaluated: PartLosses[] = [];
  const gradients = new Gradients();
  let live: ForwardPass | null = null;
  let pushed = false;
  let extraMs = 0;
  const see = async (what: TaskGradients | null, i: number): Promise<void> => {
    await what?.look(live!, logitGradients(network, live!, batch, parts[i]!, evaluated[i]!));
    if (i === parts.length - 1) await what?.close(); // room for the backward pass
  };
  /** Everything that the weights depend on, part by part, before any gradient. */
  const lookFirst = async (): Promise<void> => {
    const started = performance.now();
    for (const [i, part] of parts.entries()) {
      live = forward(part, 0);
      evaluated.push(await evaluate(live, batch, part));
      await see(own, i);
      live.dispose();
    }
    if (own) context = { ...context, gram: await own.gram() };
    extraMs += performance.now() - started - (own?.ms ?? 0);
    weigh(evaluated);
  };
  /** The backward pass of the weighted losses. */
  const pushWeighted = async (first: boolean): Promise<void> => {
    for (const [i, part] of parts.entries()) {
      live = forward(part, share(part));
      if (!first) {
        evaluated.push(await evaluate(live, batch, part));
        await see(own, i);
        // Of several parts the weights do not wait for the gradients, or these were looked at first.
        if (own && i === parts.length - 1) context = { ...context, gram: await own.gram() };
      }
      await see(aside, i);
      pushed = backward(network, live, batch, part, evaluated[i]!, weigh(evaluated), gradients) || pushed;
    }
  };
  /** A backward pass of the trunk for each task, and the weighted sum of what they give. */
  const pushApart = async (all: TaskGradients): Promise<void> => {
    for (const [i, part] of parts.entries()) {
      live = forward(part, share(part));
      evaluated.push(await evaluate(live, batch, part));
      await see(aside, i);
      await all.look(live, logitGradients(network, live, batch, part, evaluated[i]!), gradients, true);
    }
    if (averaging) {
      if (measured === all) ownGram = await all.gram();
      if (!averages!.live) averages!.begin();
      all.average(averages!, averaging(totals(evaluated), state));
    }
    context = { ...context, gram: await all.gram() };
    const { effective, heads = effective, averaged = effective } = weigh(evaluated);
    all.combine(averaged, heads, gradients);
    pushed = pushes(totals(evaluated), effective);
  };

  /** Of this batch's gradients, where those of the averages weigh. */
  let ownGram: Gram | null = null;
  /** What the instruments make of it. */
  const read = async (what: TaskGradients): Promise<GradientReading> => {
    const { effective, averaged } = weigh(evaluated);
    const gram = await what.gram();
    return ownGram
      ? gradientReading(what.level, ownGram, effective, { gram, weights: averaged ?? effective })
      : gradientReading(what.level, gram, effective);
  };
  let reading: GradientReading | null = null;
  try {
    if (own?.level === 'full') await pushApart(own);
    else {
      const first = parts.length > 1 && !strategy.lossFree;
      if (first) await lookFirst();
      await pushWeighted(first);
    }
    if (measured) reading = await read(measured);
    await watch?.look(gradients, pushed, step);
  } catch (error) {
    (live as ForwardPass | null)?.dispose();
    gradients.dispose();
    throw error;
  } finally {
    own?.dispose();
    aside?.dispose();
  }
  extraMs += (own?.ms ?? 0) + (aside?.ms ?? 0);
  const weights = weigh(evaluated);
  optimizer.step(gradients);
  if (strategy.looksAgain) {
    const started = performance.now();
    const again: PartLosses[] = [];
    for (const part of parts) {
      const pass = forward(part, 0);
      again.push(await evaluate(pass, batch, part));
      pass.dispose();
    }
    context = { ...context, after: totals(again) };
    extraMs += performance.now() - started;
  }
  return { ...results(evaluated), weights, context, reading, extraMs };
}

/**
 * Losses and predictions with running batch-norm statistics and without dropout; parts change nothing but the
 * memory it takes.
 */
export async function evaluateBatch(
  network: Network,
  batch: Batch,
  microBatch = batch.count,
): Promise<BatchResult> {
  const evaluated: (readonly CrossEntropy[])[] = [];
  for (const part of microBatches(batch.count, microBatch)) {
    const pass = network.forward(imagesOf(batch, part.first, part.count), part.count, { training: false });
    evaluated.push(evaluateLogits(await pass.logits(), batch, part));
    pass.dispose();
  }
  return {
    ...results(evaluated),
    each: joined(
      evaluated,
      (length) => new Float64Array(length),
      (one) => one.each,
    ),
    probabilities: joined(
      evaluated,
      (length) => new Float32Array(length),
      (one) => one.probabilities,
    ),
  };
}

/** One part's cross-entropies, a task each: shares of the batch's mean losses. */
type PartLosses = readonly TaskScores[];

const imagesOf = ({ images, count: all }: Batch, first: number, count: number): Uint8Array =>
  images.subarray((first * images.length) / all, ((first + count) * images.length) / all);

/** The batch's masks, drawn once a layer: parts take their rows of them. */
function wholeMasks(
  seed: number,
  step: number,
  count: number,
): (layer: string, each: number, rate: number) => Uint8Array {
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
const joined = <S, T extends Float64Array | Float32Array | Uint16Array>(
  evaluated: readonly (readonly S[])[],
  make: (length: number) => T,
  pick: (one: S) => T,
): T[] =>
  evaluated[0]!.map((_, task) => {
    const pieces = evaluated.map((part) => pick(part[task]!));
    const whole = make(pieces.reduce((sum, piece) => sum + piece.length, 0));
    pieces.reduce((at, piece) => {
      whole.set(piece, at);
      return at + piece.length;
    }, 0);
    return whole;
  });

const results = (evaluated: readonly PartLosses[]): Omit<BatchResult, 'probabilities' | 'each'> => ({
  losses: totals(evaluated),
  predictions: joined(
    evaluated,
    (length) => new Uint16Array(length),
    (one) => one.predictions,
  ),
});
