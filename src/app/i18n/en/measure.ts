/** English of what cannot be measured, and of monitors that mislead. */
export const enMeasure = {
  measure: {
    short: 'not measurable',
    reason: {
      unseen:
        '{{task}}: not measurable. No class of the validation side occurs in training, as is the case where speakers are held out. It has no validation loss and no score.',
      constant:
        '{{task}}: constant. Training has only one class: there is nothing to learn, and always giving that answer would score 100%. It has no scores.',
      unlabelled: '{{task}}: not measurable. One side of the split has no label of it.',
      single:
        '{{task}}: not measurable. All validation utterances are of one class: always giving that answer would score 100%. It has no validation loss and no score.',
    },
    apart: 'It takes no part in “best” and early stopping.',
    countsAll: 'Recorded by version 0.1.0: “best” and early stopping counted it nevertheless.',
    leftOut_one:
      '{{task}}: {{count}} validation utterance is of a class that does not occur in training; it is left out of loss and scores.',
    leftOut_other:
      '{{task}}: {{count}} validation utterances are of classes that do not occur in training; they are left out of loss and scores.',
    gaps_one: 'A logarithmic scale cannot show a loss of zero: {{count}} point is missing from the line.',
    gaps_other:
      'A logarithmic scale cannot show a loss of zero: {{count}} points are missing from the lines.',
    held: 'Speakers that are held out do not occur in training: {{task}} cannot be measured with this split.',
    off: '{{task}}: off. Only one class of it (“{{name}}”) is in training: constant, nothing to learn.',
    noColumn: '{{task}}: off. The corpus has no labels of it.',
    tasks: 'Tasks',
    nothing:
      'None of the tasks can be measured with this split: a run would have no best epoch and no score, and is refused. Split at random, or add a task.',
    untested: 'Not measurable, and not tested: {{tasks}}.',
    runs: '{{task}}: not measurable in {{runs}}, and left out of means, tests and charts.',
    countsAllRuns:
      'Recorded by version 0.1.0, which chose “best” by a sum that includes a task that cannot be measured: {{runs}}',
  },
  monitoring: {
    use: 'Monitor the sum of task losses',
    published: 'The paper’s preset monitors the strategy’s total, as published.',
    taskReplaced:
      'This value cannot be measured with this split: the sum of the task losses that can be is monitored instead.',
    replaced:
      'One of the tasks cannot be measured, and the strategy’s total needs the loss of every task: the sum of the other task losses is monitored instead.',
    misleading: {
      falls:
        'The total of this strategy contains learned offsets that fall with every step, even where the network learns nothing: nearly every epoch is “best”, and early stopping does not act.',
      moves:
        'The weights of this strategy change during training, and its total with them, even where no loss does: “best” follows the weights as well as the losses.',
      logarithms:
        'The total of this strategy counts ratios of losses: a task that is nearly solved and still improves can decide “best” alone.',
      constant:
        'The total of this strategy is always the number of tasks: no epoch after the first is “best”, and early stopping acts as soon as its patience is over.',
    },
    drift_one:
      'For {{count}} epoch each total was the smallest so far, while the sum of the task losses did not improve. “Best” and early stopping follow the strategy’s own terms here, not the losses.',
    drift_other:
      'For {{count}} epochs each total was the smallest so far, while the sum of the task losses did not improve. “Best” and early stopping follow the strategy’s own terms here, not the losses.',
    next: 'Monitor the sum of task losses in the next run',
  },
};

export const enMeasureLog = {
  'task-unseen':
    'The task “{{task}}” cannot be measured: no class of the validation side occurs in training. It is trained, but has no validation loss and no score, and takes no part in “best” and early stopping.',
  'task-constant':
    'The task “{{task}}” is constant: training has only one class of it, there is nothing to learn. It has no scores and takes no part in “best” and early stopping.',
  'task-single':
    'The validation utterances of the task “{{task}}” are all of one class: always giving that answer would score 100%. It is trained, but has no validation loss and no score, and takes no part in “best” and early stopping.',
  'task-unlabelled':
    'The task “{{task}}” cannot be measured: one side of the split has no label of it. It takes no part in “best” and early stopping.',
  'targets-equal':
    'All validation utterances have the same value of “{{task}}”. Its loss and its errors are measured; CCC and Pearson correlation have no value.',
  'loss-without-value':
    'All validation utterances have the same value of “{{task}}”: its loss, 1 − CCC, is not measured there and takes no part in “best” and early stopping. Its errors are measured.',
  'batches-without-label':
    '{{task}}: {{count}} of {{of}} batches in epoch {{epoch}} had no label of it. There it counted for no weight, and the strategy’s state did not move.',
  'classes-left-out':
    '{{task}}: {{count}} validation utterances of classes that do not occur in training ({{classes}}) are left out of loss and scores.',
  'monitor-replaced':
    'What was to be monitored cannot be measured with this split: the sum of the task losses that can be is monitored instead.',
  'monitor-counts-all':
    'This run was started by version 0.1.0 and keeps its rule: a task that cannot be measured still counts in the monitored value.',
  'total-drifts':
    'For {{count}} epochs each total was the smallest so far, while the sum of the task losses did not improve: “best” and early stopping follow the strategy’s own terms, not the losses. The next run can monitor the sum of task losses.',
};
