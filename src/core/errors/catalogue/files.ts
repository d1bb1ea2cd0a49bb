/** Files that are dropped or chosen: configurations and exported runs. */
import { family } from './entry';

export const files = family({
  'file-too-large': {
    message: 'The file has {{bytes}} bytes; at most {{limit}} are read here.',
    of: { unpacked: 'The file has {{bytes}} bytes when unpacked; at most {{limit}} are read here.' },
    hint: 'Choose another file.',
  },
  'not-json': {
    message: 'The file is not JSON.',
    hint: 'Choose another file; this one may be damaged.',
  },
  'json-too-deep': {
    message: 'The file nests deeper than {{limit}} levels.',
    hint: 'Choose another file; this one may be damaged.',
  },
  'json-too-long': {
    message: 'The file holds more than {{limit}} values.',
    hint: 'Choose another file; this one may be damaged.',
  },
  'not-a-config': {
    message: 'This file holds no configuration of Equipoise.',
    hint: 'Choose a file that “Save the configuration” wrote, or config.json of an exported run.',
  },
  'newer-file': {
    message: 'The file was written in version {{version}} of its format; this page reads version {{known}}.',
    hint: 'Open it with a newer version of the workbench.',
  },
  'table-alone': {
    message: '“{{name}}” is a single table, not a run.',
    hint: 'Choose the run’s zip. A table that a spreadsheet saved again can be put back into it under its old name.',
  },
  'not-importable': {
    message: '“{{name}}” is neither a configuration (.json) nor an exported run (.zip).',
    hint: 'Choose a file that this workbench saved.',
  },
  'zip-damaged': {
    message: 'The zip file cannot be read: {{reason}}.',
    hint: 'Copy it again, or export the run again.',
  },
  'archive-incomplete': {
    message: 'The zip file is not an exported run. Missing: {{files}}.',
    hint: 'Choose a zip that this workbench exported.',
  },
  'archive-bad-head': {
    message: '“config.json” in the zip does not fit: {{reason}}.',
    hint: 'Choose a zip that this workbench exported.',
  },
  'archive-date': {
    message: '“{{file}}” has a date ({{cell}}) in place of a number at row {{row}}, column “{{column}}”.',
    hint: 'A spreadsheet has changed it, and the number cannot be recovered from the date; export the run again.',
  },
  'archive-too-many-rows': {
    message: '“{{file}}” has more than {{limit}} rows, more than any run.',
    hint: 'Choose a zip that this workbench exported.',
  },
  'archive-encoding': {
    message: '“{{file}}” is not UTF-8 text.',
    hint: 'Save it again as “CSV UTF-8”, or export the run again.',
  },
  'archive-bad-row': {
    message: '“{{file}}” cannot be read at row {{row}} (column: {{column}}).',
    hint: 'The file was changed or damaged; export the run again.',
  },
  'archive-inconsistent': {
    message: 'The scores of epoch {{epoch}} do not follow from its confusion matrices.',
    hint: 'The files were changed; export the run again.',
  },
});
