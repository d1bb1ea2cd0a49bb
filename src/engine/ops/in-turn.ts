/** A fusion that a backend does not compute as one: its parts one after the other. */
import type * as tf from '../tf';
import type { BoundStep, Forward, Operation } from './operation';

export interface Part {
  /** How many of the step's nodes it takes. */
  readonly nodes: number;
  readonly operation: Operation;
}

interface Done {
  readonly step: BoundStep;
  readonly operation: Operation;
  readonly forward: Forward;
}

export function inTurn(op: string, parts: readonly Part[]): Operation {
  return {
    forward: (step, [input], mode) => {
      const done: Done[] = [];
      let [x, at] = [input!.clone(), 0];
      for (const { nodes, operation } of parts) {
        const own = { op, nodes: step.nodes.slice(at, (at += nodes)) };
        const forward = operation.forward(own, [x], mode);
        if (forward.y !== x && !forward.kept.includes(x)) x.dispose();
        done.push({ step: own, operation, forward });
        x = forward.y;
      }
      return { y: x, kept: done.flatMap(({ forward }) => forward.kept), state: done };
    },
    backward: (_step, { state }, dy, { gradients, wanted, keep }) => {
      let d: tf.Tensor = dy.clone();
      for (const [i, { step, operation, forward }] of (state as readonly Done[]).toReversed().entries()) {
        const isFirst = i === parts.length - 1;
        const [dx] = operation.backward(step, forward, d, {
          gradients,
          wanted: isFirst ? wanted : [true],
          keep,
        });
        d.dispose();
        if (!keep) for (const tensor of forward.kept) tensor.dispose();
        if (!dx) return [null];
        d = dx;
      }
      return [d];
    },
  };
}
