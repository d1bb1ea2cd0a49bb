/**
 * Small things that every benchmark of this folder needs: a side out of a prepared case, limits, GFLOP/s,
 * what a line says of its timing.
 */
import { alternate, type Limits, type Side, type Timing } from '../../src/core/bench/alternate';
import { caseFlops, type BenchCase } from '../../src/core/bench/cases';
import { timeOf, type Ready } from '../../src/engine/bench/side';

/** Milliseconds of counted turns a side, and turns at most; `TURNS` and `BUDGET` (seconds) say otherwise. */
export const limits = (budget: number, turns: number): Limits => ({
  budget: 1000 * Number(process.env['BUDGET'] ?? budget / 1000),
  turns: Number(process.env['TURNS'] ?? turns),
});

/** Both sides in turns. */
export const compare = (ours: Side, theirs: Side | null, within: Limits) =>
  alternate(
    ours,
    theirs,
    within,
    () => performance.now(),
    () => undefined,
  );

export const sideOf =
  (ready: Ready): Side =>
  (count) =>
    timeOf(ready, count);

/** Speed of a case that takes `ms`. */
export const gflops = (one: BenchCase, ms: number): number => caseFlops(one) / ms / 1e6;

const short = (value: number): number => Number(value.toPrecision(4));

/** How the medians of a line were come by. Milliseconds of one run. */
export function details({
  ours,
  theirs,
}: {
  readonly ours: Timing;
  readonly theirs: Timing | null;
}): Record<string, unknown> {
  const spread = ({ turns, fastest, slowest }: Timing) => ({
    turns,
    fastest: short(fastest),
    slowest: short(slowest),
  });
  return { oursMs: spread(ours), ...(theirs ? { theirsMs: spread(theirs) } : {}) };
}

export { short };
