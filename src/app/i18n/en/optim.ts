/** English of the optimiser's and schedule's fields and of the learning-rate range test. */
export const enOptim = {
  optim: {
    optimizer: 'Optimiser',
    schedule: 'Learning-rate schedule',
    rateChart: 'Learning rate',
    rateNote: 'Of every step, by the schedule. Logarithmic.',
  },
  optimizers: { sgd: 'SGD', adam: 'Adam', adamw: 'AdamW' },
  optimizerNotes: {
    sgd: 'Stochastic gradient descent with momentum (Sutskever et al. 2013), as torch.optim.SGD.',
    adam: 'Kingma & Ba 2015, as torch.optim.Adam. The paper uses it.',
    adamw: 'Adam with decoupled weight decay (Loshchilov & Hutter 2019), as torch.optim.AdamW.',
  },
  schedules: {
    constant: 'constant rate',
    cosine: 'cosine with warm-up',
    step: 'step',
    exponential: 'exponential',
    plateau: 'plateau',
  },
  scheduleNotes: {
    constant: 'The same rate at every step.',
    cosine:
      'A linear warm-up (Goyal et al. 2017), then half a cosine down to the smallest rate (Loshchilov & Hutter 2017), over all epochs that the run may take.',
    step: 'Multiplied by a factor every so many epochs (He et al. 2016: by 0.1 every 30).',
    exponential: 'Multiplied by a factor every epoch, as ExponentialLR in PyTorch.',
    plateau: 'Lowered when what is monitored has not improved for a while, as ReduceLROnPlateau in PyTorch.',
  },
  range: {
    open: 'Find a learning rate',
    title: 'Learning-rate range test',
    explain:
      'A new network is trained with your data, strategy and batch size while the learning rate grows from step to step (Smith 2017). A good rate lies where the loss falls most steeply, well before it diverges. This is not a run: nothing is stored, and no stored run is touched.',
    from: 'From',
    to: 'To',
    steps: 'Steps',
    start: 'Start the test',
    use: 'Use {{rate}}',
    running: 'Step {{done}} of {{total}} …',
    ended: {
      range: 'The largest rate was reached.',
      diverged: 'The loss diverged at {{rate}}.',
      cancelled: 'Cancelled.',
    },
    suggestion: 'The loss falls most steeply at {{rate}}.',
    noSuggestion: 'The loss falls nowhere clearly enough to suggest a rate.',
    here: '{{rate}}',
    chart: 'Loss over the learning rate',
    note: 'The loss before each step over the rate of that step; losses far above the first are clipped.',
    total: 'Sum of the task losses',
    smoothed: 'Sum, smoothed',
    rate: 'Learning rate',
    empty: 'Nothing measured yet.',
  },
};
