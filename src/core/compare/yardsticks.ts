/**
 * Several runs sorted into groups whose best scores may be set side by side, and which score is the best of
 * each group.
 */
import { yardstick, type Yardstick } from './comparable';

export interface Measures<R> {
  /** In the order in which they first occur. */
  readonly groups: readonly (readonly R[])[];
  /** Place of a run's group. */
  readonly groupOf: ReadonlyMap<R, number>;
}

export function measures<R>(runs: readonly R[], of: (run: R) => Yardstick): Measures<R> {
  const byStick = new Map<string, R[]>();
  for (const run of runs) {
    const stick = yardstick(of(run));
    byStick.set(stick, [...(byStick.get(stick) ?? []), run]);
  }
  const groups = [...byStick.values()];
  return { groups, groupOf: new Map(groups.flatMap((group, i) => group.map((run) => [run, i] as const))) };
}

/**
 * The runs that have the best value of their group. A value alone in its group is the best of nothing.
 * @param valueOf null where a run has none  @param lower the lowest is best
 */
export function bestOf<R>(
  { groups }: Measures<R>,
  valueOf: (run: R) => number | null,
  lower = false,
): ReadonlySet<R> {
  return new Set(
    groups.flatMap((group) => {
      const having = group.flatMap((run) => {
        const value = valueOf(run);
        return value === null || !Number.isFinite(value) ? [] : [{ run, value }];
      });
      if (having.length < 2) return [];
      const best = having.reduce(
        (a, { value }) => (lower ? Math.min(a, value) : Math.max(a, value)),
        lower ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
      );
      return having.filter(({ value }) => value === best).map(({ run }) => run);
    }),
  );
}
