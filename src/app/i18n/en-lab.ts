/** English of the weighting lab: the sandbox, slow motion, the paper's tables, the report and what is imported. */
export const enLab = {
  sandbox: {
    open: 'Sandbox', title: 'Sandbox', note: 'Set the losses by hand; the weights answer at once, computed by the very strategy that trains. No run is touched.',
    barsCaption: 'Nominal and effective weight of each task', weight: 'Weight', value: 'Value (hatched: below 0, pushed uphill)', scale: 'Scale',
    uphill: 'Pushed uphill: {{tasks}}. The effective weight is negative, so the gradient makes this task worse, though no nominal weight says so.',
    downhill: 'All effective weights are positive, but they are not what the formula states.', alike: 'Effective and nominal weights are the same: what the formula states is what the gradient gets.',
    whyTurns: 'Why: pᵢ depends on the losses itself, and ∂L/∂Lᵢ = 2pᵢ − Σⱼ pⱼ². A share small enough is outweighed by the sum of squares.',
    turnsAt: '{{task}} turns below a loss of {{loss}}, {{share}} of all losses; now {{now}}.', turned: '{{task}} is below its turning point: a loss of {{loss}}, {{share}} of all losses; now {{now}}.', neverTurns: '{{task}} never turns: there is no other loss.',
    memory: 'Memory of the strategy', next: 'Next step', nextMany_one: '{{count}} step', nextMany_other: '{{count}} steps', restart: 'Start again',
    stepsTaken_one: '{{count}} step taken on these losses.', stepsTaken_other: '{{count}} steps taken on these losses.', noMemory: 'This strategy has no memory: its weights follow from the losses alone.',
    trace_one: 'Effective weights over the latest step: {{values}}', trace_other: 'Effective weights over the latest {{count}} steps: {{values}}',
    negative: 'Negative weight: {{tasks}}. Its own gradient is subtracted; whether the task gets worse depends on the angles to the others.',
    pulls: 'Gradients', length: 'Length of the gradient, {{task}}', cosine: 'Cosine, {{pair}}', pullsNote: 'Lengths are relative. An angle stops where three directions cannot be.',
    noMemoryPulls: 'This strategy has no memory: its weights follow from these gradients and losses alone.', looksAgain: 'It looks at how the losses moved since the step before: move a loss, then take a step.',
    takeOver: 'Use these settings for the next run', busy: 'A run is under way; it keeps its own.',
  },
  pace: { label: 'Slow motion', full: 'full', hint: 'Steps a second; full speed or slow enough to follow the formula. No number of the run depends on it.' },
  paper: {
    title: 'The paper’s tables', note: 'Published numbers beside your own runs of the same kind: same architecture, tasks and strategy. Own numbers are of the validation side at the best epoch. What else differs stands under each model; without IEMOCAP the numbers are not comparable, only the behaviour is.',
    cite: 'Ryabinov, Uzdiaev, Vatamaniuk. Applying Multitask Deep Learning to Emotion Recognition in Speech. Proc. Southwest State University 2021; 25(1): 82–109. doi 10.21869/2223-1560-2021-25-1-82-109. Published on IEMOCAP, four emotions, random 4:1 split.',
    yourRuns: 'Your runs by model', run: 'Run shown', noRun: 'No run of this kind with a finished epoch yet.', differs: 'Differs from the paper in:', insteadOf: '(paper: {{paper}})',
    missing: 'Missing: {{names}}. They would be trained on: {{corpus}}.', size: 'Size of the missing runs', queue_one: 'Queue {{count}} run', queue_other: 'Queue {{count}} runs', nothingMissing: 'There is a run of every model.',
    working_one: '{{count}} run is in the queue.', working_other: '{{count}} runs are in the queue.',
    published: 'paper', own: 'own', model: 'Model', columns: { accuracy: 'Accuracy', precision: 'Precision', recall: 'Recall', f1: 'F1' },
    recipes: {
      proposed: { name: 'Proposed model', note: 'VGG-11 with batch norm, three tasks, weighted average differentiated through' }, 'reference-1': { name: 'Reference model 1', note: 'AlexNet, emotion only' }, 'reference-2': { name: 'Reference model 2', note: 'VGG-11 without batch norm, emotion only' },
    },
    others: { chen: 'Chen et al.', gideon: 'Gideon et al.', satt: 'Satt et al.', latif: 'Latif et al.' },
    table3: 'Table 3: the proposed model by task', table3Note: 'Macro averages. Printed F1 of emotion is .673 here and .672 in table 5.', table4: 'Table 4: the proposed model by emotion', table5: 'Table 5: emotion, by model', table5Note: 'A dash: not published, or no run of yours.',
    settings: { corpus: 'Corpus', epochsDone: 'Epochs finished', inputSize: 'Input, pixels', width: 'Width', epochs: 'Epochs at most', patience: 'Patience', monitor: 'Monitored', batchSize: 'Batch', 'adam-learningRate': 'Learning rate', labelScheme: 'Label scheme', 'split-kind': 'Split', 'split-validationFraction': 'Share for validation', 'split-session': 'Session held out', 'features-sampleRate': 'Sample rate' },
  },
  exchange: {
    import: 'Import', importTitle: 'Import', file: 'File', fileHint: 'A configuration (.json), or a run exported as zip: it is stored here as a run to look at, not to continue.', chooseFile: 'Choose a file', link: 'Or paste a share link', linkHint: 'The whole link, with “#/train?” in it.', readLink: 'Take the link over',
    reading: 'Reading the file…', tookConfig: 'The configuration was taken over for the next run.', tookRun: '“{{name}}” is stored as a run to look at.', saveConfig: 'Save the configuration as a file', importConfig: 'Import a configuration', imported: 'imported', importedNote: 'Imported from a file: to look at, to compare, to export. It has no checkpoint and cannot be continued.',
    epochsRead_one: '{{count}} epoch', epochsRead_other: '{{count}} epochs',
  },
  report: {
    button: 'Report', dialog: 'Report of a comparison', note: 'One HTML file with tables, charts, confusion matrices and how to reproduce each run. It opens in any browser, needs no network and carries no audio.', choose: 'Runs in the report', none: 'No run has a finished epoch yet.', most: 'At most {{count}} runs.', language: 'Language of the report', save: 'Save the report', all: 'All', nothing: 'None', failed: 'The report could not be made.',
    title_one: 'Equipoise: {{count}} run', title_other: 'Comparison of {{count}} runs', made: 'Made {{date}} with Equipoise {{version}}, from runs kept in one browser.',
    sections: { runs: 'Runs', caveats: 'Before you compare', scores: 'Scores', settings: 'What differs in the configurations', charts: 'Over the epochs', confusion: 'Confusion matrices', statistics: 'Statistics', reproduce: 'How to reproduce' },
    columns: { mark: 'Mark', run: 'Run', strategy: 'Strategy', seed: 'Seed', corpus: 'Corpus', epochs: 'Epochs', best: 'Best epoch', state: 'State', backend: 'Backend', task: 'Task', setting: 'Setting', started: 'Started' },
    metrics: { loss: 'Loss', accuracy: 'Accuracy (WA)', uar: 'UAR', macroPrecision: 'Macro precision', macroRecall: 'Macro recall', macroF1: 'Macro F1' },
    chart: { loss: 'Validation loss: {{task}}', uar: 'Validation UAR: {{task}}', nominal: 'Nominal weight: {{task}}', effective: 'Effective weight: {{task}}' },
    statisticsNote: 'Validation UAR at the best epoch against {{baseline}}, over the seeds that both have.',
    scoresNote: 'Validation side, at each run’s best epoch by its own monitor. Underlined: the best value of a task among these runs, whether or not the difference means anything.',
    chartsNote: 'Letters at the line ends are the runs. Effective weight: ∂L/∂Lᵢ, what the gradient gets; nominal weight: the factor in the formula. Epoch means.', confusionNote: 'Validation side, best epoch. Rows are the true class, columns the predicted one; shaded by the share of the true class.',
    noDifference: 'These configurations do not differ.', same: 'Settings that all runs share', absent: 'absent', noEpoch: 'no finished epoch',
    reproduceNote: 'Open the link in Equipoise and press Play, or import the configuration (save it as a .json file) on the Runs screen. With the same corpus, version and backend every number comes out the same; another backend differs in the last digits.',
    link: 'Link', noLink: 'a link cannot carry all settings of this run; use the configuration', config: 'Configuration (JSON)',
    caveats: {
      'no-epochs': 'No finished epoch: {{runs}}. There is nothing to compare yet.', synthetic: 'Trained on the demo corpus: {{runs}}. Synthetic voices show how strategies behave; they are no evidence about emotion.',
      corpus: 'The runs were made on different corpora: their scores cannot be compared directly.', 'label-scheme': 'The label schemes differ: the classes do not mean the same.', split: 'The splits differ: the runs were validated on different utterances.',
      'split-seed': 'The random split follows the seed, and the seeds differ: the runs were validated on different utterances.', tasks: 'The runs have different tasks.', unfinished: 'Not finished: {{runs}}. Their last epochs are still to come.',
      epochs: 'The runs have different numbers of epochs.', backend: 'The backends differ: numbers differ in the last digits for that reason alone.', version: 'The runs were made with different versions of the workbench.',
      'one-seed': 'One seed per configuration: a difference of this size may be luck.', thinned: 'More epochs than a chart can show: {{runs}}. The lines are thinned evenly, the tables are not.',
    },
  },
};

/** Sentences for what an import refuses. */
export const enLabErrors = {
  'file-too-large': { message: 'The file has {{bytes}} bytes; at most {{limit}} are read here.', hint: 'Choose another file.' },
  'not-json': { message: 'The file is no JSON.', hint: 'Choose another file; this one may be damaged.' },
  'not-a-config': { message: 'This file holds no configuration of Equipoise.', hint: 'Choose a file that “Save the configuration” wrote, or config.json of an exported run.' },
  'newer-file': { message: 'The file was written in version {{version}} of its format; this page reads version 1.', hint: 'Open it with a newer version of the workbench.' },
  'link-too-long': { message: 'The link is longer than any share link ({{limit}} characters).', hint: 'Copy the link again.' },
  'not-a-link': { message: 'This is no share link of the Train screen.', hint: 'Paste the whole link, with “#/train?” in it.' },
  'unknown-link-key': { message: 'The link’s “{{key}}” is not known here and was left out.', hint: 'The link may come from a newer version.' },
  'not-importable': { message: '“{{name}}” is neither a configuration (.json) nor an exported run (.zip).', hint: 'Choose a file that this workbench saved.' },
  'zip-damaged': { message: 'The zip file cannot be read: {{reason}}.', hint: 'Copy it again, or export the run again.' },
  'archive-incomplete': { message: 'The zip file is no exported run: {{files}} is missing.', hint: 'Choose a zip that this workbench exported.' },
  'archive-bad-head': { message: '“config.json” in the zip does not fit: {{reason}}.', hint: 'Choose a zip that this workbench exported.' },
  'archive-bad-row': { message: '“{{file}}” cannot be read at row {{row}} (column: {{column}}).', hint: 'The file was changed or damaged; export the run again.' },
  'archive-inconsistent': { message: 'The scores of epoch {{epoch}} do not follow from its confusion matrices.', hint: 'The files were changed; export the run again.' },
  'read-only-run': { message: 'This run was imported from a file: it has no weights to go on from.', hint: 'Start a new run with its configuration.' },
};

/** Log entries. */
export const enLabLog = { 'run-imported': 'Imported from “{{name}}”; {{left}} files of it (weights) were not read.' };
