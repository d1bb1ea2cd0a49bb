/** Files of weights that are malformed, hostile, or another model's. */
import { family } from './entry';

export const weights = family({
  'weights-truncated': {
    message: 'The file ends too early: {{size}} of {{needed}} bytes are there.',
    hint: 'Copy or save it again.',
  },
  'weights-too-large': {
    message: 'The file has {{bytes}} bytes; at most {{limit}} are read.',
    hint: 'Save the state dict alone, without optimiser or data.',
  },
  'weights-pickle': {
    message: 'This is a file of torch.save (.pt, .pth), not safetensors.',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-header-length': {
    message: 'This is no safetensors file: its header would have {{bytes}} bytes (at most {{limit}}).',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-header': {
    message: 'This is no safetensors file: at byte {{at}} of its header, {{expected}} was expected.',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-not-utf8': {
    message: 'The header of the file is not UTF-8 text (near byte {{at}}).',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-duplicate': {
    message: 'The header names “{{name}}” twice.',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-number': {
    message: '“{{name}}” has {{text}} for a size or a position.',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-too-many': {
    message: 'The file lists more than {{limit}} arrays.',
    hint: 'Save the state dict of one model.',
  },
  'weights-dtype': {
    message: '“{{name}}” has the type {{dtype}}, which is not read here.',
    hint: 'Convert the model to float32: model.float().',
  },
  'weights-shape': {
    message: '“{{name}}” has an impossible shape: {{shape}}.',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-offsets': {
    message: '“{{name}}” lies from {{begin}} to {{end}}, which does not fit its shape and type.',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-gap': {
    message: '“{{name}}” begins at {{begin}} instead of {{at}}: arrays overlap or leave a gap.',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-order': {
    message: 'The arrays are not those of {{architecture}}: “{{name}}” does not belong at position {{at}}.',
    of: { few: 'The arrays are not those of {{architecture}}: {{at}} of {{count}} were given.' },
    hint: 'This is a fault of the program: report it with the technical details.',
  },
  'weights-trailing': {
    message: '{{bytes}} bytes follow the last array.',
    hint: 'Save the weights with safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-integers': {
    message: '“{{name}}” holds whole numbers ({{dtype}}), not weights.',
    hint: 'Save the state dict of the model itself; a quantised one is not read here.',
  },
  'weights-not-finite': {
    message: '“{{name}}” holds {{value}} at position {{index}}.',
    hint: 'Take a checkpoint from before the training diverged.',
  },
  'weights-mismatch': {
    message:
      'The weights do not fit {{architecture}}: {{missing}} arrays are missing, {{unexpected}} unknown, {{shapes}} of another shape ({{list}}).',
    hint: 'Choose the architecture, width, input size and tasks they were trained with.',
  },
  'weights-missing': {
    message: 'The initial weights “{{name}}” (SHA-256 {{id}}…) are not stored in this browser.',
    hint: 'Import that file again under “Start from”, or start from new weights.',
  },
  'weights-no-file': {
    message: 'Weights are imported from a file.',
    hint: 'Give a File or a Blob.',
  },
});
