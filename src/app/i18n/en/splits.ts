/**
 * English words for ways to split, `splits.<id>`: `name` in a list, `note` under it, `value` where each value
 * is offered by itself, `short` in tables. Options are called `splits.options.<key>`.
 */
export const enSplits = {
  validation: 'Split',
  test: 'Test part',
  noTest: 'None',
  noTestNote: 'The best epoch is chosen and reported on the same utterances.',
  testNote:
    'Held out of training and validation and scored once, with the best epoch’s weights, when the run is finished.',
  chosenHere:
    'The best epoch is chosen on the validation side, so its scores there are a little too good. A test part, which no choice looks at, has scores without that.',
  emptyTest: 'The test part is empty: nothing will be tested at the end.',
  sharedWithTest_one: '{{column}}: {{count}} value is in the test part and in training or validation.',
  sharedWithTest_other: '{{column}}: {{count}} values are in the test part and in training or validation.',
  withTest: '{{split}}, test: {{test}}',
  options: {
    validationFraction: 'Share for validation',
    validationFractionOfTest: 'Share for the test',
    testFraction: 'Share for its own test part',
    column: 'Column',
    value: 'Value held out',
    speaker: 'Speaker held out',
    session: 'Session held out',
    folds: 'Folds',
    fold: 'Fold held out',
    name: 'Published by',
  },
  byName: 'Published split',
  byNameNone: 'None',
  byNameNoneNote: 'Whatever is chosen below.',
  taken: 'That group is the test part already. Choose another one for validation, or another test part.',
  takenForTest: 'That group is validated on already. Choose another one for the test part.',
  'published-folds': {
    name: 'Published folds',
    note: 'As its authors list who is held out in which fold.',
    short: 'fold {{fold}} of {{name}}',
  },
  'published-parts': {
    name: 'Published sets',
    note: 'Training, validation and test as the corpus is released.',
    value: 'Published sets: {{name}}',
    short: 'published sets {{name}}',
  },
  random: {
    name: 'Random, by utterance',
    note: 'The paper’s split: the same speakers on both sides.',
    short: 'random split, {{validationFraction}}',
  },
  stratified: {
    name: 'Random, the same share of every class',
    note: 'The same speakers on both sides; rare classes are on both.',
    short: 'stratified split by {{column}}, {{validationFraction}}',
  },
  session: {
    name: 'One session held out',
    note: 'Other speakers in validation; the stricter protocol.',
    value: 'Session {{session}} held out',
    short: 'session {{session}} held out',
  },
  speaker: {
    name: 'One speaker held out',
    note: 'A voice that training has never heard.',
    value: 'Speaker {{speaker}} held out',
    short: 'speaker {{speaker}} held out',
  },
  group: {
    name: 'One group held out',
    note: 'Any column of the corpus: a sentence, a style.',
    short: '{{column}} {{value}} held out',
  },
  folds: {
    name: 'k folds, by utterance',
    note: 'One run a fold: every utterance is held out once. The same speakers on both sides.',
    short: 'fold {{fold}} of {{folds}}',
  },
  'group-folds': {
    name: 'k folds, by group',
    note: 'Each speaker, or other group, whole in one fold.',
    short: 'fold {{fold}} of {{folds}} by {{column}}',
  },
  column: {
    name: 'As the corpus is divided',
    note: 'A column with train, dev and test.',
    value: 'By the column {{column}}',
    short: 'parts of the column {{column}}',
  },
  'one-to-others': {
    name: 'Train on one, test on the others',
    note: 'One corpus, or another group, trains and validates, by speaker; all others are the test part.',
    short: '{{column}} {{value}} to the others',
  },
};

/** What was scored on a test part. */
export const enTested = {
  title: 'Test part',
  note: 'Held out of training and of model selection, and scored once, with the weights of the best epoch, when the run was finished.',
  waits: 'Scored when the run is finished.',
  due: 'The run is finished, and its test part was not scored. Press Continue run: it is scored without any further step.',
  caption: 'Scores of the test part',
  run: 'Run',
  task: 'Task',
  loss: 'Loss',
  epoch: 'Weights of epoch',
  short: 'test {{score}}',
};
