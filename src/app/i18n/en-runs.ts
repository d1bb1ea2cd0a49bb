/** English of what happens to runs: forks, a strategy that is switched, sweeps. */
export const enRuns = {
  fork: {
    button: 'Fork', named: 'Fork {{name}}', title: 'Fork “{{name}}”', which: 'From which checkpoint', last: 'Last: step {{step}}, epoch {{epoch}}', best: 'Best: step {{step}}, epoch {{epoch}}', none: 'This run has no checkpoint yet. The first is written when it pauses or ends an epoch.',
    strategy: 'Strategy of the fork', same: 'The same strategy as at the checkpoint: the fork ends in the same weights as the run itself, bit for bit.', differs: 'Same weights, optimiser and random streams; the new strategy begins with a fresh state.',
    epochs: 'Epochs in all', patience: 'Patience, epochs', name: 'Name', copy: 'The fork keeps a copy of the checkpoint ({{bytes}}): deleting either run leaves the other whole.', stops: 'The paused run is stopped for it and can be continued later.',
    go: 'Fork and run', going: 'Copying the checkpoint…', of: 'fork of {{name}} at step {{step}}', ofDeleted: 'fork of a deleted run ({{name}}) at step {{step}}',
    parent: '{{name}}, not forked', parentStep: '{{name}}, step', overlay: 'Show the run it was forked from', overlayNote: 'Before the fork, drawn back, both are one. Dotted: “{{name}}” from there on; thin and dotted: its steps.', dimmed: 'What lies before the fork is drawn back.', mark: 'Fork: {{strategy}}',
  },
  sweep: {
    title: 'Sweeps', note: 'Strategies × options × seeds, trained one after the other without you. The queue is kept in this browser and goes on after a reload.',
    plan: 'Plan a sweep', base: 'Everything else as configured on the Train screen', strategies: 'Strategies', strategiesNote: 'Each with its options; one strategy may stand here with several settings.', variants: 'Settings of {{strategy}}', variant: 'Setting {{n}}', addVariant: 'Another setting', removeVariant: 'Remove setting {{n}} of {{strategy}}',
    seeds: 'Seeds', seedsHint: 'For example 1-3 or 1, 4, 7. Three seeds show the spread; to tell two strategies apart takes at least six.',
    renormalised: 'Weights renormalised to sum T: all strategies train at one learning rate.', notRenormalised: 'Weights not renormalised: strategies with another sum also train at another learning rate.', name: 'Name', namePlaceholder: '{{strategies}}; seeds {{seeds}}', strategyCount_one: '{{count}} strategy', strategyCount_other: '{{count}} strategies',
    runs_one: '{{count}} run', runs_other: '{{count}} runs', already_one: '{{count}} of them is there already and is skipped.', already_other: '{{count}} of them are there already and are skipped.',
    atMost: 'At most {{time}}, as measured here; early stopping may end sooner.', unmeasured: 'How long it takes is not known yet: no run of this size has been measured here.', partly: 'At most {{time}} without {{count}} whose time is not known yet.', mixed: 'Strategies that were not measured here are taken to cost as much as those that were.',
    add: 'Add to the queue', added_one: '{{count}} run queued', added_other: '{{count}} runs queued',
    queue: 'Queue', caption: 'Queued runs in their order', empty: 'Nothing is queued. Plan a sweep above; it starts by itself.', run: 'Run', seed: 'Seed', state: 'State', time: 'Time', actions: 'Actions', sweep: 'Sweep',
    states: { waiting: 'waiting', running: 'running', done: 'done', skipped: 'was there already', failed: 'failed', stopped: 'stopped' },
    status: { idle: 'Nothing left to do', running: 'Running', paused: 'Paused', blocked: 'Waiting for the corpus', elsewhere: 'Running in another tab' },
    progress: 'Progress of the queue', progressOf: '{{done}} of {{total}} done', ends: 'Ends about {{at}} ({{time}} left)', endsAtLeast: 'At least {{time}} left; the rest is not measured yet', pause: 'Pause the queue', resume: 'Resume the queue',
    runPaused: 'The run under way is paused. Press Play on the Train screen, or pause and resume the queue.', busy: 'A run of your own is under way; the queue goes on when it is over.',
    stoppedNote: 'Stopping a queued run pauses the queue.', up: 'Move up: {{name}}', down: 'Move down: {{name}}', remove: 'Remove: {{name}}', retry: 'Try again: {{name}}', retryAll: 'Try failed ones again', clear: 'Clear finished', moved: '{{name}} is now number {{place}} in the queue', open: 'Open the run: {{name}}', watch: 'Watch',
    reload: 'Continues by itself after a reload. Only a corpus folder whose permission the browser has withdrawn needs one press here; cached spectrograms need none.', reconnect: 'Reconnect “{{name}}” and go on', toStart: 'Open the corpus', again: 'Go on',
    tries_one: '{{count}} try', tries_other: '{{count}} tries',
  },
  adjust: {
    option: '{{option}}: {{value}}', on: 'on', off: 'off', measured: 'measured every {{every}}, at {{level}}', notMeasured: 'no longer measured', at: '{{what}}, by hand, from step {{step}} on', dragged: '{{what}}, by hand, from step {{step}} on; moved since step {{from}}',
    key: { strategy: 'switch or fork', options: 'options by hand', instruments: 'measuring' },
  },
  stepCurves: {
    title: 'Over the steps', note: 'One run of each recipe, the one with the smallest seed, step by step. Reading long runs takes a moment.', shown: 'What is drawn step by step', off: 'Off', losses: 'Training loss', effective: 'Effective weight',
    of: { losses: 'Training loss by step: {{task}}', effective: 'Effective weight by step: {{task}}' }, line: '{{letter}} {{name}}, seed {{seed}}', reading: 'Reading the steps…', empty: 'No recipe in the comparison has steps of this task.',
    thinned: 'Long runs: the smallest and the largest value of every stretch.',
  },
  change: {
    title: 'Change of strategy', open: 'Switch strategy…', strategy: 'From the next epoch on', note: 'Takes over when epoch {{epoch}} begins, with a state of its own. Until then it can be undone.', ask: 'Switch at the epoch’s end', cancel: 'Cancel',
    pending: 'From epoch {{epoch}} on: {{strategy}}.', takeBack: 'Undo the switch', mark: '→ {{strategy}}', last: 'No epoch is left in this run.',
    total: 'The monitor is the strategy’s total: totals of two strategies cannot be compared, so “best” begins anew.',
  },
};
