/** English of augmentations: their names, options and notes, the panel that shows them, the list of a run. */
export const enAugment = {
  augment: {
    title: 'Augmentations',
    note: 'What training sees in place of an utterance. Validation is never augmented: there every utterance keeps one fixed window.',
    show: 'Show',
    again: 'Draw again',
    which: 'Augmentation',
    list: 'The list of the next run',
    listNote: 'as set on Train, in its order',
    none: 'The list is empty: every utterance is placed in the middle of the canvas.',
    utterance: 'Utterance',
    previous: 'Previous utterance',
    next: 'Next utterance',
    unknown: 'There is no such utterance; {{id}} is shown.',
    pictures: 'Before and after',
    before: 'Before',
    after: 'After',
    beforeOf: 'Spectrogram of {{id}} before augmentation',
    afterOf: 'Spectrogram of {{id}} after augmentation',
    size_one: '{{count}} frame, {{bands}} mel bands',
    size_other: '{{count}} frames, {{bands}} mel bands',
    mixed: '{{own}} of the utterance itself, {{other}} of {{id}}.',
    steps: 'Augmentations, in their order',
    stepsHint: 'They act from top to bottom, on training draws only.',
    position: '{{position}}. {{name}}',
    add: 'Add augmentation',
    remove: 'Remove {{name}}',
    up: 'Move {{name}} up',
    down: 'Move {{name}} down',
    once: 'already in the list',
  },
  augmentNotes: {
    'paper-dice':
      'Brings every utterance to 512 frames as the paper does: a random window of a longer one; a shorter one placed at random between silence, or tiled.',
    repeat:
      'Repeats a short utterance from its beginning until 512 frames are full; of a longer one the middle is seen. Nothing is drawn: validation sees the same.',
    'spec-augment':
      'Overwrites random bands of time and of frequency (Park et al. 2019, without time warping). What is not masked keeps its grey.',
    gain: 'Makes the recording louder or softer under an unchanged grey scale: brighter or darker, clipped at both ends.',
    noise:
      'Adds noise of equal mean power in every mel band. The ratio is that of mean powers in the log-mel picture, not of the waveforms.',
    mixup:
      'Mixes each example with another one of its batch, image and targets, by one lambda for the batch and all tasks (Zhang et al. 2018). It acts on finished images, wherever it stands in the list.',
  },
};

/** In `augmentations`. */
export const enAugmentations = {
  'paper-dice': 'random window',
  repeat: 'repetition',
  'spec-augment': 'SpecAugment',
  gain: 'gain',
  noise: 'noise',
  mixup: 'mixup',
};

/** In `fields`. */
export const enAugmentFields = {
  timeMasks: 'Time masks',
  timeShare: 'Time mask, at most',
  timeShareHint: 'Share of the frames; each mask’s width is drawn from 0 to this.',
  frequencyMasks: 'Frequency masks',
  frequencyShare: 'Frequency mask, at most',
  frequencyShareHint: 'Share of the mel bands; each mask’s width is drawn from 0 to this.',
  fill: 'Masks are filled with',
  decibels: 'Gain, ± dB',
  decibelsHint: 'Drawn uniformly between − and + this.',
  snrLow: 'Signal-to-noise ratio from, dB',
  snrHigh: 'to, dB',
  alpha: 'α of Beta(α, α)',
  alphaHint: 'Small: mostly one of the two; 1: any mixture alike.',
};

/** In `fieldChoices`. */
export const enAugmentChoices = { fill: { mean: 'the mean level', minimum: 'the lowest level (black)' } };
