/** Why something does not fit, as the clause that `{{reason}}` stands for. The detail `why` names it. */
const literal = <const R extends Readonly<Record<string, string>>>(reasons: R): R => reasons;

export const REASONS = literal({
  // Of a field of a configuration.
  range: 'it must lie between {{min}} and {{max}}',
  least: 'it must be at least {{limit}}',
  most: 'it must be at most {{limit}}',
  whole: 'it must be a whole number',
  number: 'it must be a number',
  choice: 'it must be one of: {{choices}}',
  noChoice: 'there is no such choice',
  object: 'it must be an object, or be left out where it is optional',
  nearChoice: 'there is no such choice; the nearest is “{{near}}”',
  missing: 'it is missing',
  key: 'there is no such field',
  nearKey: 'there is no such field; the nearest is “{{near}}”',
  once: 'each task once',
  onceInList: '“{{id}}” may stand in the list once: a second one would do nothing',
  heldOutTwice: 'validation and test hold the same group out; nothing would be left to validate on',
  lossKind: 'the loss does not fit this kind of task',
  lossVotes: 'this loss is not defined for votes as targets, cross-entropy is',
  oneTask: 'a single-task model takes exactly one task',
  option: '{{id}} has no such option, only: {{known}}',
  noOptions: '{{id}} has no options',
  perTask: 'it needs one number a task: {{count}}',
  // Of the head of an exported run.
  classes: 'it names classes of other tasks',
  // Of a zip file.
  'no-directory': 'no directory at its end',
  'other-kind': 'a kind of zip that is not read here',
  'large-directory': 'its directory is too long',
  'directory-outside': 'its directory lies outside the file',
  'directory-cut': 'its directory breaks off',
  'unknown-packing': 'an entry is encrypted or packed in an unknown way',
  'name-twice': 'an entry occurs twice',
  'entry-misplaced': 'an entry is not where the directory says',
  'entry-cut': 'an entry breaks off',
  'entries-overlap': 'entries lie over each other, as in a file that is meant to fill a disk',
  'entry-bomb':
    'an entry claims to unpack to more than is possible, as in a file that is meant to fill a disk',
  'entry-longer': 'an entry is longer than it says',
  'entry-broken': 'an entry cannot be unpacked',
  checksum: 'an entry has another checksum than it says',
  // Of a backend.
  'no-webgpu': 'this browser has no WebGPU',
  'no-adapter': 'the browser has WebGPU, but offers no graphics adapter',
  'no-answer': 'the graphics adapter could not be asked: {{message}}',
  'no-webassembly': 'this browser has no WebAssembly',
  'not-started': 'it did not start',
  'threads-differ': 'threads compute other numbers than one alone',
  'threads-late': 'the threads did not start within {{seconds}} s',
});
