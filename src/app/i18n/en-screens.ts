/** English of what several screens share: what tells runs apart, which may be compared, runs that were chosen, groups of strategies. */
export const enScreens = {
  strategyGroups: { fixed: { name: 'Fixed or random weights' }, losses: { name: 'Weights from the losses' }, learned: { name: 'Weights learned with the network' }, gradients: { name: 'Weights from the gradients (one more backward pass per task)' } },
  facets: {
    corpusHeading: 'Corpus, and what differs', note: 'Below the corpus: what is not the same in all runs of this list.',
    demo: 'demo {{difficulty}}, seed {{seed}}', copy: '{{name}} ({{id}})', session: 'session {{session}} held out', random: 'random split, {{share}}',
    width: 'width {{value}}', inputSize: '{{size}} px', renormalise: 'renormalised', notRenormalised: 'not renormalised', learningRate: 'learning rate {{value}}', adam: 'Adam β {{first}}, {{second}}',
    batchSize: 'batch {{size}}', epochs_one: '{{count}} epoch', epochs_other: '{{count}} epochs', patience_one: 'patience {{count}} epoch', patience_other: 'patience {{count}} epochs',
    monitor: { 'sum-of-task-losses': 'monitor: sum of task losses', 'strategy-total': 'monitor: the strategy’s total' }, ownWeights: 'new weights', weights: 'from {{name}}', origin: 'fork at step {{step}}', seed: 'seed {{seed}}', backendAuto: 'backend: automatic',
  },
  best: {
    rule: 'Underlined: the highest score among comparable runs, that is runs with the same corpus, labels, split, tasks and monitor.',
    groups_one: 'All runs listed here are comparable.', groups_other: 'The runs listed here form {{count}} groups of comparable runs (column “Group”).',
    alone: 'Nothing is underlined for a run that is alone in its group.', group: 'Group', title_one: 'The highest of {{count}} comparable run', title_other: 'The highest of {{count}} comparable runs',
    mixed: 'Not all of these recipes are comparable: {{groups}} differ in corpus, labels, split, tasks or monitor. The highest score is underlined within each group only.',
    leftOut_one: '{{count}} recipe is left out because it is not comparable with the baseline: {{letters}}.', leftOut_other: '{{count}} recipes are left out because they are not comparable with the baseline: {{letters}}.',
  },
  chosen: {
    select: 'Select {{name}}', selectAll: 'Select all runs', compare_one: 'Compare selected ({{count}})', compare_other: 'Compare selected ({{count}})', none: 'Tick the runs to compare.', unbegun: 'This run has no finished epoch yet.',
    about_one: 'Comparing {{count}} selected run.', about_other: 'Comparing {{count}} selected runs.', aboutTitle_one: 'Comparing {{count}} run of “{{title}}”.', aboutTitle_other: 'Comparing {{count}} runs of “{{title}}”.',
    missing_one: '{{count}} more is not stored here or has no finished epoch.', missing_other: '{{count}} more are not stored here or have no finished epoch.',
    all_one: 'Compare all runs ({{count}})', all_other: 'Compare all runs ({{count}})', sweep: 'Compare this sweep', sweepNamed: 'Compare this sweep: {{name}}', sweepDone: '{{name}}: {{done}} of {{total}} done',
  },
  removal: { removed: '“{{name}}” is deleted.', undo: 'Undo', undoNamed: 'Undo: delete {{name}}', final_one: 'This can be undone for {{count}} second.', final_other: 'This can be undone for {{count}} seconds.' },
  verdict: {
    nothing: 'There is nothing to test: no two recipes share a seed.',
    tooFew_one: 'No difference can be shown yet: recipes share {{count}} seed; {{needed}} are needed (tests: {{tests}}).', tooFew_other: 'No difference can be shown yet: recipes share {{count}} seeds at most; {{needed}} are needed (tests: {{tests}}).',
    none: 'No difference between the recipes holds over the seeds. That is no proof that they are equal.',
    some: 'Holds over the seeds: {{what}}.', better: '{{letter}} is better than {{baseline}} in {{task}}', worse: '{{letter}} is worse than {{baseline}} in {{task}}',
    rest_one: '{{count}} other test has too few seeds.', rest_other: '{{count}} other tests have too few seeds.',
  },
  intervals: { beyond: 'wider than the scale: too few seeds to tell', cut: '{{interval}} (cut at the end of the scale)' },
};
