/** What is stored: runs, checkpoints, features, imported weights; and files that cannot be read. */
import { family } from './entry';

export const storage = family({
  quota: {
    message: 'The browser has no room left for this page.',
    hint: 'Delete runs or cached features on the Runs screen, then try again.',
  },
  'storage-blocked': {
    message:
      'This browser stores nothing for this page, because cookies and site data are blocked for it: everything works, but in memory, and is gone when the page is reloaded or closed.',
    hint: 'Export the runs that you need. To keep runs here, allow site data for this address in the browser’s settings and reload the page.',
  },
  'storage-changed': {
    message: 'The browser’s setting for site data was changed while this page was open.',
    hint: 'Reload the page.',
  },
  'storage-emptied': {
    message:
      'Everything that this page had stored was deleted, by another tab or in the browser’s settings: runs, imported weights, remembered folders.',
    hint: 'Open your corpus again. Runs that you exported can be imported.',
  },
  'storage-emptied-rescued': {
    message:
      'Everything that this page had stored was deleted, by another tab or in the browser’s settings. The run “{{name}}” was written again from memory.',
    hint: 'Lost are all other runs, imported weights and remembered folders. The run’s log says whether its best checkpoint is lost too.',
  },
  'database-newer': {
    message: 'A newer version of the workbench has changed the storage of this browser.',
    hint: 'Reload this page to get the newer version.',
  },
  locked: {
    message: 'Another tab is working on this.',
    hint: 'Close the other tab, or continue there.',
  },
  'run-missing': { message: 'This run is no longer stored.', hint: 'Start a new one.' },
  'features-missing': {
    message: 'The features of this run are no longer stored.',
    hint: 'Open its corpus; they are computed again.',
  },
  'features-in-use': {
    message: 'A run is under way and may be reading these features.',
    hint: 'Stop it first, in every tab; it can be continued later.',
  },
  'pack-missing': {
    message: 'The cached features are not there any more.',
    hint: 'Open the corpus again; the features are recomputed.',
  },
  'pack-damaged': {
    message: 'The cached features are damaged.',
    hint: 'Delete the cached features on the Runs screen; they are recomputed.',
  },
  'not-in-pack': {
    message: 'There are no features of “{{utterance}}”.',
    hint: 'Compute the features again on the Data screen.',
  },
  'corpus-missing': {
    message: 'This corpus is not known here any more.',
    hint: 'Open its folder again.',
  },
  'unknown-utterance': {
    message: '“{{utterance}}” is not in the corpus.',
    hint: 'Open the folder again, so that it is read again.',
  },
  'file-changed': {
    title: 'A file is no longer what was scanned.',
    message: '“{{name}}” is no longer what was scanned.',
    hint: 'Put the scanned file back, or read the folder again (“Recompute” on the Data screen): it then counts as another corpus.',
  },
  'file-missing': {
    title: 'A file is not there any more.',
    message: '“{{where}}” is not there any more.',
    hint: 'Open the folder again, so that it is read again.',
  },
  'file-unreadable': {
    message: 'The file cannot be read: it was moved, changed or locked.',
    of: { path: '“{{where}}” cannot be read.' },
    hint: 'Check that it is still there and that no other program locks it, then choose or open it again.',
  },
  'checkpoint-damaged': {
    title: 'The checkpoint is damaged.',
    message: 'The checkpoint of step {{step}} is damaged (part {{part}} of {{parts}}).',
    hint: 'Continue from the other checkpoint, or start the run again: the same seed gives the same run.',
  },
  'checkpoint-missing': {
    message: 'This run has no such checkpoint.',
    hint: 'Choose another one, or fork again.',
  },
  'checkpoint-mismatch': {
    message: 'The checkpoint does not fit this model.',
    of: {
      array: 'The checkpoint does not fit this model: its array {{name}} is another one.',
      missing: 'The checkpoint does not fit this model: {{count}} arrays are missing.',
    },
    hint: 'Start the run again: the same seed gives the same run.',
  },
  'weights-damaged': {
    title: 'The stored weights are damaged.',
    message: 'The stored weights “{{name}}” are damaged (part {{part}} of {{parts}}).',
    hint: 'Remove them and import the file again.',
  },
});
