/** English of the weighting lab: the sandbox, slow motion, the paper's tables, the report and what is imported. */
export const enLab = {
  sandbox: {
    open: 'Try it by hand', title: 'Sandbox', note: 'Set the losses by hand; the weights answer at once, computed by the very strategy that trains. No run is touched.',
    barsCaption: 'Nominal and effective weight of each task', weight: 'Weight', value: 'Value (hatched: below 0, pushed uphill)', scale: 'Scale',
    uphill: 'Pushed uphill: {{tasks}}. The effective weight is negative, so the gradient makes this task worse, though no nominal weight says so.',
    downhill: 'All effective weights are positive, but they are not what the formula states.', alike: 'Effective and nominal weights are the same: what the formula states is what the gradient gets.',
    whyTurns: 'Why: pᵢ depends on the losses itself, and ∂L/∂Lᵢ = 2pᵢ − Σⱼ pⱼ². A share small enough is outweighed by the sum of squares.',
    turnsAt: '{{task}} turns below a loss of {{loss}}, {{share}} of all losses; now {{now}}.', turned: '{{task}} is below its turning point: a loss of {{loss}}, {{share}} of all losses; now {{now}}.', neverTurns: '{{task}} never turns: there is no other loss.',
    memory: 'Memory of the strategy', next: 'Next step', nextMany_one: '{{count}} step', nextMany_other: '{{count}} steps', restart: 'Start again',
    stepsTaken_one: '{{count}} step taken on these losses.', stepsTaken_other: '{{count}} steps taken on these losses.', noMemory: 'This strategy has no memory: its weights follow from the losses alone.',
    trace_one: 'Effective weights over the latest step: {{values}}', trace_other: 'Effective weights over the latest {{count}} steps: {{values}}',
    needsGradients: 'This strategy looks at the gradients of the tasks, not only at their losses: without a model there are none, so it cannot answer here. Start a run to see its weights.',
    takeOver: 'Use these settings for the next run', busy: 'A run is under way; it keeps its own.',
  },
};
