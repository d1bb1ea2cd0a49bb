/**
 * A convolution and its gradients number by number, in double precision: each result as the sum it stands
 * for. A fully connected layer is a convolution of single positions. Slow; for checks, not for training.
 */
import type { ConvShape } from '../shared/conv-shape';
import { Sum, type Expected } from './expected';

type Numbers = (index: number) => number;

/** Image, row and column of a position's number. */
const place = (
  position: number,
  width: number,
  height: number,
): readonly [image: number, row: number, column: number] => {
  const line = Math.floor(position / width);
  return [Math.floor(line / height), line % height, position % width];
};

/** Of y [n, ho, wo, co], from x [n, h, w, ci], filter [k, k, ci, co] and bias [co]; no ReLU. */
export const forwardAt =
  (s: ConvShape, x: Numbers, filter: Numbers, bias: Numbers) =>
  (index: number): Expected => {
    const o = index % s.co;
    const [image, row, column] = place((index - o) / s.co, s.wo, s.ho);
    const sum = new Sum();
    sum.add(bias(o));
    for (let tap = 0; tap < s.k * s.k; tap++) {
      const [r, c] = [
        row * s.stride + Math.floor(tap / s.k) - s.padding,
        column * s.stride + (tap % s.k) - s.padding,
      ];
      if (r < 0 || c < 0 || r >= s.h || c >= s.w) continue;
      const from = ((image * s.h + r) * s.w + c) * s.ci;
      for (let i = 0; i < s.ci; i++) sum.add(x(from + i) * filter((tap * s.ci + i) * s.co + o));
    }
    return sum.expected;
  };

/** Of dx [n, h, w, ci]. */
export const inputGradientAt =
  (s: ConvShape, dy: Numbers, filter: Numbers) =>
  (index: number): Expected => {
    const i = index % s.ci;
    const [image, row, column] = place((index - i) / s.ci, s.w, s.h);
    const sum = new Sum();
    for (let tap = 0; tap < s.k * s.k; tap++) {
      const [r, c] = [
        (row + s.padding - Math.floor(tap / s.k)) / s.stride,
        (column + s.padding - (tap % s.k)) / s.stride,
      ];
      if (!Number.isInteger(r) || !Number.isInteger(c) || r < 0 || c < 0 || r >= s.ho || c >= s.wo) continue;
      const from = ((image * s.ho + r) * s.wo + c) * s.co;
      for (let o = 0; o < s.co; o++) sum.add(dy(from + o) * filter((tap * s.ci + i) * s.co + o));
    }
    return sum.expected;
  };

/** Of df [k, k, ci, co]. */
export const filterGradientAt =
  (s: ConvShape, x: Numbers, dy: Numbers) =>
  (index: number): Expected => {
    const [o, row] = [index % s.co, Math.floor(index / s.co)];
    const [i, tap] = [row % s.ci, Math.floor(row / s.ci)];
    const sum = new Sum();
    for (let position = 0; position < s.n * s.ho * s.wo; position++) {
      const [image, y, z] = place(position, s.wo, s.ho);
      const [r, c] = [
        y * s.stride + Math.floor(tap / s.k) - s.padding,
        z * s.stride + (tap % s.k) - s.padding,
      ];
      if (r >= 0 && c >= 0 && r < s.h && c < s.w)
        sum.add(x(((image * s.h + r) * s.w + c) * s.ci + i) * dy(position * s.co + o));
    }
    return sum.expected;
  };

/** Of db [co]. */
export const biasGradientAt =
  (s: ConvShape, dy: Numbers) =>
  (o: number): Expected => {
    const sum = new Sum();
    for (let position = 0; position < s.n * s.ho * s.wo; position++) sum.add(dy(position * s.co + o));
    return sum.expected;
  };
