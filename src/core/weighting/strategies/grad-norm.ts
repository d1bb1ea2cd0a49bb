/**
 * GradNorm: weights that are moved so that every task's weighted gradient is as long as its learning speed
 * asks for. Chen, Badrinarayanan, Lee, Rabinovich, ICML 2018 (arXiv 1711.02257, algorithm 1); lengths at the
 * last shared layer's weights.
 */
import { choiceField, numberField } from '../../options/field';
import { epochMeans, startMeans } from '../epoch-means';
import { learn, listOf, startLearning } from '../learned';
import { weightedSum } from '../notation';
import { dot, floored, noteOfFloor, softmax, sum } from '../numerics';
import { reader } from '../options';
import {
  AT_REST,
  type GradientLevel,
  type StepContext,
  type Strategy,
  type StrategyOptions,
  type StrategyState,
} from '../types';

const LEVELS = ['last-layer', 'representation', 'full'] as const satisfies readonly [
  GradientLevel,
  ...GradientLevel[],
];
/** As algorithm 1 moves the weights, or as LibMTL's port does. */
const FORMS = ['algorithm-1', 'softmax'] as const;
/** What L(0) is. Published codes differ: the first batch, the first epoch's mean, the loss of a guess. */
const REFERENCES = ['first-batch', 'first-epoch', 'ln-classes'] as const;
/** No weight falls below this before the sum is brought back to T. */
const LEAST_WEIGHT = 1e-3;

const OPTIONS = {
  gradients: choiceField({ choices: LEVELS, default: 'last-layer' }),
  form: choiceField({ choices: FORMS, default: 'algorithm-1' }),
  alpha: numberField({ min: 0, max: 5, step: 0.1, default: 1.5, live: true }),
  learningRate: numberField({ min: 0.0001, max: 0.5, step: 0.0001, default: 0.025, live: true }),
  reference: choiceField({ choices: REFERENCES, default: 'first-batch' }),
};
const read = reader(OPTIONS);

/**
 * L = Σ w_i L_i. After a step w moves against the gradient of Σ |w_i‖g_i‖ − sg(mean(w‖g‖)·ρ_i^α)|, ρ_i =
 * (L_i/L_i(0)) over the mean of all; then the sum is T again. Sum T. L_i(0) are the losses of the first
 * batch, or ln C_i, the cross-entropy of guessing among C_i classes, or the mean losses of the first epoch,
 * until the end of which the weights stay 1.
 * `softmax`, LibMTL's form (LibMTL/weighting/GradNorm.py): w = T·softmax(s), s moved by Adam against the same
 * gradient, carried on through the softmax; L(0) are the first epoch's means. No length of a gradient makes
 * it leap: Adam's steps are as long as its rate, there that of the network.
 */
export const gradNorm: Strategy = {
  id: 'grad-norm',
  group: 'gradients',
  misleadingTotal: 'moves',
  words: {
    name: 'GradNorm',
    note: 'equal pull, by training speed; Chen 2018',
    explain:
      'Moves the weights until every task’s gradient is as long as its training speed asks for. A task that lags may pull harder.',
    options: {
      gradients: 'Gradients taken at',
      gradientsHint: 'Published: the weights of the last shared layer.',
      form: 'Form',
      formHint:
        'Algorithm 1: plain gradient steps on w; with gradients around 40 long, weights leap from step to step. LibMTL: w = T·softmax(s), s moved by Adam; steady at any length. L(0) is then always the first epoch’s mean, and the rate there is that of the network.',
      alpha: 'Restoring force α',
      alphaHint: '0: all gradients equally long.',
      learningRate: 'Learning rate of the weights',
      learningRateHint: 'Of the steps that move w, or s.',
      reference: 'Training speed since',
      referenceHint:
        'What L(0) is. With the first epoch’s mean, the weights stay 1 until that epoch is over.',
    },
  },
  needs: (options) => read(options).gradients,
  lossFree: true,
  options: OPTIONS,
  formula: (options) =>
    `L = Σᵢ wᵢ·Lᵢ,  ${isSoftmax(options) ? 'w = T·softmax(s),  ' : ''}wᵢ‖gᵢ‖ → mean(w‖g‖)·ρᵢ^α,  ρᵢ = (Lᵢ/Lᵢ(0)) / mean(L/L(0))`,
  formulaWithNumbers: (losses, step) => weightedSum(losses, step.nominal, step.total),
  init: (taskCount, options) => ({
    ...(isSoftmax(options)
      ? startLearning(
          's',
          Array.from({ length: taskCount }, () => 0),
        )
      : { w: Array.from({ length: taskCount }, () => 1) }),
    first: [],
  }),
  weigh: (losses, options, state) => {
    const weights = weightsOf(options, state);
    const clamped = !isSoftmax(options) && weights.some((weight) => weight <= LEAST_WEIGHT * (1 + 1e-9));
    return {
      total: dot(weights, losses),
      nominal: weights,
      effective: weights,
      ...noteOfFloor(losses),
      ...(clamped ? { fallback: 'weights-clamped' as const } : {}),
    };
  },
  update: (losses, options, state, context = AT_REST) => {
    const { gram } = context;
    if (!gram) return state;
    const known = reference(losses, options, state, context);
    if ('sums' in known) return { ...state, ...known };
    const first = listOf(known, 'first');
    const w = weightsOf(options, state);
    const norms = gram.map((row, i) => Math.sqrt(row[i]!));
    const weighted = norms.map((norm, i) => w[i]! * norm);
    const mean = sum(weighted) / w.length;
    const ratios = losses.map((loss, i) => loss / first[i]!);
    const common = sum(ratios) / w.length;
    const targets = ratios.map((ratio) =>
      common === 0 ? mean : mean * (ratio / common) ** read(options).alpha,
    );
    const rate = read(options).learningRate;
    const gradient = norms.map((norm, i) => Math.sign(weighted[i]! - targets[i]!) * norm);
    // dw_i/ds_j = w_i (δ_ij − w_j/T)
    if (isSoftmax(options))
      return {
        ...learn(
          state,
          's',
          w.map((weight, i) => weight * (gradient[i]! - dot(w, gradient) / w.length)),
          rate,
        ),
        first,
      };
    const moved = w.map((weight, i) => Math.max(LEAST_WEIGHT, weight - rate * gradient[i]!));
    const scale = w.length / sum(moved);
    return { w: moved.map((weight) => weight * scale), first };
  },
};

const isSoftmax = (options: StrategyOptions): boolean => read(options).form === 'softmax';
const weightsOf = (options: StrategyOptions, state: StrategyState): readonly number[] =>
  isSoftmax(options)
    ? softmax(listOf(state, 's')).map((share) => share * listOf(state, 's').length)
    : listOf(state, 'w');

/** L(0), or the sums of the epoch that it will be the mean of. */
function reference(
  losses: readonly number[],
  options: StrategyOptions,
  state: StrategyState,
  { epoch, classes }: StepContext,
): StrategyState {
  const kept = listOf(state, 'first');
  if (kept.length > 0) return { first: kept };
  const which = isSoftmax(options) ? 'first-epoch' : read(options).reference;
  // Nothing can be learned of one class: its loss is 0, and so is what it could be compared with.
  if (which === 'ln-classes' && classes) return { first: floored(classes.map((count) => Math.log(count))) };
  if (which !== 'first-epoch') return { first: floored(losses) };
  const means = epochMeans.over(state, epoch);
  return means
    ? { first: floored(means) }
    : epochMeans.add('sums' in state ? state : startMeans(losses.length), losses, epoch);
}
