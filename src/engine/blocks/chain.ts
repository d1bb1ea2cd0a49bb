/**
 * Running blocks one after the other, forward and backward: a part of the network, or several blocks in the
 * place of one.
 */
import type * as tf from '../tf';
import type { Block, Gradients, Mode, Step } from './block';

/** Takes the input over. */
export function forwardThrough(
  blocks: readonly Block[],
  input: tf.Tensor,
  mode: Mode,
): { y: tf.Tensor; steps: Step[] } {
  const steps: Step[] = [];
  let x = input;
  for (const block of blocks) {
    const step = block.forward(x, mode);
    if (step.y !== x && !step.kept.includes(x)) x.dispose();
    steps.push(step);
    x = step.y;
  }
  return { y: x, steps };
}

/**
 * Takes dy over, and frees what each step kept as soon as that step is done. @param keep another backward
 * pass will follow: nothing is freed
 */
export function backwardThrough(
  steps: readonly Step[],
  dy: tf.Tensor,
  wantInput: boolean,
  gradients: Gradients,
  keep = false,
): tf.Tensor | null {
  let d: tf.Tensor = dy;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i]!;
    const dx = step.backward(d, wantInput || i > 0, gradients, keep);
    d.dispose();
    if (!keep) for (const t of step.kept) t.dispose();
    if (!dx) return null;
    d = dx;
  }
  return d;
}

/** Several blocks as one. */
export function chain(blocks: readonly Block[]): Block {
  return {
    forward: (x, mode) => {
      const { y, steps } = forwardThrough(blocks, x.clone(), mode);
      return {
        y,
        kept: steps.flatMap(({ kept }) => kept),
        backward: (dy, wantInput, gradients, keep) =>
          backwardThrough(steps, dy.clone(), wantInput, gradients, keep),
      };
    },
  };
}
