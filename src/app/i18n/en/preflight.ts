/** What ought to be known of a corpus before a run. */
export const enPreflight = {
  preflight: {
    title: 'Pre-flight report',
    note: 'What would flatter, spoil or bound what a run measures, for this corpus, label scheme and split. It is part of every exported run.',
    json: 'JSON',
    nothing: 'Nothing to warn of.',
    train: 'Pre-flight: {{count}} remarks on this corpus and split.',
    trainNone: 'Pre-flight: nothing to warn of.',
    toData: 'Read them on Data',
    findings: 'Remarks',
    examples: 'For example: {{names}}',
    release: 'The label scheme uses {{found}} utterances; of the full release it uses {{full}}.',
    outlook: 'What a model scores that has learnt nothing',
    task: 'Task',
    random: 'Random: UAR',
    majority: 'Always the most frequent: UAR',
    majorityAccuracy: 'Always the most frequent: accuracy',
    smallest: 'Smallest difference in accuracy',
    interval: 'Interval of a UAR',
    outlookNote:
      'Smallest difference: 6 utterances that one model has right and the other wrong, and none the other way, which is where exact McNemar falls below 0.05. Interval: 95 % of a UAR where every recall is one half, the widest case. Utterances count as independent; those of one speaker are alike, so that true differences must be larger.',
    finding: {
      'heard-in-training':
        '{{count}} validation recordings have the same sound as a training recording: they are learnt by heart.',
      identical: '{{count}} recordings have the same sound as another one.',
      shared: '{{count}} values of “{{column}}” are in training and in validation.',
      'two-values': '{{count}} values of “{{group}}” have more than one “{{column}}”.',
      unmeasurable: '“{{column}}” cannot be measured with this split ({{reason}}).',
      'mixed-rates': 'The recordings have {{count}} different sample rates.',
      silent: '{{count}} recordings are silent.',
      clipped: '{{count}} recordings are clipped.',
      'too-short': '{{count}} recordings are shorter than one window of the spectrogram.',
      'too-long':
        'Of {{count}} recordings a model sees less than half at a time; of the longest, {{seconds}} s, it sees {{share}}.',
    },
    reason: {
      constant: 'training has one class',
      unseen: 'training has none of the classes of validation',
      single: 'validation has one class that training has',
      unlabelled: 'a side has no label',
    },
  },
};
