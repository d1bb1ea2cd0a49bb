/**
 * English around the weighting strategies. Their names, what they do and their options stand in their own
 * files (core/weighting/strategies).
 */
import { STRATEGIES } from '../../../core/weighting/registry';
import type { StrategyWords } from '../../../core/weighting/types';

type Choices = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Values of choices, by option key: one word for one value, whichever strategy has it. */
const optionChoice = {
  gradients: {
    representation: 'the shared representation',
    'last-layer': 'the last shared layer',
    full: 'everything shared',
  },
  heads: { unweighted: 'unweighted', weighted: 'weighted as well' },
  form: {
    log: 'ln L',
    log1p: 'ln(1 + L)',
    classification: 'classification',
    regression: 'regression',
    notebook: 'as in the authors’ notebook',
    'algorithm-1': 'algorithm 1 of the paper',
    softmax: 'softmax, as in LibMTL',
  },
  normalisation: { none: 'none', l2: 'by length', loss: 'by loss', 'loss+': 'by length and loss' },
  order: { random: 'drawn for every step', fixed: 'as listed' },
  reduction: { sum: 'sum', mean: 'mean' },
  reference: {
    'first-batch': 'the first batch',
    'first-epoch': 'the first epoch’s mean',
    'ln-classes': 'chance: ln of the classes',
  },
  rescale: { '1+c2': 'divide by 1 + c²', '1+c': 'divide by 1 + c', none: 'none' },
  scale: { min: 'weakest', median: 'median', rmse: 'root mean square' },
};

/** Those that strategies bring themselves come on top. */
const withChoices = { ...optionChoice };
for (const { words } of STRATEGIES)
  for (const [key, values] of Object.entries(words.choices ?? {}))
    Object.assign(withChoices, { [key]: { ...values, ...(withChoices as Choices)[key] } });

type Spoken = {
  readonly name: string;
  readonly note: string;
  readonly explain: string;
  readonly options?: Readonly<Record<string, string>>;
};
const spoken = ({ name, note, explain, options = {} }: StrategyWords): Spoken => ({
  name,
  note,
  explain,
  options,
});

export const enStrategies = {
  optionChoice: withChoices,
  strategy: Object.fromEntries(STRATEGIES.map(({ id, words }) => [id, spoken(words)])) as Readonly<
    Record<string, Spoken>
  >,
  weighing: {
    every: 'Measure gradients every … steps',
    everyHint: '0: never. Measuring changes no result; during a run it is set at the charts.',
    at: 'Measured at',
    plainCost: 'Estimated: no extra work beyond a plain step.',
    cost: 'Estimated: {{share}} more work than a plain step{{memory}}.',
    costMemory: ', and {{bytes}} more memory',
    needs: {
      losses: 'Needs the losses only.',
      representation:
        'Needs the tasks’ gradients at the shared representation: the heads’ backward passes twice.',
      'last-layer': 'Needs the tasks’ gradients at the last shared layer.',
      full: 'Needs every task’s own gradient: a backward pass of the trunk for each.',
    },
    controls: 'Measuring gradients',
    interval: 'Measure gradients',
    intervalNext: 'Measure in the next run',
    never: 'never',
    everyStep: 'every step',
    everySteps_one: 'every {{count}} step',
    everySteps_other: 'every {{count}} steps',
    meanCost_one: 'Weights and instruments took {{share}} of the latest {{count}} step ({{ms}} ms).',
    meanCost_other: 'Weights and instruments took {{share}} of the latest {{count}} steps ({{ms}} ms each).',
    noCost: 'The cost is measured during a run.',
    measuredCost:
      'Measured: {{share}} of this step’s time went into weights and instruments ({{ms}} ms of {{step}} ms).',
  },
  gradients: {
    title: 'Gradients',
    note: 'Of the unweighted losses, at: {{level}}. Every {{every}} steps.',
    off: 'Not measured in this run.',
    norms: 'Gradient lengths',
    normsNote: '‖gᵢ‖: how hard a task pulls before it is weighted.',
    cosines: 'Angles between tasks',
    cosinesNote: 'cos(gᵢ, gⱼ): below 0 the two tasks are in conflict.',
    allPairs: 'All pairs of tasks',
    allPairsNote: 'cos(gᵢ, gⱼ) at one step. Press a cell to draw that pair.',
    conflict: 'below 0: conflict',
    shares: 'Share of the update',
    sharesNote:
      'How much of the shared layers’ gradient is each task’s, weights included; the shares add up to 1.',
    pair: '{{a}} – {{b}}',
    against: 'below 0: against the update',
    empty: 'Appears with the first measured step.',
    sum: 'Sum of weights',
    sumNote: 'Σ ∂L/∂Lᵢ: acts as a factor of the learning rate.',
    madeUp: 'Fallback used in this step: {{what}}',
  },
  olderFormula: {
    short: 'formula of version 0.1.0',
    note: 'Computed with the formula of version 0.1.0: {{what}}',
    mark: '{{strategy}}: current formula',
    goesOn: 'If continued, the run uses the current formula.',
    scale: 'weights √‖G‖F times as large as those of the current formula.',
    rank: 'a gradient some 3,000 times shorter than another counted as dependent on it, and a task without a gradient was not left out.',
    zeros: 'a task without a gradient was not left out.',
  },
  fallback: {
    'zero-loss': 'a loss of zero, which the formula cannot take, counted as 10⁻⁸ or got an equal share',
    'singular-gram':
      'gradients that depend on one another: of several solutions, or none, the nearest was taken',
    'solved-task': 'a task without a gradient was left out; its weight is 0',
    'no-direction': 'gradients that vanish or cancel each other: a default direction was taken',
    'weights-clamped': 'a weight at its limit',
    'no-weight': 'all weights are zero and cannot be renormalised',
  },
};

/** Log entries of what a strategy had to make up. */
export const enFallbackLog = {
  'fallback-zero-loss':
    'A loss is zero, for which the strategy’s formula has no value: it counts as 10⁻⁸ or gets an equal share.',
  'fallback-singular-gram':
    'The tasks’ gradients depend on one another, so the strategy’s equations have several solutions or none: the nearest was taken.',
  'fallback-solved-task':
    'A task’s gradient is zero (nothing is left to learn of it): it was left out, and the others were weighed without it.',
  'fallback-no-direction':
    'The tasks’ gradients vanish or cancel each other: the strategy took its default direction.',
  'fallback-weights-clamped': 'A learned weight reached its limit.',
  'fallback-no-weight': 'All weights are zero and could not be renormalised.',
  'fallbacks-zero-loss': 'Epoch {{epoch}}: a loss was zero in {{count}} steps.',
  'fallbacks-singular-gram': 'Epoch {{epoch}}: gradients depended on one another in {{count}} steps.',
  'fallbacks-solved-task': 'Epoch {{epoch}}: a task without a gradient was left out in {{count}} steps.',
  'fallbacks-no-direction': 'Epoch {{epoch}}: gradients vanished or cancelled each other in {{count}} steps.',
  'fallbacks-weights-clamped': 'Epoch {{epoch}}: a learned weight was at its limit in {{count}} steps.',
  'fallbacks-no-weight': 'Epoch {{epoch}}: all weights were zero in {{count}} steps.',
};
