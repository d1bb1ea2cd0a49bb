/** Configurations, and what is chosen in forms and links, with a value that does not fit. */
import { family } from './entry';

export const config = family({
  'bad-config': {
    message: 'The configuration’s “{{field}}” does not fit: {{reason}}.',
    hint: 'Correct the value, or start from a preset.',
  },
  'bad-choice': {
    message:
      '“{{key}}={{value}}” in the link, or in what was chosen before, was not understood; the default stays.',
    hint: 'Choose it by hand, or ask for the link again.',
  },
  'bad-link': {
    message: 'The link’s “{{key}}={{value}}” was not understood; the preset’s value stays.',
    because: 'The link’s “{{key}}={{value}}” was not understood: {{reason}}. The preset’s value stays.',
    of: {
      range: 'The link’s “{{key}}={{value}}” is out of range ({{min}}–{{max}}); the preset’s value stays.',
    },
    hint: 'Set it by hand, or ask for the link again.',
  },
  'unknown-link-key': {
    message: 'The link’s “{{key}}” is not known here and was left out.',
    of: { near: 'The link’s “{{key}}” is not known here and was left out. Did it mean “{{near}}”?' },
    hint: 'Correct the name in the link, or set the value by hand. A newer version may know it.',
  },
  'repeated-link-key': {
    message: 'The link gives “{{key}}” more than once, with different values; “{{value}}”, the last, counts.',
    hint: 'Leave one of them in the link, or set the value by hand.',
  },
  'bad-page-link': {
    message:
      'The link’s “{{key}}={{value}}” was not understood: it must be one of: {{choices}}. The page stays as it was.',
    hint: 'Set it by hand, or ask for the link again.',
  },
  'link-too-long': {
    message: 'The link is longer than any share link ({{limit}} characters).',
    hint: 'Copy the link again.',
  },
  'not-a-link': {
    message: 'This is not a share link of the Train screen.',
    hint: 'Paste the whole link, with “#/train?” in it.',
  },
  'draft-incomplete': {
    message: 'The configuration of the last visit was restored, except for what no longer fits: {{fields}}.',
    hint: 'These have the preset’s values now; set them again.',
  },
  'draft-unreadable': {
    message: 'The configuration of the last visit cannot be read.',
    hint: 'The compact preset is shown instead; set your values again.',
  },
  'no-column': {
    message: 'The task “{{task}}” reads the column “{{column}}”, which this corpus does not have.',
    hint: 'Take the task out, or open a corpus with these labels.',
  },
  'unknown-update': {
    message: 'There is no optimiser or learning-rate schedule “{{id}}”.',
    hint: 'Choose one from the list.',
  },
  'unknown-loss': { message: 'There is no loss “{{id}}”.', hint: 'Choose one from the list.' },
  'unknown-strategy': { message: 'There is no strategy “{{id}}”.', hint: 'Choose one from the list.' },
  'unknown-option': {
    message: 'The strategy “{{strategy}}” has no option “{{key}}”.',
    hint: 'Its options: {{known}}.',
  },
  'option-not-live': {
    message: 'The option “{{key}}” cannot change during an epoch.',
    hint: 'Switch to the same strategy with other options: it takes over with the next epoch.',
  },
  'feature-setting': {
    title: 'The feature setting does not fit.',
    message: 'The feature setting “{{field}}” cannot be {{value}}.',
    hint: 'Correct the value, or start from a preset.',
  },
  'input-size': {
    message: 'The architecture {{architecture}} does not fit an input of {{inputSize}} pixels.',
    hint: 'Choose at least {{minimum}} pixels, or another architecture.',
  },
  width: {
    message: 'A width of {{width}} is out of range.',
    hint: 'Choose a width above 0 and up to 4.',
  },
  heads: {
    message: 'The model cannot be built with these tasks and classes ({{heads}}).',
    hint: 'A single-task model takes exactly one task, and every task needs two classes at least.',
  },
  'instruments-memory': {
    message: 'Measuring there ({{gradients}}) takes more memory than there is beside this run.',
    hint: 'Measure at the shared representation, or start a run that measures there: its batches are split to fit.',
  },
  'micro-batch-too-large': {
    message:
      'Under {{strategy}} a step would take {{megabytes}} MB with {{size}} examples at once; {{limit}} MB are allowed here.',
    hint: 'The number was set by hand. Start a run with {{fits}} at once, or let it be automatic.',
  },
  'strategy-too-large': {
    message:
      'Under {{strategy}} a step would take {{megabytes}} MB with {{size}} examples at once; {{limit}} MB are allowed here.',
    hint: 'Take the gradients at the shared representation, or choose a strategy that needs the losses only.',
  },
  'bad-seeds': {
    message: '“{{part}}” is no seed and no range of seeds.',
    hint: 'Write for example: 1-3, 7',
  },
  'sweep-size': {
    message: 'A sweep has 1 to {{limit}} runs, not {{size}}.',
    hint: 'Choose at least one strategy and one seed, or fewer of both.',
  },
  'fork-keeps': {
    message: 'A fork keeps its parent’s “{{fields}}”.',
    hint: 'Start a new run from the parent’s exported weights instead.',
  },
  'fork-over': {
    message: 'The checkpoint has {{done}} epochs already; the fork is to have {{epochs}} in all.',
    hint: 'Give the fork more epochs.',
  },
  origin: {
    message: 'A run with an origin is a fork of another run.',
    hint: 'Fork that run.',
  },
});
