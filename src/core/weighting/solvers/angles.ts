/**
 * Gradients by their lengths and the angles between them: G = D C D with the lengths in D and 1 on the
 * diagonal of C. Whether gradients depend on one another is a matter of C alone, however long they are:
 * judged on G, a gradient three thousand times shorter than another would look like none. What a strategy
 * solves in C has the same precision at every length.
 */
import { dot } from '../numerics';
import { diagonal, eigen, RANK_TOLERANCE, solve, times, type Matrix, type Vector } from './linear-algebra';

export interface Angles {
  /** D. */
  readonly lengths: Vector;
  /** C: cosines; rows of zeros where a gradient is zero. */
  readonly cosines: Matrix;
}

/** @param gram positive semi-definite */
export function anglesOf(gram: Matrix): Angles {
  const lengths = diagonal(gram).map((square) => Math.sqrt(square));
  const per = (i: number, j: number): number =>
    lengths[i] === 0 || lengths[j] === 0 ? 0 : i === j ? 1 : gram[i]![j]! / lengths[i]! / lengths[j]!;
  return {
    lengths,
    cosines: lengths.map((length, i) =>
      Number.isNaN(length) ? gram[i]!.map(() => Number.NaN) : lengths.map((_, j) => per(i, j)),
    ),
  };
}

/**
 * Combinations of unit gradients that cancel, each of length 1; none where the gradients are independent. NaN
 * counts as dependent.
 */
export function cancelling({ cosines }: Pick<Angles, 'cosines'>): readonly Vector[] {
  const { values, vectors } = eigen(cosines);
  const least = RANK_TOLERANCE * Math.max(...values);
  return vectors.filter((_, k) => !(values[k]! > least));
}

/** Whether the gradients of such a Gram matrix depend on one another, as far as float32 can tell. */
export const isSingular = (gram: Matrix): boolean => cancelling(anglesOf(gram)).length > 0;

export interface Span {
  /**
   * Orthonormal rows: the combinations of tasks that are no combination of cancelling ones. As many as the
   * gradients' rank.
   */
  readonly basis: Matrix;
  /** G in that basis: positive definite. */
  readonly inner: Matrix;
  readonly singular: boolean;
}

/**
 * What is left of a Gram matrix without the combinations of gradients that cancel: G itself where none does.
 */
export function spanOf(gram: Matrix): Span {
  const angles = anglesOf(gram);
  const lost = cancelling(angles);
  const unit = gram.map((_, i) => gram.map((_unused, j): number => (i === j ? 1 : 0)));
  if (lost.length === 0) return { basis: unit, inner: gram, singular: false };
  // C v = 0 is G (D⁻¹ v) = 0.
  const out = orthonormal(
    lost.map((vector) =>
      vector.map((value, i) => (angles.lengths[i] === 0 ? value : value / angles.lengths[i]!)),
    ),
    [],
    lost.length,
  );
  const basis = orthonormal(unit, out, gram.length - out.length);
  return {
    basis,
    inner: basis.map((row) => basis.map((other) => dot(row, times(gram, other)))),
    singular: true,
  };
}

/**
 * Gram-Schmidt with the longest rest first, twice for precision. @param to what the result is orthogonal to,
 * besides itself
 */
function orthonormal(rows: readonly Vector[], to: readonly Vector[], count: number): number[][] {
  const found: number[][] = [];
  const scaled = rows.map((row) => {
    const largest = Math.max(...row.map(Math.abs));
    return row.map((value) => value / largest);
  });
  const rest = (row: Vector): number[] =>
    [...to, ...found, ...to, ...found].reduce<number[]>(
      (left, other) => {
        const along = dot(left, other);
        return left.map((value, i) => value - along * other[i]!);
      },
      [...row],
    );
  while (found.length < count) {
    const [longest] = scaled
      .map(rest)
      .map((row) => ({ row, length: Math.hypot(...row) }))
      .sort((a, b) => b.length - a.length);
    found.push(longest!.row.map((value) => value / longest!.length));
  }
  return found;
}

/**
 * The solution of G x = b for a positive definite G, as precise for gradients of any lengths as for those of
 * length 1.
 */
export function solveAtAnyLength(gram: Matrix, b: Vector): number[] {
  const { lengths, cosines } = anglesOf(gram);
  return solve(
    cosines,
    b.map((value, i) => value / lengths[i]!),
  ).map((value, i) => value / lengths[i]!);
}
