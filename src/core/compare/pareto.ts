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

/** Whether the lower number is the better one: in both scores, or in each. */
export type Lower = boolean | { readonly x: boolean; readonly y: boolean };

const ofEach = (lower: Lower): { readonly x: boolean; readonly y: boolean } =>
  typeof lower === 'boolean' ? { x: lower, y: lower } : lower;

export function dominates(a: Point, b: Point, lower: Lower): boolean {
  const each = ofEach(lower);
  const better = (which: 'x' | 'y', one: Point, other: Point): boolean =>
    each[which] ? one[which] < other[which] : one[which] > other[which];
  return !better('x', b, a) && !better('y', b, a) && (better('x', a, b) || better('y', a, b));
}

/** For each point the places of those that dominate it; none: it is on the front. @param points finite */
export const dominators = (points: readonly Point[], lower: Lower): readonly (readonly number[])[] =>
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
  lower: Lower,
  domain: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
): readonly Point[] {
  const each = ofEach(lower);
  if (each.x !== each.y) {
    // In a mirror along x, both scores are better the same way.
    const mirror = ({ x, y }: Point): Point => ({ x: 0 - x, y });
    const [left, right] = domain.x;
    return staircase(front.map(mirror), each.y, { x: [0 - right, 0 - left], y: domain.y })
      .map(mirror)
      .toReversed();
  }
  // Along a front, y falls as x grows, whatever is better.
  const sorted = front
    .toSorted((a, b) => a.x - b.x || b.y - a.y)
    .filter((point, i, all) => i === 0 || point.x !== all[i - 1]!.x);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  const corners = sorted.flatMap((point, i): Point[] => {
    const next = sorted[i + 1];
    return next ? [point, each.x ? { x: next.x, y: point.y } : { x: point.x, y: next.y }] : [point];
  });
  const [before, after] = each.x
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
