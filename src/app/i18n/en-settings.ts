/** English names of a configuration's fields: in tables of differences, in names of recipes, in what is said of a field that does not fit. */
export const enSettings = {
  names: {
    version: 'Version', strategy: 'Strategy', split: 'Split', features: 'Spectrogram', adam: 'Adam', instruments: 'Gradient measurement', initialWeights: 'Initial weights', origin: 'Forked from',
    corpus: 'Corpus', 'corpus-kind': 'Kind of corpus', 'corpus-seed': 'Seed of the demo', 'corpus-difficulty': 'Difficulty of the demo', 'corpus-id': 'Corpus, fingerprint', 'corpus-name': 'Corpus',
    labelScheme: 'Label scheme', 'split-kind': 'Split', 'split-validationFraction': 'Share for validation', 'split-session': 'Session held out',
    'features-sampleRate': 'Sample rate', 'features-nFft': 'FFT size', 'features-hop': 'Hop', 'features-nMels': 'Mel bands', 'features-fMin': 'Lowest frequency', 'features-fMax': 'Highest frequency', 'features-melScale': 'Mel scale', 'features-padMode': 'Padding', 'features-topDb': 'Range, dB',
    architecture: 'Architecture', width: 'Width', inputSize: 'Input, pixels', tasks: 'Tasks', 'strategy-id': 'Strategy', 'strategy-version': 'Version of the formula', renormalise: 'Weights scaled to sum T',
    'instruments-every': 'Gradients measured every', 'instruments-gradients': 'Gradients measured at', 'adam-learningRate': 'Learning rate', 'adam-beta1': 'Adam β₁', 'adam-beta2': 'Adam β₂', 'adam-epsilon': 'Adam ε',
    batchSize: 'Batch', microBatch: 'Examples at once', epochs: 'Epochs at most', epochsDone: 'Epochs finished', patience: 'Patience', monitor: 'Monitored', 'initialWeights-id': 'Initial weights, SHA-256', 'initialWeights-name': 'Initial weights',
    'origin-runId': 'Forked from, id', 'origin-name': 'Forked from', 'origin-which': 'Forked at', 'origin-step': 'Forked after step', 'origin-epoch': 'Forked in epoch', seed: 'Seed', backend: 'Backend', workers: 'Workers',
  },
  values: { random: 'random', session: 'one session', demo: 'demo', folder: 'folder', reflect: 'mirrored', constant: 'zeros', best: 'best epoch', last: 'last epoch', auto: 'automatic', own: 'own', none: 'none', yes: 'yes', no: 'no' },
};
