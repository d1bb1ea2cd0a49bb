/**
 * The ways to the gradients of a step. Which one a step takes follows from what its weights depend on: nothing
 * that a batch in parts would have to be seen for (`weightedPush` alone), the whole batch's losses or
 * gradients (`lossesFirst`, then `weightedPush`), or each task's own gradient of everything shared
 * (`perTaskPush`).
 */
import { totals } from './batch';
import { addedMoments, pushes } from './evaluation';
import type { StepWork } from './step-work';
import type { TaskGradients } from './task-gradients';

/** A look at the outputs of all parts, for losses that are over the whole batch. */
export async function momentsFirst(work: StepWork): Promise<void> {
  const { batch } = work.request;
  for (const part of work.parts) {
    work.open(part, 0);
    const logits = await work.live.logits();
    work.live.dispose();
    work.moments = addedMoments(logits, batch, part, work.moments);
  }
}

/** Everything that the weights depend on, part by part, before any gradient. */
export async function lossesFirst(work: StepWork): Promise<void> {
  const { own, parts, evaluated } = work;
  const started = performance.now();
  for (const [i, part] of parts.entries()) {
    work.open(part, 0);
    evaluated.push(await work.losses(part));
    await work.lookOwn(i);
    work.live.dispose();
  }
  if (own) work.context = { ...work.context, gram: await own.gram() };
  work.extraMs += performance.now() - started - (own?.ms ?? 0);
  work.weigh();
}

/** The backward pass of the weighted losses. @param seen by `lossesFirst` */
export async function weightedPush(work: StepWork, seen: boolean): Promise<void> {
  const { own, parts, evaluated } = work;
  for (const [i, part] of parts.entries()) {
    work.open(part, work.share(part));
    if (!seen) {
      evaluated.push(await work.losses(part));
      await work.lookOwn(i);
      // Of several parts the weights do not wait for the gradients, or these were looked at first.
      if (own && i === parts.length - 1) work.context = { ...work.context, gram: await own.gram() };
    }
    await work.lookAside(i);
    work.back(i);
  }
}

/** A backward pass of the trunk for each task, and the weighted sum of what they give. */
export async function perTaskPush(work: StepWork, own: TaskGradients): Promise<void> {
  const { parts, evaluated, gradients, averaging } = work;
  const { averages, state } = work.request.weighting;
  for (const [i, part] of parts.entries()) {
    work.open(part, work.share(part));
    evaluated.push(await work.losses(part));
    await work.lookAside(i);
    await own.look(work.live, work.atLogits(i), gradients, true);
  }
  if (averaging) {
    if (work.measured === own) work.ownGram = await own.gram();
    if (!averages!.live) averages!.begin();
    own.average(averages!, averaging(totals(evaluated), state), work.present);
  }
  work.context = { ...work.context, gram: await own.gram() };
  const { effective, heads = effective, averaged = effective } = work.weigh();
  own.combine(averaged, heads, gradients);
  work.pushed = pushes(work.request.batch, totals(evaluated), effective);
}

/** The same batch's losses after the optimiser step, with the same dropout masks. */
export async function lookAgain(work: StepWork): Promise<void> {
  const started = performance.now();
  const again = [];
  for (const part of work.parts) {
    const pass = work.forward(part, 0);
    again.push(await work.losses(part, pass));
    pass.dispose();
  }
  work.context = { ...work.context, after: totals(again) };
  work.extraMs += performance.now() - started;
}
