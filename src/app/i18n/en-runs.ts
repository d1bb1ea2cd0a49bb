/** English of what happens to runs: forks, a strategy that is switched, sweeps. */
export const enRuns = {
  fork: {
    button: 'Fork', named: 'Fork {{name}}', title: 'Fork “{{name}}”', which: 'From which checkpoint', last: 'Last: step {{step}}, epoch {{epoch}}', best: 'Best: step {{step}}, epoch {{epoch}}', none: 'This run has no checkpoint yet. The first is written when it pauses or ends an epoch.',
    strategy: 'Strategy of the fork', same: 'The same strategy as at the checkpoint: the fork ends in the same weights as the run itself, bit for bit.', differs: 'Same weights, optimiser and random streams; the new strategy begins with a fresh state.',
    epochs: 'Epochs in all', patience: 'Patience, epochs', name: 'Name', copy: 'The fork keeps a copy of the checkpoint ({{bytes}}): deleting either run leaves the other whole.', stops: 'The paused run is stopped for it and can be continued later.',
    go: 'Fork and run', going: 'Copying the checkpoint…', of: 'fork of {{name}} at step {{step}}', ofDeleted: 'fork of a deleted run ({{name}}) at step {{step}}',
    parent: '{{name}}, not forked', overlay: 'Show the run it was forked from', overlayNote: 'Before the fork, drawn back, both are one. Dotted: “{{name}}” from there on, by epochs.', dimmed: 'What lies before the fork is drawn back.', mark: 'Fork: {{strategy}}',
  },
  change: {
    title: 'Change of strategy', open: 'Switch strategy…', strategy: 'From the next epoch on', note: 'Takes over when epoch {{epoch}} begins, with a state of its own. Until then it can be taken back.', ask: 'Switch at the epoch’s end', cancel: 'Leave it',
    pending: 'From epoch {{epoch}} on: {{strategy}}.', takeBack: 'Take it back', mark: '→ {{strategy}}', last: 'No epoch is left in this run.',
    total: 'The monitor is the strategy’s total: totals of two strategies cannot be compared, so “best” begins anew.',
  },
};
