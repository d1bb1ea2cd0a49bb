/**
 * One optimiser step: forward, losses on the host, the strategy's effective weights (from the tasks'
 * gradients, if it asks for them), backward, the optimiser. Knows nothing of epochs, pausing or storage (trainer.ts).
 */
import type { GradientReading } from '../../core/weighting/readings';
import type { StepContext, StrategyStep } from '../../core/weighting/types';
import { results, type BatchResult } from './batch';
import { asksForMoments } from './evaluation';
import { lookAgain, lossesFirst, momentsFirst, perTaskPush, weightedPush } from './step-plans';
import { StepWork, type StepRequest } from './step-work';

/** What a step gives beside the new weights. */
export interface StepResult extends Pick<BatchResult, 'losses' | 'predictions'> {
  /** As the gradient got them, renormalised where that is wished. */
  readonly weights: StrategyStep;
  /** For `Strategy.update`. */
  readonly context: StepContext;
  /** What the instruments measured, in steps in which they do. */
  readonly reading: GradientReading | null;
  /** Milliseconds that strategy and instruments took beyond one forward and one backward pass. */
  readonly extraMs: number;
}

/**
 * A batch of more than `microBatch` examples goes through the model in parts whose gradients are added, each
 * scaled so that the sum is the whole batch's. Batch norm sees one part at a time ("ghost batch norm");
 * everything else is as in one piece, the dropout masks included. Where the weights depend on the batch's
 * losses or gradients, these come from a forward pass of their own (docs/decisions/0007-micro-batches.md).
 * Strategies that need gradients get their inner products and weigh the losses of one ordinary backward pass;
 * only those of all shared parameters take a pass of the trunk each (0013-task-gradients.md). A loss over the
 * whole batch (1 - CCC) takes one more forward pass where the batch goes in parts.
 * @throws DivergenceError `not-finite`, BackendError `zero-gradients`, before the weights are touched
 */
export async function trainStep(request: StepRequest): Promise<StepResult> {
  const { optimizer, weighting, watch, step } = request;
  const { strategy } = weighting;
  const work = new StepWork(request);
  const { own, gradients, evaluated } = work;
  let reading: GradientReading | null = null;
  try {
    if (work.parts.length > 1 && asksForMoments(request.batch)) await momentsFirst(work);
    if (own?.level === 'full') await perTaskPush(work, own);
    else {
      const first = work.parts.length > 1 && !strategy.lossFree;
      if (first) await lossesFirst(work);
      await weightedPush(work, first);
    }
    reading = await work.reading();
    await watch?.look(gradients, work.pushed, step);
  } catch (error) {
    work.abandon();
    throw error;
  } finally {
    work.close();
  }
  const weights = work.weigh();
  optimizer.step(gradients);
  // A strategy's state does not move where a task is absent: nothing would come of it.
  if (strategy.looksAgain && work.present.every(Boolean)) await lookAgain(work);
  const { context, extraMs } = work;
  return { ...results(request.batch, evaluated), weights, context, reading, extraMs };
}
