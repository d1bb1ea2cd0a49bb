/**
 * English of what a user does to a run and to the page: waiting for a step, ending at once, looking at
 * another run, what storage does.
 */
export const enLifecycle = {
  asked: {
    stopping: 'stopping…',
    pausing: 'pausing…',
    stop: 'Stopping after this step…',
    stopAbout: 'Stopping after this step (about {{time}} left)…',
    stopValidation: 'Stopping after the validation under way…',
    pause: 'Pausing after this step…',
    pauseAbout: 'Pausing after this step (about {{time}} left)…',
    pauseValidation: 'Pausing after the validation under way…',
    endNow_one: 'End now and lose {{count}} step',
    endNow_other: 'End now and lose {{count}} steps',
    endNowAll: 'End now; there is no checkpoint yet',
    keep: 'Keep running',
  },
  forecast: {
    title: 'How long it will take',
    ms: '{{value}} ms',
    s: '{{value}} s',
    both: 'About {{step}} a step and {{all}} in all.',
    stepOnly: 'About {{step}} a step.',
    from: {
      run: 'Estimated from a run measured here.',
      processor: 'Estimated from this processor’s measured speed; the first steps will show the real one.',
    },
    warn: 'This configuration takes about {{step}} a step and {{all}} in all with {{backend}} on this machine.',
    warnStep: 'This configuration takes about {{step}} a step with {{backend}} on this machine.',
    advice:
      'It is meant for a graphics card. The compact preset trains the same architecture at a quarter of the width on 64 × 64 pixels, in minutes.',
    compact: 'Use the compact preset',
  },
  looking: {
    back: 'Back to the current run',
    only: 'View only; “{{name}}” is being trained.',
  },
};

export const enLifecycleLog = {
  'storage-emptied':
    'Everything stored was deleted while the run was under way. The run was written again from memory, up to step {{step}}.',
  'storage-emptied-best':
    'Everything stored was deleted while the run was under way. The run was written again from memory, up to step {{step}}. The weights of the best epoch so far ({{epoch}}) are gone.',
  'paused-at-start': 'Paused before the first step.',
  'paused-unsaved':
    'Paused, and not saved: the checkpoint is still that of step {{step}}, {{lost}} steps earlier. Play tries to save again.',
  'stopped-unsaved': 'Stopped without saving: {{lost}} steps since the checkpoint of step {{step}} are lost.',
  'stopped-at-once':
    'Ended at once, without waiting for the step under way. Steps lost since the checkpoint of step {{step}}: {{lost}}, and the one that was under way.',
};
