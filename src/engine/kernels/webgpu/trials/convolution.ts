/** Trials of the three convolution kernels, which serve fully connected layers, too: every result as the sum it stands for. */
import { convShape, type ConvShape } from '../conv-shape';
import { convolutionFilterGradient, type FilterGradientOperands } from '../convolution-filter-gradient';
import { convolutionForward, type ForwardOperands } from '../convolution-forward';
import { convolutionInputGradient, type InputGradientOperands } from '../convolution-input-gradient';
import { fewerImages, Sum, type Tunable } from './trial';

/** A convolution as a layer of a model has it. */
export interface ConvProblem extends ConvShape {
  /** Of the filter's gradient: whether the bias' is wanted with it. */
  readonly bias: boolean;
}

const numbers = (s: ConvShape) => ({ x: s.n * s.h * s.w * s.ci, y: s.n * s.ho * s.wo * s.co, filter: s.k * s.k * s.ci * s.co });
const flops = (s: ConvShape): number => 2 * s.n * s.ho * s.wo * s.co * s.k * s.k * s.ci;
const bytes = (s: ConvShape): number => {
  const { x, y, filter } = numbers(s);
  return 4 * (x + y + filter);
};

/** Two tiles of every variant and a bit of each edge. */
const small: ConvProblem = { ...convShape([2, 9, 7, 12], [3, 3, 12, 40], { stride: 1, padding: 1 }), bias: true };

/** The same for the gradient of the input, whose columns are input channels. */
const smallBack: ConvProblem = { ...convShape([2, 9, 7, 40], [3, 3, 40, 12], { stride: 1, padding: 1 }), bias: true };

/** Row, column and image of a position's number. */
const place = (position: number, width: number, height: number): readonly [image: number, row: number, column: number] => {
  const line = Math.floor(position / width);
  return [Math.floor(line / height), line % height, position % width];
};

export const forwardTrial: Tunable<ConvProblem, ForwardOperands> = {
  kernel: convolutionForward, small, flops, bytes, smaller: fewerImages,
  stage: (stage, s) => {
    const { x: inputs, y: outputs, filter: weights } = numbers(s);
    const [x, filter, bias, y] = [stage.noise(inputs), stage.noise(weights), stage.noise(s.co), stage.room(outputs)];
    const at = (index: number) => {
      const o = index % s.co;
      const [image, row, column] = place((index - o) / s.co, s.wo, s.ho);
      const sum = new Sum();
      sum.add(bias.at(o));
      for (let tap = 0; tap < s.k * s.k; tap++) {
        const [r, c] = [row * s.stride + Math.floor(tap / s.k) - s.padding, column * s.stride + (tap % s.k) - s.padding];
        if (r < 0 || c < 0 || r >= s.h || c >= s.w) continue;
        const from = ((image * s.h + r) * s.w + c) * s.ci;
        for (let i = 0; i < s.ci; i++) sum.add(x.at(from + i) * filter.at((tap * s.ci + i) * s.co + o));
      }
      return sum.expected;
    };
    return { operands: { x, filter, bias, y, relu: false }, outputs: [{ slice: y, length: outputs, cost: s.k * s.k * s.ci, at }] };
  },
};

export const inputGradientTrial: Tunable<ConvProblem, InputGradientOperands> = {
  kernel: convolutionInputGradient, small: smallBack, flops, bytes, smaller: fewerImages,
  stage: (stage, s) => {
    const { x: inputs, y: outputs, filter: weights } = numbers(s);
    const [dy, filter, dx] = [stage.noise(outputs), stage.noise(weights), stage.room(inputs)];
    const at = (index: number) => {
      const i = index % s.ci;
      const [image, row, column] = place((index - i) / s.ci, s.w, s.h);
      const sum = new Sum();
      for (let tap = 0; tap < s.k * s.k; tap++) {
        const [r, c] = [(row + s.padding - Math.floor(tap / s.k)) / s.stride, (column + s.padding - (tap % s.k)) / s.stride];
        if (!Number.isInteger(r) || !Number.isInteger(c) || r < 0 || c < 0 || r >= s.ho || c >= s.wo) continue;
        const from = ((image * s.ho + r) * s.wo + c) * s.co;
        for (let o = 0; o < s.co; o++) sum.add(dy.at(from + o) * filter.at((tap * s.ci + i) * s.co + o));
      }
      return sum.expected;
    };
    return { operands: { dy, filter, dx }, outputs: [{ slice: dx, length: inputs, cost: s.k * s.k * s.co, at }] };
  },
};

export const filterGradientTrial: Tunable<ConvProblem, FilterGradientOperands> = {
  kernel: convolutionFilterGradient, small, flops, bytes, smaller: fewerImages,
  stage: (stage, s) => {
    const { x: inputs, y: outputs, filter: weights } = numbers(s);
    const [x, dy, df, db] = [stage.noise(inputs), stage.noise(outputs), stage.room(weights), s.bias ? stage.room(s.co) : null];
    const positions = s.n * s.ho * s.wo;
    const filterAt = (index: number) => {
      const [o, row] = [index % s.co, Math.floor(index / s.co)];
      const [i, tap] = [row % s.ci, Math.floor(row / s.ci)];
      const sum = new Sum();
      for (let position = 0; position < positions; position++) {
        const [image, y, z] = place(position, s.wo, s.ho);
        const [r, c] = [y * s.stride + Math.floor(tap / s.k) - s.padding, z * s.stride + (tap % s.k) - s.padding];
        if (r >= 0 && c >= 0 && r < s.h && c < s.w) sum.add(x.at(((image * s.h + r) * s.w + c) * s.ci + i) * dy.at(position * s.co + o));
      }
      return sum.expected;
    };
    const biasAt = (o: number) => {
      const sum = new Sum();
      for (let position = 0; position < positions; position++) sum.add(dy.at(position * s.co + o));
      return sum.expected;
    };
    return {
      operands: { x, dy, df, db },
      outputs: [{ slice: df, length: weights, cost: positions, at: filterAt }, ...(db ? [{ slice: db, length: s.co, cost: positions, at: biasAt }] : [])],
    };
  },
};
