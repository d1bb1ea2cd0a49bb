/**
 * G w = w^(−1/a): the bargaining solution of Nash-MTL (a = 1) and FairGrad. It is the minimum of a convex
 * function, ½ wᵀG w − Σ ∫ w^(−1/a), found by Newton's method with a line search inside w > 0, and then by
 * Newton's method on the equations' logarithms, so that every task's equation holds to the last digits,
 * however little it adds to the sum.
 */
import { dot } from '../numerics';
import { anglesOf, cancelling } from './angles';
import { quadratic, shifted, solve, times, type Matrix } from './linear-algebra';

const ITERATIONS = 500;
const PRECISION = 1e-12;
/**
 * Added to the diagonal of the cosines of gradients that depend on one another: without it opposite gradients
 * have no solution.
 */
export const RIDGE = 1e-4;

export interface Equilibrium {
  readonly weights: readonly number[];
  /** Whether the matrix had to be changed to have a solution. */
  readonly ridged: boolean;
}

/** @param given without zeros on its diagonal  @param a above 0 */
export function equilibrium(given: Matrix, a: number): Equilibrium {
  const { lengths, cosines } = anglesOf(given);
  const ridged = cancelling({ cosines }).length > 0;
  const angles = ridged ? shifted(cosines, RIDGE) : cosines;
  // Without cross terms G_ii w = w^(−1/a) gives w = ‖g‖^(−2a/(1+a)); γ is the solution in units of that, and
  // ‖g‖·w in units of b is γ too.
  const alone = lengths.map((length) => length ** ((-2 * a) / (1 + a)));
  const b = lengths.map((length, i) => length * alone[i]!);
  const matrix = angles.map((row, i) => row.map((cosine, j) => cosine * b[i]! * b[j]!));
  const gamma = polished(matrix, b, a, minimum(matrix, b, a));
  return { weights: gamma.map((value, i) => value * alone[i]!), ridged };
}

/** γ > 0 near the minimum of ½ γᵀM γ − Σ b² ∫ γ^(−1/a). */
function minimum(matrix: Matrix, b: readonly number[], a: number): number[] {
  const integral = (x: number): number => (a === 1 ? Math.log(x) : x ** (1 - 1 / a) / (1 - 1 / a));
  const value = (w: readonly number[]): number =>
    0.5 * quadratic(matrix, w) - w.reduce((sum, x, i) => sum + b[i]! ** 2 * integral(x), 0);
  let w = b.map(() => 1);
  for (let i = 0; i < ITERATIONS; i++) {
    const gradient = times(matrix, w).map((pull, k) => pull - b[k]! ** 2 * w[k]! ** (-1 / a));
    const curved = matrix.map((row, k) =>
      row.map((entry, j) => entry + (k === j ? (b[k]! ** 2 / a) * w[k]! ** (-1 / a - 1) : 0)),
    );
    const step = solve(curved, gradient);
    const decrement = dot(step, gradient);
    const now = value(w);
    if (!(decrement > PRECISION ** 2 * (1 + Math.abs(now)))) break;
    const room = Math.min(1, ...step.map((s, k) => (s > 0 ? (0.95 * w[k]!) / s : 1)));
    let t = room;
    const moved = (length: number): number[] => w.map((x, k) => x - length * step[k]!);
    while (value(moved(t)) > now - 0.1 * t * decrement && t > 1e-12) t /= 2;
    if (t <= 1e-12) break;
    w = moved(t);
  }
  return w;
}

/** Newton's method on ln (M γ)_i + ln γ_i / a = 2 ln b_i, as long as it comes nearer. */
function polished(
  matrix: Matrix,
  b: readonly number[],
  a: number,
  start: readonly number[],
): readonly number[] {
  const off = (w: readonly number[]): number[] =>
    times(matrix, w).map((pull, i) => Math.log(pull) + Math.log(w[i]!) / a - 2 * Math.log(b[i]!));
  const size = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
  let w = start;
  for (let i = 0; i < ITERATIONS; i++) {
    const wrong = off(w);
    const pulls = times(matrix, w);
    // Jacobian in ln γ: diag(1/Mγ) M diag(γ) + 1/a; symmetric after multiplication with Mγ·γ on the left.
    const curved = matrix.map((row, k) =>
      row.map((entry, j) => w[k]! * entry * w[j]! + (k === j ? (pulls[k]! * w[k]!) / a : 0)),
    );
    const step = solve(
      curved,
      wrong.map((value, k) => value * pulls[k]! * w[k]!),
    );
    let t = 1;
    const moved = (length: number): number[] => w.map((x, k) => x * Math.exp(-length * step[k]!));
    while (!(size(off(moved(t))) < size(wrong)) && t > 1e-4) t /= 2;
    if (t <= 1e-4) break;
    w = moved(t);
  }
  return w;
}
