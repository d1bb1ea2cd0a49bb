/**
 * Small symmetric matrices in float64: as many rows as there are tasks. Written for that size; nothing here
 * is fast for a hundred rows.
 */
import { dot } from '../numerics';

export type Vector = readonly number[];
export type Matrix = readonly Vector[];

export const times = (a: Matrix, x: Vector): number[] => a.map((row) => dot(row, x));
export const quadratic = (a: Matrix, x: Vector): number => dot(x, times(a, x));
export const diagonal = (a: Matrix): number[] => a.map((row, i) => row[i]!);
export const trace = (a: Matrix): number => diagonal(a).reduce((sum, value) => sum + value, 0);
export const scaled = (a: Matrix, factor: number): number[][] =>
  a.map((row) => row.map((value) => value * factor));
export const shifted = (a: Matrix, by: number): number[][] =>
  a.map((row, i) => row.map((value, j) => (i === j ? value + by : value)));
/** Rows and columns `of`. */
export const restricted = (a: Matrix, of: readonly number[]): number[][] =>
  of.map((i) => of.map((j) => a[i]![j]!));

/** Every non-empty set of 0..n-1, smaller ones later, so that among equals the largest comes first. */
export function subsets(n: number): number[][] {
  const all = Array.from({ length: 2 ** n - 1 }, (_, mask) =>
    Array.from({ length: n }, (_unused, i) => i).filter((i) => ((mask + 1) >> i) & 1),
  );
  return all.sort((a, b) => b.length - a.length);
}

export interface Eigen {
  readonly values: Vector;
  /** One eigenvector a row, of length 1. */
  readonly vectors: Matrix;
}

const SWEEPS = 60;

/** Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations. A NaN in it comes out as NaN. */
export function eigen(matrix: Matrix): Eigen {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((_unused, j): number => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = a[p]![q]!;
        off = Math.max(off, Math.abs(apq));
        if (apq === 0) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < n; k++)
          [a[k]![p], a[k]![q]] = [c * a[k]![p]! - s * a[k]![q]!, s * a[k]![p]! + c * a[k]![q]!];
        for (let k = 0; k < n; k++)
          [a[p]![k], a[q]![k]] = [c * a[p]![k]! - s * a[q]![k]!, s * a[p]![k]! + c * a[q]![k]!];
        for (let k = 0; k < n; k++)
          [v[p]![k], v[q]![k]] = [c * v[p]![k]! - s * v[q]![k]!, s * v[p]![k]! + c * v[q]![k]!];
      }
    if (!(off > 0)) break;
  }
  return { values: diagonal(a), vectors: v };
}

/**
 * Eigenvalues below this share of the largest count as zero: gradients come in float32. Of matrices with 1 on
 * the diagonal; others have units (angles.ts).
 */
export const RANK_TOLERANCE = 1e-7;

/** The solution of a x = b of least length; a symmetric, positive semi-definite. */
export function leastSquares(a: Matrix, b: Vector): number[] {
  const { values, vectors } = eigen(a);
  const least = RANK_TOLERANCE * Math.max(...values);
  return b.map((_, i) =>
    vectors.reduce(
      (sum, vector, k) => (values[k]! > least ? sum + (dot(vector, b) / values[k]!) * vector[i]! : sum),
      0,
    ),
  );
}

/** The solution of a x = b for a symmetric, positive definite a (Cholesky). NaN where it is not. */
export function solve(a: Matrix, b: Vector): number[] {
  const n = b.length;
  const l = a.map(() => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let rest = a[i]![j]!;
      for (let k = 0; k < j; k++) rest -= l[i]![k]! * l[j]![k]!;
      l[i]![j] = i === j ? Math.sqrt(rest) : rest / l[j]![j]!;
    }
  const y: number[] = [];
  for (let i = 0; i < n; i++)
    y.push((b[i]! - l[i]!.slice(0, i).reduce((sum, value, k) => sum + value * y[k]!, 0)) / l[i]![i]!);
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = y[i]!;
    for (let k = i + 1; k < n; k++) rest -= l[k]![i]! * x[k]!;
    x[i] = rest / l[i]![i]!;
  }
  return x;
}
