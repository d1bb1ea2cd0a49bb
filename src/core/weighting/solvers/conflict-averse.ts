/**
 * CAGrad's inner problem: minimise wᵀG b + c ‖g0‖ √(wᵀG w) over the simplex. Convex; on every face of the simplex Newton's
 * method finds the minimum of its plane, and the best that lies inside its face is the answer.
 */
import { dot, sum } from '../numerics';
import { quadratic, restricted, shifted, solve, subsets, times, trace, type Matrix } from './linear-algebra';

const ITERATIONS = 100;
const NEGATIVE = -1e-10;

/** @param radius c ‖g0‖ */
export function conflictAverse(gram: Matrix, radius: number): number[] {
  const n = gram.length;
  const b = times(gram, gram.map(() => 1 / n));
  const value = (w: readonly number[]): number => dot(w, b) + radius * Math.sqrt(Math.max(0, quadratic(gram, w)));
  let best = gram.map(() => 1 / n);
  for (const taking of subsets(n)) {
    const found = onPlane(restricted(gram, taking), taking.map((i) => b[i]!), radius);
    if (!found.every((weight) => weight >= NEGATIVE)) continue;
    const w = gram.map((_, i) => Math.max(0, found[taking.indexOf(i)] ?? 0));
    if (value(w) < value(best) - 1e-15 * Math.abs(value(best))) best = w;
  }
  return best;
}

/** The minimum over all w with sum 1, of any sign; a point without a minimum is where Newton's method stopped. */
function onPlane(gram: Matrix, b: readonly number[], radius: number): number[] {
  const n = b.length;
  if (n === 1) return [1];
  // w = 1/n + B x, where B's columns add to the first weights what they take from the last.
  const spread = (x: readonly number[]): number[] => [...x.map((value) => value + 1 / n), 1 / n - sum(x)];
  const reduce = (v: readonly number[]): number[] => v.slice(0, -1).map((value) => value - v[n - 1]!);
  const ridge = 1e-12 * trace(gram);
  const value = (x: readonly number[]): number => { const w = spread(x); return dot(w, b) + radius * Math.sqrt(Math.max(0, quadratic(gram, w)) + ridge); };
  let x = new Array<number>(n - 1).fill(0);
  for (let i = 0; i < ITERATIONS; i++) {
    const w = spread(x);
    const gw = times(gram, w);
    const norm = Math.sqrt(Math.max(0, dot(w, gw)) + ridge);
    const gradient = reduce(b.map((entry, k) => entry + (radius * gw[k]!) / norm));
    const curved = gram.map((row, k) => row.map((entry, j) => radius * (entry / norm - (gw[k]! * gw[j]!) / norm ** 3)));
    const rows = reduce2(curved);
    const step = solve(shifted(rows, 1e-12 * trace(rows) + 1e-300), gradient);
    const decrement = dot(step, gradient);
    if (!(decrement > 1e-26 * (1 + value(x) ** 2))) break;
    let t = 1;
    const moved = (length: number): number[] => x.map((entry, k) => entry - length * step[k]!);
    while (value(moved(t)) > value(x) - 0.1 * t * decrement && t > 1e-10) t /= 2;
    if (t <= 1e-10) break;
    x = moved(t);
  }
  return spread(x);
}

/** Bᵀ A B. */
const reduce2 = (a: Matrix): number[][] => {
  const last = a.length - 1;
  return Array.from({ length: last }, (_, i) => Array.from({ length: last }, (_unused, j) => a[i]![j]! - a[i]![last]! - a[last]![j]! + a[last]![last]!));
};
