/** Graphs of operations that are no model: faults of whoever writes an architecture. */
import { family } from './entry';

export const model = family({
  'graph-inputs': {
    message: 'Node {{node}} reads {{count}} earlier nodes, not {{inputs}}.',
    of: { several: 'Node {{node}} reads two earlier nodes at least, not {{inputs}}.' },
    hint: 'Give the operation what earlier calls of the builder returned.',
  },
  'graph-name': {
    message: 'Node {{node}} needs a name of its own.',
    hint: 'Give it the name of its module in PyTorch.',
  },
  'graph-shape': {
    message: 'The operation {{op}} cannot take a value of shape {{shape}}.',
    of: {
      axes: 'The operation {{op}} takes a value with {{axes}} axes, not {{shape}}.',
      same: 'The operation {{op}} takes values of one shape, not {{shape}}.',
      last: 'The operation {{op}} takes values that differ in their last axis alone, not {{shape}}.',
      'one-channel': 'The operation {{op}} takes a picture of one channel, not {{shape}}.',
      positions: 'The operation {{op}} takes positions and channels, not {{shape}}.',
    },
    hint: 'Put an operation between them that changes the shape, such as flatten or a convolution of 1×1.',
  },
  'graph-attribute': {
    message: 'Node {{node}}: “{{attribute}}” cannot be {{value}}.',
    hint: 'Give the operation the attributes that it declares, within their ranges.',
  },
  'graph-too-small': {
    message: 'The input of {{op}} is too small: nothing of it is left.',
    hint: 'Give the model a larger input, or leave a pooling out.',
  },
  'graph-op': {
    message: 'There is no operation “{{op}}”.',
    hint: 'Choose one of {{known}}, or add it to the registry.',
  },
  'graph-trunk': {
    message: 'Node {{node}} reads node {{reads}}, which lies beside the shared representation.',
    hint: 'Let heads read the shared representation and nothing else of what lies before them.',
  },
  'graph-head': {
    message: 'The head of {{task}} ends in {{shape}} numbers instead of {{classes}}.',
    hint: 'End it in a fully connected layer with as many features as the task has classes.',
  },
  'graph-unused': {
    message: 'Nothing reads node {{node}} ({{name}}).',
    hint: 'Connect it, or leave it out.',
  },
});
