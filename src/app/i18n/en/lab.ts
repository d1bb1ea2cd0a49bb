/**
 * English of the weighting lab: the sandbox, slow motion, the paper's tables, the report and what is
 * imported.
 */
export const enLab = {
  sandbox: {
    open: 'Sandbox',
    title: 'Sandbox',
    note: 'Set the losses by hand; the weights follow at once, computed by the same code that trains. No run is affected.',
    barsCaption: 'Nominal and effective weight of each task',
    weight: 'Weight',
    value: 'Value (hatched: below 0, pushed uphill)',
    scale: 'Scale',
    uphill:
      'Pushed uphill: {{tasks}}. The effective weight is negative, so the gradient makes this task worse, though no nominal weight says so.',
    downhill: 'All effective weights are positive, but they are not what the formula states.',
    alike: 'Effective and nominal weights are the same: what the formula states is what the gradient gets.',
    whyTurns:
      'Why: pᵢ itself depends on the losses, and ∂L/∂Lᵢ = 2pᵢ − Σⱼ pⱼ². A share small enough is outweighed by the sum of squares.',
    turnsAt: '{{task}}: the sign changes below a loss of {{loss}}, {{share}} of all losses; now {{now}}.',
    turned: '{{task}} is below its turning point: a loss of {{loss}}, {{share}} of all losses; now {{now}}.',
    neverTurns: '{{task}}: the sign never changes, as there is no other loss.',
    memory: 'Memory of the strategy',
    next: 'Next step',
    nextMany_one: '{{count}} step',
    nextMany_other: '{{count}} steps',
    restart: 'Start again',
    stepsTaken_one: '{{count}} step taken on these losses.',
    stepsTaken_other: '{{count}} steps taken on these losses.',
    noMemory: 'This strategy has no memory: its weights follow from the losses alone.',
    trace_one: 'Effective weights over the latest step: {{values}}',
    trace_other: 'Effective weights over the latest {{count}} steps: {{values}}',
    negative:
      'Negative weight: {{tasks}}. Its own gradient is subtracted; whether the task gets worse depends on the angles to the others.',
    pulls: 'Gradients',
    length: 'Length of the gradient, {{task}}',
    cosine: 'Cosine, {{pair}}',
    pullsNote: 'Lengths are relative. An angle stops where three directions cannot be.',
    noMemoryPulls: 'This strategy has no memory: its weights follow from these gradients and losses alone.',
    looksAgain: 'It looks at how the losses moved since the step before: move a loss, then take a step.',
    takeOver: 'Use these settings for the next run',
    busy: 'A run is under way; it keeps its own.',
  },
  pace: {
    label: 'Slow motion',
    full: 'full',
    hint: 'Steps per second: full speed, or slow enough to follow the formula. No result depends on it.',
  },
  paper: {
    title: 'The paper’s tables',
    note: 'Published numbers beside your own runs of the same kind: same architecture, tasks and strategy. Your numbers are those of the validation side at the best epoch. Other differences are listed under each model; without IEMOCAP only the behaviour is comparable, not the numbers.',
    cite: 'Ryabinov, Uzdiaev, Vatamaniuk. Applying Multitask Deep Learning to Emotion Recognition in Speech. Proc. Southwest State University 2021; 25(1): 82–109. doi 10.21869/2223-1560-2021-25-1-82-109. Published on IEMOCAP, four emotions, random 4:1 split.',
    yourRuns: 'Your runs by model',
    run: 'Run shown',
    noRun: 'No run of this kind with a finished epoch yet.',
    differs: 'Differs from the paper in:',
    insteadOf: '(paper: {{paper}})',
    missing: 'Missing: {{names}}. They would be trained on: {{corpus}}.',
    size: 'Size of the missing runs',
    queue_one: 'Queue {{count}} run',
    queue_other: 'Queue {{count}} runs',
    nothingMissing: 'There is a run of every model.',
    working_one: '{{count}} run is in the queue.',
    working_other: '{{count}} runs are in the queue.',
    published: 'paper',
    own: 'own',
    difference: 'diff.',
    model: 'Model',
    columns: { accuracy: 'Accuracy', precision: 'Precision', recall: 'Recall', f1: 'F1' },
    models: {
      proposed: {
        name: 'Proposed model',
        note: 'VGG-11 with batch norm, three tasks, weighted average differentiated through',
      },
      'reference-1': { name: 'Reference model 1', note: 'AlexNet, emotion only' },
      'reference-2': { name: 'Reference model 2', note: 'VGG-11 without batch norm, emotion only' },
    },
    others: { chen: 'Chen et al.', gideon: 'Gideon et al.', satt: 'Satt et al.', latif: 'Latif et al.' },
    table3: 'Table 3: the proposed model by task',
    table3Note: 'Macro averages. Printed F1 of emotion is .673 here and .672 in table 5.',
    table4: 'Table 4: the proposed model by emotion',
    table5: 'Table 5: emotion, by model',
    table5Note: 'A dash: not published, or no run of yours.',
  },
  exchange: {
    import: 'Import',
    importTitle: 'Import',
    file: 'File',
    fileHint:
      'A configuration (.json), or runs exported as zip: they are stored here as runs to look at, not to continue. Files can also be dropped anywhere on the page.',
    chooseFile: 'Choose files',
    link: 'Or paste a share link',
    linkHint: 'The whole link, with “#/train?” in it.',
    readLink: 'Use this link',
    reading: 'Reading the file…',
    tookConfig: 'The configuration is set for the next run.',
    tookRun: '“{{name}}” is stored as a run to look at.',
    filesLeft_one: '{{count}} file of it (weights) was not read.',
    filesLeft_other: '{{count}} files of it (weights) were not read.',
    partly: 'It is from another version; its log says what is missing.',
    saveConfig: 'Save the configuration as a file',
    importConfig: 'Import a configuration',
    imported: 'imported',
    importedNote:
      'Imported from a file: to look at, to compare, to export. It has no checkpoint and cannot be continued.',
    epochsRead_one: '{{count}} epoch',
    epochsRead_other: '{{count}} epochs',
  },
  report: {
    button: 'Report',
    dialog: 'Report of a comparison',
    note: 'One HTML file with tables, tests, charts, confusion matrices and how to reproduce each run. It opens in any browser, needs no network and carries no audio.',
    choose: 'Runs in the report',
    none: 'No run has a finished epoch yet.',
    most: 'At most {{count}} runs.',
    language: 'Language of the report',
    save: 'Save the report',
    all: 'All',
    nothing: 'None',
    failed: 'The report could not be made.',
    ofComparison: 'HTML report of this comparison',
    making: 'The tests are computed…',
    tooMany: 'A report holds at most {{count}} runs: take some recipes out of the comparison.',
    ofComparisonNote:
      'One file with the recipes compared above, their baseline and the two runs side by side.',
    first: 'Tested on their utterances: first run',
    second: 'Second run',
    noPair: 'No such test',
    option: '{{name}} (seed {{seed}})',
    title_one: 'Equipoise: {{count}} run',
    title_other: 'Comparison of {{count}} runs',
    made: 'Made {{date}} with Equipoise {{version}}, from runs kept in one browser.',
    sections: {
      runs: 'Runs',
      caveats: 'Before you compare',
      scores: 'Scores',
      test: 'Test part',
      settings: 'What differs in the configurations',
      charts: 'Over the epochs',
      confusion: 'Confusion matrices',
      statistics: 'Is the difference real?',
      reproduce: 'How to reproduce',
    },
    columns: {
      mark: 'Mark',
      run: 'Run',
      strategy: 'Strategy',
      seed: 'Seed',
      corpus: 'Corpus',
      epochs: 'Epochs',
      best: 'Best epoch',
      state: 'State',
      backend: 'Backend',
      task: 'Task',
      setting: 'Setting',
      started: 'Started',
    },
    metrics: {
      loss: 'Loss',
      accuracy: 'Accuracy (WA)',
      uar: 'UAR',
      macroPrecision: 'Macro precision',
      macroRecall: 'Macro recall',
      macroF1: 'Macro F1',
      ccc: 'CCC',
      pearson: 'Pearson',
      mae: 'MAE',
      rmse: 'RMSE',
    },
    chart: {
      loss: 'Validation loss: {{task}}',
      uar: 'Validation UAR: {{task}}',
      ccc: 'Validation CCC: {{task}}',
      nominal: 'Nominal weight: {{task}}',
      effective: 'Effective weight: {{task}}',
    },
    table: 'Table {{number}}.',
    figure: 'Figure {{number}}.',
    since: '{{strategy}} (from epoch {{epoch}})',
    fork: 'fork of a run that is not in this report, after step {{step}}',
    forkOf: 'fork of {{parent}}, after step {{step}}',
    sides: { validation: 'validation side', train: 'training side' },
    readings: {
      best: '{{side}}, each run’s best epoch by its own monitor',
      last: '{{side}}, each run’s last epoch',
      at: '{{side}}, epoch {{epoch}}',
    },
    oneCorpus: 'All were trained on: {{name}}.',
    runsNote:
      'The runs of this report. A letter is a recipe: everything but seed and backend equal; a number behind it is one of its runs.',
    settingsNote:
      'Settings in which the recipes differ. Where the runs of a recipe differ, all their values. A dash: no such setting.',
    means: 'Means over the {{by}}',
    meansCaption:
      'Mean ± standard deviation over the {{by}}: {{reading}}. Δ: mean difference in {{metric}} to {{baseline}} over the {{by}} that both have, their number in brackets.',
    delta: 'Δ {{metric}}',
    statisticsNote: '{{metric}} against {{baseline}}, over the {{by}} that both have: {{reading}}.',
    pair: {
      validation: 'On the same utterances: {{first}} (first) and {{second}} (second)',
      test: 'On the same utterances of the test part: {{first}} (first) and {{second}} (second)',
    },
    mcnemarCaption: {
      validation: 'McNemar’s test on the validation utterances, {{first}} (first) and {{second}} (second).',
      test: 'McNemar’s test on the utterances of the test part, {{first}} (first) and {{second}} (second).',
    },
    intervalsCaption:
      'Scores of {{first}} (first) and {{second}} (second) with 95 % bootstrap intervals, resampled by speaker. Difference: second minus first, the same speakers drawn for both.',
    utteranceIntervalsCaption:
      'Scores of numbers, {{first}} (first) and {{second}} (second), with 95 % bootstrap intervals. Fewer than two speakers are known, so single utterances were resampled: too narrow for other speakers. Difference: second minus first.',
    noPredictionsThen:
      'Predictions are kept for the best and the last epoch only: at another epoch the two runs cannot be tested on their utterances.',
    scoresNote:
      'Scores: {{reading}}. Underlined: the best value of a task among these runs, whether or not the difference means anything.',
    chartsNote: {
      runs: 'Epoch means. Letters at the line ends are the runs; a bar across a line: another strategy took over. Effective weight: ∂L/∂Lᵢ, what the gradient gets; nominal weight: the factor in the formula.',
      recipes:
        'Mean over the seeds of a recipe; the area is one standard deviation to either side. Letters at the line ends are the recipes, with their number of seeds in brackets; a bar across a line: another strategy took over in a run. Effective weight: ∂L/∂Lᵢ, what the gradient gets; nominal weight: the factor in the formula.',
    },
    confusionNote:
      'Counts: {{reading}}. Rows are the true class, columns the predicted one; shaded by the share of the true class.',
    noDifference: 'These configurations do not differ.',
    same: 'Settings that all runs share',
    absent: '–',
    reproduceNote:
      'Open the link in Equipoise and press Play, or import the configuration (save it as a .json file) on the Runs screen. With the same corpus, version and backend every number comes out the same; another backend differs in the last digits.',
    link: 'Link',
    noLink: 'a link cannot carry all settings of this run; use the configuration',
    config: 'Configuration (JSON)',
    caveats: {
      'no-epochs': 'No finished epoch: {{runs}}. There is nothing to compare yet.',
      synthetic:
        'Trained on the demo corpus: {{runs}}. Synthetic voices show how strategies behave; they are no evidence about emotion.',
      corpus: 'The runs were made on different corpora: their scores cannot be compared directly.',
      'label-scheme': 'The label schemes differ: the classes do not mean the same.',
      split: 'The splits differ: the runs were validated on different utterances.',
      'split-seed':
        'The random split follows the seed, and the seeds differ: the runs were validated on different utterances.',
      tasks: 'The runs have different tasks.',
      imported:
        'Imported from files: {{runs}}. Their numbers are what the files say; this browser did not compute them.',
      unmeasurable:
        'Not every task can be measured: {{runs}}. No class of the task’s validation side occurs in training, or training has only one class. Such a task has no scores here and takes no part in means and tests.',
      'left-out': 'Validation utterances of classes that do not occur in training are left out: {{runs}}.',
      'counts-all':
        'Recorded by version 0.1.0, which chose the best epoch with a task in the sum that cannot be measured: {{runs}}.',
      changed:
        'Strategy or options were changed while they ran: {{runs}}. Each is more than its configuration, stands alone in the statistics and cannot be reproduced from the link or configuration below.',
      fork: 'Forks: {{runs}}. Their first epochs are those of the run they were forked from: the two are not independent, and a link or configuration alone does not reproduce a fork.',
      'fork-best':
        'At the epoch that is read, these forks are still the run they were forked from: {{runs}}. Their scores are that run’s, not those of the new strategy.',
      unfinished: 'Not finished: {{runs}}. Their last epochs are still to come.',
      'older-formula':
        'Computed with formulas of version 0.1.0, which have changed since: {{runs}}. They are not the same recipe as runs under the current formulas.',
      early: 'Stopped early, because validation had not improved within their patience: {{runs}}.',
      epochs: 'The runs have different numbers of epochs.',
      backend: 'The backends differ: numbers differ in the last digits for that reason alone.',
      version: 'The runs were made with different versions of the workbench.',
      repeats:
        'The same recipe with the same seed once more: {{runs}}. A repetition is no evidence; means and tests leave it out.',
      'not-drawn': 'No line in the charts: {{runs}}. More lines cannot be told apart; the tables have them.',
      'one-seed': 'One seed per configuration: a difference of this size may be luck.',
      thinned:
        'More epochs than a chart can show: {{runs}}. The lines are thinned evenly, the tables are not.',
    },
  },
};

/** Sentences for what an import refuses. */
/** Log entries. */
export const enLabLog = {
  'run-imported': 'Imported from “{{name}}”; {{left}} files of it (weights) were not read.',
  'run-imported-partly':
    'The files are from another version. Columns that are not known here and were not read: {{unknown}}. Missing from the files: {{absent}}.',
};
