/**
 * Switches of the strategy that a recovery has undone: it went back to a checkpoint that does not know of them.
 * They are made again in order, each where it was made before, with what was set by hand in it.
 */
import type { ByHand } from '../training/adjustments';
import { sameStrategy, type StrategyChoice, type StrategySegment } from '../training/segments';
import { untilSegment } from './by-hand';
import type { Run } from './state';

export interface UndoneSwitch {
  readonly strategy: StrategyChoice;
  /** 1-based epoch that it began with. */
  readonly epoch: number;
}

interface Told {
  readonly segments: readonly StrategySegment[];
  /** What the checkpoint says was wanted next. */
  readonly next: StrategyChoice | null;
}

/** Places in `before` of the switches that are not in `now`. */
const placesOf = (before: readonly StrategySegment[], now: readonly StrategySegment[]): readonly number[] =>
  before.flatMap(({ why }, i) => (why === 'switch' && i >= now.length ? [i] : []));

/** What was set by hand in a segment that is undone is set in the one that takes its place. */
function byHandAgain(byHand: ByHand, places: readonly number[], left: number): ByHand {
  const again = byHand.options.flatMap((one) => {
    const at = one.segment === null ? -1 : places.indexOf(one.segment - 1);
    return at < 0 ? [] : [{ ...one, segment: left + 1 + at }];
  });
  return { ...byHand, options: [...untilSegment(byHand, left).options, ...again] };
}

/**
 * The run with the switches that are undone waiting to be made again, before what was wanted next.
 * @returns null where none is undone
 */
export function goneBack(run: Run, { segments, next }: Told): Run | null {
  const places = placesOf(run.segments, segments);
  if (places.length === 0) return null;
  const { wanted } = run.next;
  const back = places.map((i): UndoneSwitch => ({
    strategy: run.segments[i]!.strategy,
    epoch: run.segments[i]!.epoch,
  }));
  const after = Math.max(run.lastStep?.epoch ?? 0, back.at(-1)!.epoch) + 1;
  const all = [...back, ...(wanted === null ? [] : [{ strategy: wanted, epoch: after }]), ...run.undone];
  // The checkpoint may know of the first.
  const known = next !== null && sameStrategy(next, all[0]!.strategy);
  const gone = {
    ...run,
    byHand: byHandAgain(run.byHand, places, segments.length),
    next: { ...run.next, wanted: null, told: next },
    undone: known ? all.slice(1) : all,
  };
  return known
    ? gone
    : due({ ...gone, next: { ...gone.next, told: null } }, run.checkpoints.last?.epoch ?? 1);
}

/**
 * The first that waits is wanted as soon as the epoch before its own is under way.
 * @param epoch 1-based, the one under way  @returns the same run where nothing is due
 */
export function due(run: Run, epoch: number): Run {
  const [first, ...rest] = run.undone;
  const { next } = run;
  if (!first || next.wanted !== null || next.told !== null || first.epoch - 1 > epoch) return run;
  return { ...run, next: { ...next, wanted: first.strategy }, undone: rest };
}
