/**
 * What is needed to find out whether a kernel is right on this adapter: operands, and the right value of any
 * number of its results in double precision on the host. Not here: running and comparing (verify.ts).
 */
import type { Expected } from '../../reference/expected';
import type { Slice, Traits } from '../backend';
import type { Kernel } from '../registry';
import type { Stage } from './stage';

export interface Output {
  readonly slice: Slice;
  readonly length: number;
  /** Whole numbers instead of float32. */
  readonly words?: boolean;
  /** Operations that one reference value takes. */
  readonly cost: number;
  /** Null where rounding may decide, such as a value next to a kink. */
  at(index: number): Expected | null;
}

export interface Staged<O> {
  readonly operands: O;
  readonly outputs: readonly Output[];
}

export interface Trial<P, O> {
  readonly kernel: Kernel<P, O>;
  /** What the check at start computes: small, yet with edges, and large enough for every variant. */
  readonly small: P;
  stage(stage: Stage, problem: P): Staged<O>;
}

/** A trial whose kernel has several variants to choose from, and problems of the size of a model. */
export interface Tunable<P, O> extends Trial<P, O> {
  /** Multiplications and additions, to tell large problems from small ones. */
  flops(problem: P): number;
  /** Bytes of the operands. */
  bytes(problem: P): number;
  /** One of the same shape class that the host can follow; the same one where it is small. */
  smaller(problem: P): P;
}

/** A trial of one problem, its types hidden. */
export interface Case {
  readonly kernel: string;
  readonly shape: string;
  /** Variants that support the problem, the most promising first. */
  variants(traits: Traits): readonly { readonly name: string; readonly software: boolean }[];
  /** Puts the operands on the device. */
  stage(stage: Stage): { readonly outputs: readonly Output[]; run(variant: string): void };
  /** See `Kernel.adopt`. */
  adopt(winner: string | null, wrong: readonly string[]): void;
  /** See `Kernel.avoid`. */
  avoid(variant: string): void;
}

/**
 * Names of the variants worth a try on this adapter: in software those made for it, for it compiles slowly;
 * elsewhere all.
 */
export function promising(one: Case, traits: Traits): readonly string[] {
  const able = one.variants(traits);
  const made = able.filter(({ software }) => software);
  return (traits.software && made.length > 0 ? made : able).map(({ name }) => name);
}

export function caseOf<P, O>(trial: Trial<P, O>, problem: P = trial.small): Case {
  const { kernel } = trial;
  const shape = kernel.shapeClass(problem);
  return {
    kernel: kernel.name,
    shape,
    variants: (traits) =>
      kernel.supporting(problem, traits).map(({ name, software = false }) => ({ name, software })),
    stage: (stage) => {
      const { operands, outputs } = trial.stage(stage, problem);
      return {
        outputs,
        run: (variant) => kernel.with(variant, () => kernel.run(stage.gpu, problem, operands)),
      };
    },
    adopt: (winner, wrong) => kernel.adopt(shape, winner, wrong),
    avoid: (variant) => kernel.avoid(variant),
  };
}

/** As many images as have this many positions together, and one at least. */
const POSITIONS = 32_768;
export const fewerImages = <P extends { readonly n: number; readonly h: number; readonly w: number }>(
  problem: P,
): P => ({
  ...problem,
  n: Math.max(1, Math.min(problem.n, Math.floor(POSITIONS / (problem.h * problem.w)))),
});
