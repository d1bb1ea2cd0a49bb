/** The small trajectories of reference/fixtures/optimisers.py: their inputs, drawn from the same named streams. */
import * as v from 'valibot';
import {
  OPTIMIZER_SCHEMA,
  SCHEDULE_SCHEMA,
  type OptimizerChoice,
  type ScheduleChoice,
} from '../../src/core/optim/registry';
import { RandomStream } from '../../src/core/random/streams';
import { fixture } from './fixture';

interface Index {
  readonly seed: number;
  readonly steps: number;
  readonly seen: readonly number[];
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly cases: Readonly<Record<string, { readonly options: object; readonly clipNorm: number | null }>>;
}

/** As in the reference. */
export const SMALL_RUNS = [
  'SGD',
  'SGD, decay',
  'SGD, momentum',
  'SGD, Nesterov',
  'SGD, Nesterov, decay, clipped',
  'SGD, momentum, decay of weights',
  'Adam',
  'Adam, decay',
  'Adam, clipped',
  'AdamW',
  'AdamW, decay of weights, clipped',
] as const;

/** A reference's options, completed. */
export const parsedOptimizer = (options: object): OptimizerChoice => v.parse(OPTIMIZER_SCHEMA, options);
export const parsedSchedule = (options: object): ScheduleChoice => v.parse(SCHEDULE_SCHEMA, options);

export interface SmallRun {
  readonly choice: OptimizerChoice;
  readonly clipNorm: number | null;
  readonly steps: number;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly start: (name: string) => Float64Array;
  /** The gradient at `w` in a step. */
  readonly gradient: (name: string, w: ArrayLike<number>, step: number) => Float64Array;
  /** PyTorch's: `<step>/<name>` of the steps in `seen`, `<slot>/<name>` at the end, `norms` before clipping. */
  readonly expected: (key: string) => Float64Array;
  readonly seen: readonly number[];
}

export async function smallRun(name: (typeof SMALL_RUNS)[number]): Promise<SmallRun> {
  const { index, f64 } = await fixture<Index>('optimisers');
  const { seed, shapes, steps, seen, cases } = index;
  const drawn = (what: string, array: string, ...at: number[]): Float64Array => {
    const stream = new RandomStream(seed, what, array, ...at);
    const length = shapes[array]!.reduce((a, b) => a * b, 1);
    return Float64Array.from({ length }, () => Math.fround((stream.uniform() - 0.5) * 2));
  };
  return {
    choice: parsedOptimizer(cases[name]!.options),
    clipNorm: cases[name]!.clipNorm,
    steps,
    seen,
    shapes,
    start: (array) => drawn('start', array),
    gradient: (array, w, step) => {
      const slope = drawn('slope', array);
      return drawn('gradient', array, step).map((noise, i) => (1 + slope[i]!) * w[i]! + noise);
    },
    expected: (key) => f64(`${name}/${key}`),
  };
}
