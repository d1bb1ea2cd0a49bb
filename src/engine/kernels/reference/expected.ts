/** One number as it must come out, and how far rounding may take it. */
export interface Expected {
  readonly value: number;
  /** What a rounding error is measured against: the length of the vector of the terms that were added up. */
  readonly scale: number;
}

/** Relative to the scale of a value; sums of millions of float32 stay below, half precision does not. */
const TOLERANCE = 5e-4;

/** Written so that NaN does not agree. */
export const agrees = (value: number, { value: right, scale }: Expected): boolean =>
  Math.abs(value - right) <= TOLERANCE * Math.max(scale, Math.abs(right));

/** Sums terms and their squares. */
export class Sum {
  private total = 0;
  private squares = 0;

  add(term: number): void {
    this.total += term;
    this.squares += term * term;
  }

  get expected(): Expected {
    return { value: this.total, scale: Math.sqrt(this.squares) };
  }
}
