/**
 * Which of several points nothing beats in two scores at once. A point dominates another where it is at least
 * as good in both scores and better in one. So equal points share the front, and a point that is equal in one
 * score and worse in the other is not on it. The points are taken as exact: not here is chance
 * (over-seeds.ts), nor where the points come from (pareto-view.ts).
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** @param lower in both scores the lower number is the better one */
export function dominates(a: Point, b: Point, lower: boolean): boolean {
  const better = (one: number, other: number): boolean => (lower ? one < other : one > other);
  return !better(b.x, a.x) && !better(b.y, a.y) && (better(a.x, b.x) || better(a.y, b.y));
}

/** For each point the places of those that dominate it; none: it is on the front. @param points finite */
export const dominators = (points: readonly Point[], lower: boolean): readonly (readonly number[])[] =>
  points.map((point) => points.flatMap((other, i) => (dominates(other, point, lower) ? [i] : [])));

/**
 * The edge of what the front dominates, as the corners of a staircase by ascending x, from edge to edge of
 * the plot.
 * @param front points of a front, in any order; ties may repeat  @param domain of both axes, around all
 * points
 * @returns empty for no points
 */
export function staircase(
  front: readonly Point[],
  lower: boolean,
  domain: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
): readonly Point[] {
  // Along a front, y falls as x grows, whatever is better.
  const sorted = front
    .toSorted((a, b) => a.x - b.x || b.y - a.y)
    .filter((point, i, all) => i === 0 || point.x !== all[i - 1]!.x);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  const corners = sorted.flatMap((point, i): Point[] => {
    const next = sorted[i + 1];
    return next ? [point, lower ? { x: next.x, y: point.y } : { x: point.x, y: next.y }] : [point];
  });
  const [before, after] = lower
    ? [
        { x: first.x, y: domain.y[1] },
        { x: domain.x[1], y: last.y },
      ]
    : [
        { x: domain.x[0], y: first.y },
        { x: last.x, y: domain.y[0] },
      ];
  return [before, ...corners, after];
}
