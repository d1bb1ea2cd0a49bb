/** English of the weighting strategies: their names, what they do, and their options. */
const learningRate = 'Learning rate of the weights';
const gradients = {
  gradients: 'Gradients taken at',
  gradientsHint:
    'The shared representation costs almost nothing. Everything shared is the published definition; it takes a backward pass of the trunk for each task.',
  heads: 'Gradients inside the heads',
  headsHint: 'The weights always act on what is shared. Unweighted heads learn as under the plain sum.',
};

export const enStrategies = {
  optionChoice: {
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
  },
  strategy: {
    'unweighted-sum': {
      name: 'Unweighted sum',
      note: 'every task with weight 1; the baseline',
      explain: 'Every loss enters as it is. The task with the largest gradients rules the shared layers.',
    },
    mean: {
      name: 'Mean',
      note: 'every task with weight 1/T',
      explain:
        'The unweighted sum, a third as long: with Adam nearly the same run, with other optimisers a smaller learning rate.',
    },
    static: {
      name: 'Static weights',
      note: 'set by hand, also while training runs',
      explain: 'Hand-set factors. Move a slider and watch what gives.',
      options: { weights: 'Weights' },
    },
    'single-task': {
      name: 'One task alone',
      note: 'the reference a multitask run has to beat',
      explain:
        'The shared layers learn for one task; the other heads stay as they began. What a task loses or gains by company is measured against this.',
      options: { task: 'Task' },
    },
    'log-sum': {
      name: 'Sum of logarithms',
      note: 'scale-invariant',
      explain:
        'A tenth less loss counts the same wherever a task stands, so the unit of a loss does not matter. Small losses get large weights.',
      options: { form: 'Form', formHint: 'ln(1 + L) never weighs a task by more than 1.' },
    },
    geometric: {
      name: 'Geometric mean (GLS)',
      note: 'Chennupati 2019',
      explain:
        'Scale-invariant as the logarithm, but shrinking with the losses: the weights fall as the run gets better.',
    },
    'weighted-average': {
      name: 'Weighted average',
      note: 'by share of the loss; the paper’s best',
      explain:
        'A task weighs as much as its share of all losses. Differentiated through, as in the authors’ source, an easy task’s effective weight falls below zero.',
      options: {
        detached: 'Detach the shares',
        detachedHint: 'Hold pᵢ constant in the backward pass: effective = nominal.',
      },
    },
    'kendall-uncertainty': {
      name: 'Uncertainty',
      note: 'Kendall, Gal, Cipolla 2018',
      explain:
        'One learned sᵢ per task, the logarithm of its noise: a noisy task lowers its own weight. At rest the weights are 1/L or half of it, but they get there slowly.',
      options: {
        form: 'Form',
        formHint: 'Three forms are in use under this name; they differ in factors of two.',
        learningRate,
        learningRateHint: 'Of the Adam that moves the sᵢ.',
        initial: 'Initial s',
      },
    },
    'revised-uncertainty': {
      name: 'Revised uncertainty',
      note: 'Kendall 2018, as amended by Liebel and Körner 2018',
      explain:
        'One learned cᵢ per task, trained along: a noisy task lowers its own weight, the logarithm keeps it from vanishing.',
      options: { learningRate: 'Learning rate of c', learningRateHint: 'Of the Adam that moves the cᵢ.' },
    },
    'imtl-l': {
      name: 'IMTL-L',
      note: 'learned scales; Liu 2021',
      explain: 'Learned factors that bring every weighted loss to 1, whatever its unit.',
      options: { learningRate, learningRateHint: 'Of the Adam that moves the sᵢ.' },
    },
    dwa: {
      name: 'Dynamic weight average (DWA)',
      note: 'by how fast a loss falls; Liu 2019',
      explain:
        'A task whose loss fell least over the last two epochs gets most weight. It sees ratios only: a task that cannot be learned keeps its weight.',
      options: { temperature: 'Temperature τ', temperatureHint: 'High: all weights near 1.' },
    },
    random: {
      name: 'Random weights (RLW)',
      note: 'new ones every step; Lin 2022',
      explain:
        'Drawn from the run’s seed. A strategy that is not better than this has not shown that it does anything.',
    },
    'uw-o': {
      name: 'UW-O',
      note: 'uncertainty at its optimum; Kirchdorfer 2024',
      explain:
        'What uncertainty weighting would learn if it had no inertia: 1/L, constant in the backward pass. The total is always T.',
    },
    'uw-so': {
      name: 'UW-SO',
      note: 'UW-O through a softmax; Kirchdorfer 2024',
      explain:
        'Sum 1. Saturates on the easiest task: at L = (1.2, 2.1, 0.05) and τ = 1 it gets all the weight.',
      options: {
        temperature: 'Temperature τ',
        temperatureHint: 'Must be tuned; larger is more even.',
        floor: 'Least loss',
        floorHint: 'No loss counts as less than this.',
      },
    },
    'smooth-tchebycheff': {
      name: 'Smooth Tchebycheff',
      note: 'a smooth maximum; Lin 2024',
      explain:
        'After a warm-up, each loss is measured against where it stood then, and the task that lags most gets most weight.',
      options: {
        mu: 'Smoothness μ',
        muHint: 'Small: only the worst task counts.',
        warmUp: 'Warm-up, epochs',
      },
    },
    famo: {
      name: 'FAMO',
      note: 'all losses fall at one rate; Liu 2023',
      explain:
        'Looks at the same batch again after the step and shifts weight to the tasks that improved least: one forward pass more.',
      options: {
        learningRate,
        learningRateHint: 'Of the Adam that moves w.',
        decay: 'Weight decay of w',
        decayHint: 'Published codes use 0.01, 0.001 or 0.00001.',
        minimum: 'Least loss',
        minimumOf: 'Least loss known, {{task}}',
      },
    },
    'grad-norm': {
      name: 'GradNorm',
      note: 'equal pull, by training speed; Chen 2018',
      explain:
        'Moves the weights until every task’s gradient is as long as its training speed asks for. A task that lags may pull harder.',
      options: {
        gradients: gradients.gradients,
        gradientsHint: 'Published: the weights of the last shared layer.',
        form: 'Form',
        formHint:
          'Algorithm 1: plain gradient steps on w; with gradients around 40 long, weights leap from step to step. LibMTL: w = T·softmax(s), s moved by Adam; steady at any length. L(0) is then always the first epoch’s mean, and the rate there is that of the network.',
        alpha: 'Restoring force α',
        alphaHint: '0: all gradients equally long.',
        learningRate,
        learningRateHint: 'Of the steps that move w, or s.',
        reference: 'Training speed since',
        referenceHint:
          'What L(0) is. With the first epoch’s mean, the weights stay 1 until that epoch is over.',
      },
    },
    mgda: {
      name: 'MGDA',
      note: 'the shortest combination; Sener and Koltun 2018',
      explain:
        'The one convex combination that makes no task worse. It leans towards tasks with small gradients. At the shared representation it is the published MGDA-UB.',
      options: {
        ...gradients,
        normalisation: 'Normalise gradients',
        normalisationHint: 'For finding the weights only; they act on the raw losses.',
      },
    },
    pcgrad: {
      name: 'PCGrad',
      note: 'gradient surgery; Yu 2020',
      explain:
        'Where two gradients conflict, each loses its part along the other. Without a conflict it is the plain sum.',
      options: {
        ...gradients,
        reduction: 'Projected gradients',
        reductionHint: 'A popular port always takes the mean, whatever it is told.',
        order: 'Order of projections',
        orderHint:
          'Published: drawn, here from the run’s seed. The authors’ code shuffles and then keeps the order.',
      },
    },
    cagrad: {
      name: 'CAGrad',
      note: 'conflict-averse; Liu 2021',
      explain: 'Stays within a distance of the mean gradient and helps there the task that is helped least.',
      options: { ...gradients, c: 'Distance c', cHint: '0: the mean gradient.', rescale: 'Rescale' },
    },
    'imtl-g': {
      name: 'IMTL-G',
      note: 'equal projections; Liu 2021',
      explain:
        'The combination whose projection on every task’s direction is the same. Weights may be negative.',
      options: gradients,
    },
    'nash-mtl': {
      name: 'Nash-MTL',
      note: 'a bargain; Navon 2022',
      explain: 'The tasks bargain for the direction; the product of their gains is as large as can be.',
      options: {
        ...gradients,
        every: 'Bargain every … steps',
        everyHint: 'Published: 1. In between the weights stay.',
        maxNorm: 'Longest shared gradient',
        maxNormHint:
          'The authors clip at 1. 0: no clipping. At the representation the length is the one there.',
      },
    },
    fairgrad: {
      name: 'FairGrad',
      note: 'α-fair progress; Ban and Ji 2024',
      explain: 'Between the sum (α near 0) and the worst-off task (α large). α = 1 is Nash-MTL.',
      options: { ...gradients, alpha: 'Fairness α' },
    },
    'aligned-mtl': {
      name: 'Aligned-MTL',
      note: 'orthogonal gradients; Senushkin 2023',
      explain:
        'Makes the gradients orthogonal and equally long before adding them, at the length of the weakest direction.',
      options: {
        ...gradients,
        reduction: 'Reduction',
        scale: 'Length',
        scaleHint: 'Of the principal directions, whose lengths become equal. Published: the weakest.',
      },
    },
    'db-mtl': {
      name: 'DB-MTL',
      note: 'balances losses and gradients; Lin 2023',
      explain:
        'Logarithmic losses, and every task’s gradient, averaged over the steps, as long as the longest. The averages begin at zero, as published: under β = 0.9 the first step is a tenth as long, and the average needs some ten steps to grow. They are copies of the shared layers, one a task.',
      options: {
        gradients: gradients.gradients,
        gradientsHint: 'Only with β = 0; averages are always of everything shared.',
        beta: 'Moving average β',
        betaHint:
          'Published: 0.9. 0: no average, no copies, and the gradients may be taken at the shared representation.',
        sigma: 'Fading σ',
        sigmaHint: 'Step k averages with β / k^σ. 0: always β.',
      },
    },
    upgrad: {
      name: 'UPGrad',
      note: 'nobody pays; Quinton and Rey 2024',
      explain: 'Each gradient is first turned so far that it makes no task worse; then all are added.',
      options: gradients,
    },
  },
  weighing: {
    renormalise: 'Renormalise weights to sum T',
    renormaliseHint:
      'The sum of the weights is a hidden learning rate: some strategies have T, some 1, some 1/L. Scaled to T, a comparison shows the strategy and not its sum. Negative weights count by their size.',
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
