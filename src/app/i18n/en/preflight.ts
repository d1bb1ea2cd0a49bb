/** What ought to be known of a corpus before a run. */
export const enPreflight = {
  preflight: {
    title: 'Pre-flight report',
    note: 'What could bias or limit the results of a run with this corpus, label scheme and split. It is part of every exported run.',
    json: 'JSON',
    nothing: 'Nothing to warn of.',
    train: 'Pre-flight remarks on this corpus and split: {{count}}.',
    trainNone: 'Pre-flight: nothing to warn of.',
    toData: 'Read them on Data',
    findings: 'Remarks',
    examples: 'For example: {{names}}',
    release: 'The label scheme uses {{found}} utterances; of the full release it uses {{full}}.',
    alikeUnknown:
      'Near-identical recordings are looked for as soon as the spectrograms of this corpus are there.',
    alikeNone: 'None were found.',
    alikeKnown:
      'Near-identical recordings were looked for by the correlation of log-mel (0.9 and more) among {{count}} recordings; those whose lengths differ by more than 0.25 s or whose sample rates differ were not compared with each other.',
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
        'Validation recordings identical to a training recording, which a model can memorise: {{count}}.',
      identical: 'Recordings with the same sound as another one: {{count}}.',
      'nearly-in-training':
        'Validation or test recordings that are nearly the same as a training recording: {{count}}.',
      'nearly-identical': 'Pairs of nearly the same recordings (correlation of log-mel): {{count}}.',
      'not-compared':
        'Not compared, because there are too many: {{recordings}} recordings and {{pairs}} pairs.',
      shared: 'Values of “{{column}}” both in training and in validation: {{count}}.',
      'two-values': 'Values of “{{group}}” with more than one “{{column}}”: {{count}}.',
      excluded: 'Utterances excluded by the configuration: {{count}}.',
      'excluded-unknown':
        'Excluded utterances that this corpus does not have (the list is of another corpus or copy): {{count}}.',
      unmeasurable: '“{{column}}” cannot be measured with this split ({{reason}}).',
      'mixed-rates': 'Different sample rates among the recordings: {{count}}.',
      stereo:
        'Recordings with more than one channel: {{count}}. “Channels of a stereo recording” says which are used.',
      silent: 'Silent recordings: {{count}}.',
      clipped: 'Clipped recordings: {{count}}.',
      'too-short': 'Recordings shorter than one window of the spectrogram: {{count}}.',
      'too-long':
        'Recordings of which a model sees less than half at a time: {{count}}; of the longest, {{seconds}} s, it sees {{share}}.',
    },
    reason: {
      constant: 'training has one class',
      unseen: 'training has none of the classes of validation',
      single: 'validation has one class that training has',
      unlabelled: 'a side has no label',
    },
  },
};
