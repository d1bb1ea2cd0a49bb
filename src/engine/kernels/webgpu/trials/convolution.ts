/** Trials of the three convolution kernels, which serve fully connected layers, too. */
import { biasGradientAt, filterGradientAt, forwardAt, inputGradientAt } from '../../reference/convolution';
import { convShape, type ConvShape } from '../../shared/conv-shape';
import { convolutionFilterGradient, type FilterGradientOperands } from '../convolution-filter-gradient';
import { convolutionForward, type ForwardOperands } from '../convolution-forward';
import { convolutionInputGradient, type InputGradientOperands } from '../convolution-input-gradient';
import { fewerImages, type Tunable } from './trial';

/** A convolution as a layer of a model has it. */
export interface ConvProblem extends ConvShape {
  /** Of the filter's gradient: whether the bias' is wanted with it. */
  readonly bias: boolean;
}

const numbers = (s: ConvShape) => ({
  x: s.n * s.h * s.w * s.ci,
  y: s.n * s.ho * s.wo * s.co,
  filter: s.k * s.k * s.ci * s.co,
});
const flops = (s: ConvShape): number => 2 * s.n * s.ho * s.wo * s.co * s.k * s.k * s.ci;
const bytes = (s: ConvShape): number => {
  const { x, y, filter } = numbers(s);
  return 4 * (x + y + filter);
};

/** Two tiles of every variant and a bit of each edge. */
const small: ConvProblem = {
  ...convShape([2, 9, 7, 12], [3, 3, 12, 40], { stride: 1, padding: 1 }),
  bias: true,
};
/** The same for the gradient of the input, whose columns are input channels. */
const smallBack: ConvProblem = {
  ...convShape([2, 9, 7, 40], [3, 3, 40, 12], { stride: 1, padding: 1 }),
  bias: true,
};

export const forwardTrial: Tunable<ConvProblem, ForwardOperands> = {
  kernel: convolutionForward,
  small,
  flops,
  bytes,
  smaller: fewerImages,
  stage: (stage, s) => {
    const { x: inputs, y: length, filter: weights } = numbers(s);
    const [x, filter, bias, y] = [
      stage.noise(inputs),
      stage.noise(weights),
      stage.noise(s.co),
      stage.room(length),
    ];
    return {
      operands: { x, filter, bias, y, relu: false },
      outputs: [{ slice: y, length, cost: s.k * s.k * s.ci, at: forwardAt(s, x.at, filter.at, bias.at) }],
    };
  },
};

export const inputGradientTrial: Tunable<ConvProblem, InputGradientOperands> = {
  kernel: convolutionInputGradient,
  small: smallBack,
  flops,
  bytes,
  smaller: fewerImages,
  stage: (stage, s) => {
    const { x: length, y: outputs, filter: weights } = numbers(s);
    const [dy, filter, dx] = [stage.noise(outputs), stage.noise(weights), stage.room(length)];
    return {
      operands: { dy, filter, dx },
      outputs: [{ slice: dx, length, cost: s.k * s.k * s.co, at: inputGradientAt(s, dy.at, filter.at) }],
    };
  },
};

export const filterGradientTrial: Tunable<ConvProblem, FilterGradientOperands> = {
  kernel: convolutionFilterGradient,
  small,
  flops,
  bytes,
  smaller: fewerImages,
  stage: (stage, s) => {
    const { x: inputs, y: outputs, filter: length } = numbers(s);
    const [x, dy, df, db] = [
      stage.noise(inputs),
      stage.noise(outputs),
      stage.room(length),
      s.bias ? stage.room(s.co) : null,
    ];
    const cost = s.n * s.ho * s.wo;
    return {
      operands: { x, dy, df, db },
      outputs: [
        { slice: df, length, cost, at: filterGradientAt(s, x.at, dy.at) },
        ...(db ? [{ slice: db, length: s.co, cost, at: biasGradientAt(s, dy.at) }] : []),
      ],
    };
  },
};
