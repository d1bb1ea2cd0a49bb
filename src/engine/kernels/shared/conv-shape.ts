/**
 * The shape of a convolution. A fully connected layer is a 1x1 convolution of 1x1 images, so the same kernels
 * serve it.
 */
import { outputSize } from '../../../core/model/graph';

export interface ConvShape {
  /** Images, rows, columns and channels of x, [n, h, w, ci]. */
  readonly n: number;
  readonly h: number;
  readonly w: number;
  readonly ci: number;
  /** Rows, columns and channels of y, [n, ho, wo, co]. */
  readonly ho: number;
  readonly wo: number;
  readonly co: number;
  /** Side of the filter, [k, k, ci, co]. */
  readonly k: number;
  readonly stride: number;
  readonly padding: number;
}

export function convShape(
  x: readonly number[],
  filter: readonly number[],
  { stride, padding }: { stride: number; padding: number },
): ConvShape {
  const [n, h, w, ci] = x as [number, number, number, number];
  const [k, , , co] = filter as [number, number, number, number];
  return {
    n,
    h,
    w,
    ci,
    k,
    co,
    stride,
    padding,
    ho: outputSize(h, k, stride, padding),
    wo: outputSize(w, k, stride, padding),
  };
}

/** x [n, i] times weight [i, o]. */
export const linearShape = (n: number, i: number, o: number): ConvShape => ({
  n,
  h: 1,
  w: 1,
  ci: i,
  ho: 1,
  wo: 1,
  co: o,
  k: 1,
  stride: 1,
  padding: 0,
});
