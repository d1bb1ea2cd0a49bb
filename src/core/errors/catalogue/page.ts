/** Workers, the page itself, runs that cannot do what is asked, and what nobody foresaw. */
import { family } from './entry';

export const worker = family({
  'worker-crashed': {
    message: 'A background process stopped unexpectedly ({{worker}}).',
    of: { said: 'A background process stopped unexpectedly ({{worker}}): {{said}}.' },
    hint: 'Continue the run from its last checkpoint.',
  },
  'worker-gone': {
    message: 'A background process is gone ({{worker}}).',
    hint: 'Continue the run from its last checkpoint.',
  },
  'worker-hung': {
    message: 'A background process gives no sign of life any more ({{worker}}).',
    hint: 'Continue the run from its last checkpoint.',
  },
  'worker-garbled': {
    message: 'A background process sent something unreadable ({{worker}}).',
    hint: 'Reload the page; runs are kept.',
  },
  'worker-ended': {
    message: 'A background process was ended.',
    hint: 'Start again; runs are kept.',
  },
  'worker-not-loaded': {
    message: 'A part of the page could not be loaded ({{worker}}): the server of this page does not answer.',
    hint: 'Start the server again, then try once more. What is stored is safe.',
  },
  'unknown-method': {
    message: 'A background process has no method “{{method}}”.',
    hint: 'Reload the page.',
  },
});

export const page = family({
  cancelled: { message: 'Cancelled.', hint: 'Start it again when you like.' },
  unexpected: {
    message: 'Something unexpected happened.',
    hint: 'Reload the page; runs are kept and can be continued. The technical details help to report it.',
  },
  'screen-not-loaded': {
    message: 'This screen could not be loaded: the server of this page does not answer.',
    hint: 'Start the server again, then press “Try again”.',
  },
  'picture-not-drawn': {
    message: 'The browser cannot draw the picture.',
    hint: 'Save it as SVG instead.',
  },
  'no-run': { message: 'No run is under way.', hint: 'Press Play to start one.' },
  'read-only-run': {
    message: 'This run was imported from a file: it has no weights to continue from.',
    hint: 'Start a new run with its configuration.',
  },
  'gave-up': {
    message: 'The run was stopped after {{tries}} recoveries in a row. The last fault: {{message}}',
    hint: 'Everything up to the last checkpoint is saved: continue from there, perhaps with another backend.',
  },
});
