/**
 * One optimiser step under way: the batch in its parts, the forward pass that is alive, the losses so far,
 * what is measured of the tasks' gradients, and the weights that follow. The plans (step-plans.ts) say in
 * which order; they share this and nothing else.
 */
import { DivergenceError, BackendError } from '../../core/errors/errors';
import { microBatches, partMomentum, type Part } from '../../core/training/memory/micro-batches';
import type { Instruments } from '../../core/config/run-config';
import { weighPresent } from '../../core/weighting/present';
import { gradientReading, type GradientReading } from '../../core/weighting/readings';
import type {
  Averaging,
  Gram,
  StepContext,
  Strategy,
  StrategyOptions,
  StrategyState,
  StrategyStep,
} from '../../core/weighting/types';
import { imagesOf, totals, type Batch, type PartLosses } from './batch';
import { Gradients } from '../ops/gradients';
import { dropoutStream, wholeMasks } from './dropout-masks';
import { backward, evaluate, logitGradients, presentTasks, type BatchMoments } from './evaluation';
import type { GradientAverages } from './gradient-averages';
import type { GradientWatch } from './gradient-watch';
import { BATCH_NORM } from '../kernels/shared/batch-norm';
import type { ForwardPass, Network } from '../network/network';
import type { Optimizer } from '../optimizers/optimizer';
import { TaskGradients } from './task-gradients';
import type * as tf from '../tf';

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

/** What a step takes. */
export interface StepRequest {
  readonly network: Network;
  /** Takes the gradients over. */
  readonly optimizer: Pick<Optimizer, 'step'>;
  readonly batch: Batch;
  readonly weighting: Weighting;
  /** The run's. */
  readonly seed: number;
  /** 1-based; names the dropout masks. */
  readonly step: number;
  /** Examples that go through the model at once; all of them unless given. */
  readonly microBatch?: number;
  readonly watch?: GradientWatch;
}

const NO_INSTRUMENTS: Instruments = { every: 0, gradients: 'representation' };

/** Whether the instruments measure in this step (1-based). */
const isDue = ({ every }: Instruments, step: number): boolean => every > 0 && (step - 1) % every === 0;

export class StepWork {
  readonly parts: readonly Part[];
  /** The gradients that the strategy asks for. */
  readonly own: TaskGradients | null;
  /** Those that the instruments measure in this step: the strategy's own, where the level is the same. */
  readonly measured: TaskGradients | null;
  /** Those of the instruments alone. */
  private readonly aside: TaskGradients | null;
  readonly averaging: ((losses: readonly number[], state: StrategyState) => Averaging) | null;
  /** Of the weighted losses, for the optimiser. */
  readonly gradients = new Gradients();
  readonly evaluated: PartLosses[] = [];
  /** Which tasks have a labelled example; the others count for no weight. */
  readonly present: readonly boolean[];
  /** Of the whole batch, where its losses ask for them and it goes in parts (`momentsFirst`). */
  moments: BatchMoments | undefined;
  /** For the strategy; grows with what is measured. */
  context: StepContext;
  /** Whether any gradient at the logits asks for a change. */
  pushed = false;
  /** Of this batch's gradients, where those of the averages weigh. */
  ownGram: Gram | null = null;
  /** Milliseconds beyond one forward and one backward pass, without those that `own` and `aside` count. */
  extraMs = 0;
  private pass: ForwardPass | null = null;
  private readonly masks: ReturnType<typeof wholeMasks>;

  constructor(readonly request: StepRequest) {
    const { network, batch, weighting, seed, step, microBatch = batch.count } = request;
    const { strategy, options, epoch = 1, instruments = NO_INSTRUMENTS, averages } = weighting;
    this.parts = microBatches(batch.count, microBatch);
    this.present = presentTasks(batch);
    this.masks = wholeMasks(seed, step, batch.count);
    const level = strategy.needs(options);
    this.own = level === 'losses' ? null : new TaskGradients(level, network);
    this.measured = !isDue(instruments, step)
      ? null
      : this.own?.level === instruments.gradients
        ? this.own
        : new TaskGradients(instruments.gradients, network);
    this.aside = this.measured === this.own ? null : this.measured;
    this.averaging = strategy.averages?.(options) ?? null;
    if (this.averaging && !averages)
      throw new BackendError('program-fault', { why: 'no-averages', strategy: strategy.id });
    this.context = {
      seed,
      step,
      epoch,
      gram: null,
      classes: network.spec.heads.map(({ classes }) => classes),
    };
  }

  /** The forward pass that is alive. */
  get live(): ForwardPass {
    return this.pass!;
  }

  /** Batch norm's momentum of a part: together the parts move the running statistics as the batch would. */
  share({ count }: Part): number {
    return partMomentum(BATCH_NORM.momentum, count, this.request.batch.count);
  }

  /** @param momentum of batch norm; 0 leaves the running statistics alone */
  forward(part: Part, momentum: number): ForwardPass {
    const { network, batch, seed, step } = this.request;
    const { first, count } = part;
    return network.forward(imagesOf(batch, part), count, {
      training: true,
      momentum,
      stream: (layer, length) => ({
        key: dropoutStream(seed, layer, step).key,
        start: (first * length) / count,
      }),
      dropout: (layer, length, rate) =>
        this.masks(layer, length / count, rate).subarray(
          (first * length) / count,
          ((first + count) * length) / count,
        ),
    });
  }

  /** A forward pass of a part, alive until it is gone back through or disposed of. */
  open(part: Part, momentum: number): void {
    this.pass = this.forward(part, momentum);
  }

  /** Losses and predictions of a part. @param pass the live one unless given */
  losses(part: Part, pass: ForwardPass = this.live): Promise<PartLosses> {
    return evaluate(pass, this.request.batch, part, this.moments);
  }

  /** The unweighted losses' gradients at the logits of the live pass; the caller's. @param i of the part */
  atLogits(i: number): readonly tf.Tensor[] {
    const { network, batch } = this.request;
    return logitGradients(network, this.live, batch, this.parts[i]!, this.evaluated[i]!);
  }

  private async look(what: TaskGradients | null, i: number): Promise<void> {
    await what?.look(this.live, this.atLogits(i));
    if (i === this.parts.length - 1) await what?.close(); // room for the backward pass
  }

  /** The strategy's gradients of part `i`. */
  lookOwn(i: number): Promise<void> {
    return this.look(this.own, i);
  }

  /** The instruments' gradients of part `i`, where they are not the strategy's. */
  lookAside(i: number): Promise<void> {
    return this.look(this.aside, i);
  }

  /**
   * The weights of the losses so far, renormalised where that is wished; 0 of a task without a label.
   * @throws DivergenceError `not-finite`
   */
  weigh(): StrategyStep {
    const { weighting, step } = this.request;
    const losses = totals(this.evaluated);
    const weights = weighPresent(losses, this.present, { ...weighting, context: this.context });
    if (![...losses, ...weights.effective].every(Number.isFinite))
      throw new DivergenceError('not-finite', { step, why: 'loss' });
    return weights;
  }

  /** Goes back from the weighted losses of part `i`; ends the live pass. */
  back(i: number): void {
    const { network, batch } = this.request;
    const weights = this.weigh();
    const part = this.parts[i]!;
    const asked = backward(network, this.live, batch, part, this.evaluated[i]!, weights, this.gradients);
    this.pushed = asked || this.pushed;
  }

  /** What the instruments make of it; null in a step in which they do not measure. */
  async reading(): Promise<GradientReading | null> {
    const { measured, ownGram } = this;
    if (!measured) return null;
    const { effective, averaged } = this.weigh();
    const gram = await measured.gram();
    return ownGram
      ? gradientReading(measured.level, ownGram, effective, { gram, weights: averaged ?? effective })
      : gradientReading(measured.level, gram, effective);
  }

  /** Frees what a step that failed leaves. */
  abandon(): void {
    this.pass?.dispose();
    this.gradients.dispose();
  }

  /** Frees the tasks' gradients; their milliseconds count from here on. */
  close(): void {
    this.own?.dispose();
    this.aside?.dispose();
    this.extraMs += (this.own?.ms ?? 0) + (this.aside?.ms ?? 0);
  }
}
