/** Backends that are missing or fail, and numbers that stop being finite. */
import { family } from './entry';

export const backend = family({
  'backend-missing': {
    message: 'The backend {{backend}} cannot be used here: {{reason}}.',
    hint: 'Choose “Automatic” or another backend.',
  },
  'self-check': {
    message: 'The backend computes wrong numbers on this machine and is not used.',
    of: { 'breaks-down': 'The backend fails in its self-check and is not used.' },
    hint: 'Choose another backend; WebAssembly works everywhere.',
  },
  'zero-gradients': {
    message: 'The backend computes gradients that are all zero (step {{step}}).',
    hint: 'Continue from the last checkpoint, perhaps with another backend.',
  },
  'device-lost': {
    message: 'The graphics device was lost.',
    of: { said: 'The graphics device was lost: {{message}}' },
    hint: 'Continue from the last checkpoint.',
  },
  'device-error': {
    message: 'The graphics device reports an error: {{message}}',
    hint: 'Continue from the last checkpoint, perhaps with another backend.',
  },
  'read-back': {
    title: 'Results could not be read from the graphics adapter.',
    message: 'Results could not be read from the graphics adapter: {{message}}',
    hint: 'Continue from the last checkpoint.',
  },
  'out-of-memory': {
    message: 'The backend {{backend}} has no memory left.',
    hint: 'Choose a smaller batch, width or input size, or another backend.',
  },
  'array-too-large': {
    message:
      'An array of {{bytes}} bytes does not fit the graphics adapter, whose kernels see {{limit}} bytes at a time.',
    hint: 'Choose a smaller width or input size, or another backend.',
  },
  'backend-crashed': {
    message: 'The backend {{backend}} failed: {{message}}',
    of: { thread: 'A thread of the backend {{backend}} does not answer any more.' },
    hint: 'Continue from the last checkpoint.',
  },
  'threads-failed': {
    message: 'The threads of WebAssembly cannot be used: {{reason}}.',
    hint: 'Nothing is lost: one thread computes alone.',
  },
  'program-fault': {
    message: 'The program asked the backend for what it cannot do.',
    of: {
      interrupted: 'The backend failed while a step was computed.',
      'no-gradient': 'There is no gradient for {{name}}.',
      'no-averages': '{{strategy}} averages gradients, and there is nowhere to keep them.',
      'no-variant': 'The kernel {{kernel}} has no variant {{variant}} for {{shape}}.',
      shape: 'The kernel {{kernel}} was given a shape that it does not take.',
      layout: 'Gradients of a convolution here need the layout NHWC, not {{layout}}.',
      padding: 'A padding as large as the filter has no input gradient here.',
      'no-kernel': 'There is no kernel {{kernel}}.',
      'no-operation': 'The benchmark has no operation {{op}}.',
      'image-bytes': '{{count}} images of {{size}} × {{size}} pixels take {{needed}} bytes, not {{bytes}}.',
      values: 'The array {{name}} takes {{needed}} numbers, not {{given}}.',
      'no-case': 'No case of the benchmark was prepared.',
      optimiser: 'The benchmark compares Adam alone, not {{optimiser}}.',
    },
    hint: 'This is a fault of the program: report it with the technical details, and use another backend meanwhile.',
  },
  busy: {
    message: 'A run is under way.',
    of: { 'range-test': 'A range test is under way.' },
    hint: 'Stop it first; it can be continued later.',
  },
});

export const divergence = family({
  'not-finite': {
    message: 'Numbers stopped being finite at step {{step}}.',
    of: {
      loss: 'A loss stopped being a finite number at step {{step}}.',
      validation: 'A validation loss is no finite number after step {{step}}.',
      state: 'Numbers stopped being finite at step {{step}}, in {{name}}.',
    },
    hint: 'Lower the learning rate or choose another strategy, and continue from the last checkpoint.',
  },
  diverges: {
    message:
      'At step {{step}} numbers stopped being finite, and again after the run had gone back to its last checkpoint: the training diverges.',
    hint: 'Lower the learning rate or choose another strategy. The last checkpoint is from before it.',
  },
});
