/**
 * Measuring two sides fairly on a machine that is never quiet: turn by turn in one run, so that whatever
 * slows the machine slows both; a first turn that is not counted; then the median. Not here: what a side
 * does.
 */
import { median } from './median';

/** Runs it `count` times and returns the milliseconds of all together, until the results are really there. */
export type Side = (count: number) => Promise<number>;

export interface Timing {
  /** Milliseconds of one run: the median of the turns. */
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  readonly turns: number;
  /** The only turn was the first one, which took longer than the time there was: preparation is included. */
  readonly cold: boolean;
}

export interface Limits {
  /** Milliseconds for each side's counted turns, of which there is one at least. */
  readonly budget: number;
  readonly turns: number;
  /** Milliseconds after which a first turn remains the only one; so many budgets unless given. */
  readonly patience?: number;
}

/** A turn of a fast case runs it so often that it takes at least this long: clocks are coarse. */
const TURN_MS = 20;
const MOST_RUNS = 1000;
/**
 * A first turn longer than so many budgets remains the only one. It is long because it prepares: kernels are
 * compiled and tuned.
 */
const PATIENCE = 4;

/**
 * @param theirs null where there is nothing to compare with
 * @param now milliseconds; @param between called before each side's turn, may throw to end the measurement
 */
export async function alternate(
  ours: Side,
  theirs: Side | null,
  limits: Limits,
  now: () => number,
  between: () => void | Promise<void>,
): Promise<{ readonly ours: Timing; readonly theirs: Timing | null }> {
  const sides = (theirs ? [ours, theirs] : [ours]).map((run) => ({
    run,
    count: 1,
    times: [] as number[],
    spent: 0,
    last: 0,
    cold: false,
  }));
  const turn = async (side: (typeof sides)[number]): Promise<number> => {
    await between();
    const began = now();
    const each = (await side.run(side.count)) / side.count;
    side.times.push(each);
    side.last = now() - began;
    side.spent += side.last;
    return each;
  };
  for (const side of sides) {
    const first = await turn(side);
    side.cold = first > (limits.patience ?? PATIENCE * limits.budget);
    if (side.cold) continue;
    side.times = [];
    side.spent = 0;
    side.count = Math.min(MOST_RUNS, Math.max(1, Math.ceil(TURN_MS / Math.max(first, TURN_MS / MOST_RUNS))));
  }
  // Where one side is much slower, the other goes on alone when that one has used its time.
  const goesOn = ({ cold, times, spent, last }: (typeof sides)[number]): boolean =>
    !cold && times.length < limits.turns && (times.length === 0 || spent + last <= limits.budget);
  for (let going = sides.filter(goesOn); going.length > 0; going = going.filter(goesOn))
    for (const side of going) await turn(side);
  const [first, second] = sides.map(({ times, cold }) => timing(times, cold));
  return { ours: first!, theirs: second ?? null };
}

function timing(times: readonly number[], cold: boolean): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: median(times), fastest: sorted[0]!, slowest: sorted.at(-1)!, turns: sorted.length, cold };
}
