/**
 * G w = w^(−1/a): the bargaining solution of Nash-MTL (a = 1) and FairGrad. It is the minimum of a convex function,
 * ½ wᵀG w − Σ ∫ w^(−1/a), found by Newton's method with a line search inside w > 0.
 */
import { dot } from '../numerics';
import { diagonal, isSingular, quadratic, shifted, solve, times, trace, type Matrix } from './linear-algebra';

const ITERATIONS = 200;
const PRECISION = 1e-12;
/** Added to the diagonal of a singular matrix, as a share of its mean: without it opposite gradients have no solution. */
const RIDGE = 1e-4;

export interface Equilibrium {
  readonly weights: readonly number[];
  /** Whether the matrix had to be changed to have a solution. */
  readonly ridged: boolean;
}

/** @param a above 0  @returns ones for a zero matrix */
export function equilibrium(given: Matrix, a: number): Equilibrium {
  const mean = trace(given) / given.length;
  if (mean === 0) return { weights: given.map(() => 1), ridged: true };
  const ridged = isSingular(given);
  const gram = ridged ? shifted(given, RIDGE * mean) : given;
  const integral = (x: number): number => (a === 1 ? Math.log(x) : x ** (1 - 1 / a) / (1 - 1 / a));
  const value = (w: readonly number[]): number => 0.5 * quadratic(gram, w) - w.reduce((sum, x) => sum + integral(x), 0);
  // Without cross terms: G_ii w = w^(-1/a).
  let w = diagonal(gram).map((own) => own ** (-a / (a + 1)));
  for (let i = 0; i < ITERATIONS; i++) {
    const gradient = times(gram, w).map((pull, k) => pull - w[k]! ** (-1 / a));
    const curved = gram.map((row, k) => row.map((entry, j) => entry + (k === j ? (1 / a) * w[k]! ** (-1 / a - 1) : 0)));
    const step = solve(curved, gradient);
    const decrement = dot(step, gradient);
    if (!(decrement > PRECISION ** 2 * (1 + Math.abs(value(w))))) break;
    const room = Math.min(1, ...step.map((s, k) => (s > 0 ? (0.95 * w[k]!) / s : 1)));
    let t = room;
    const now = value(w);
    const moved = (length: number): number[] => w.map((x, k) => x - length * step[k]!);
    while (value(moved(t)) > now - 0.1 * t * decrement && t > 1e-12) t /= 2;
    if (t <= 1e-12) break;
    w = moved(t);
  }
  return { weights: w, ridged };
}
