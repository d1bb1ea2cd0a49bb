/**
 * English sentences for the codes of problems, errors and log entries. Values come from the entry's
 * `details`.
 */
import { CLAUSES } from '../../../core/errors/clauses';
import { enFallbackLog } from './strategies';

export const enCodes = {
  problem: {
    'hidden-file': {
      name: 'Hidden files',
      why: 'System files such as ._* and .DS_Store are dropped before anything else.',
    },
    'bad-row': {
      name: 'Rows that cannot be read in full',
      why: 'A time, a number or the row of cells is not what its column needs; or tables disagree. What can be read of the row is used where it says so.',
    },
    'elsewhere-audio': {
      name: 'Recordings in another folder than the table says',
      why: 'Found by the file’s name and used, since there is only one of that name.',
    },
    'unlabelled-row': {
      name: 'Rows without a label',
      why: 'They are kept for tasks on other columns; the label scheme leaves them out.',
    },
    'bad-table': {
      name: 'Tables that cannot be read',
      why: 'Save it as CSV or Parquet and open the folder again.',
    },
    'guessed-encoding': {
      name: 'Encoding of a table guessed',
      why: 'The table is neither UTF-8 nor UTF-16. If letters look wrong, save it as UTF-8 and open the folder again.',
    },
    'filtered-row': {
      name: 'Rows left out by a filter',
      why: 'The mapping of the table leaves these rows out. Change it under “Columns of the table”.',
    },
    'bad-label-line': {
      name: 'Unreadable label lines',
      why: 'The line does not follow the grammar of the label files.',
    },
    'spaces-for-tabs': {
      name: 'Tabs replaced by spaces',
      why: 'In these label files the tabs had become spaces. What they say is beyond doubt and is used; an editor or a mail program changed them.',
    },
    'spreadsheet-labels': {
      name: 'Label files saved by a spreadsheet',
      why: 'These have quotes, commas or semicolons where the release has tabs. What they say is beyond doubt and is used.',
    },
    'bad-table-row': {
      name: 'Rows of tables that cannot be read',
      why: 'The row does not fit its table’s header. It is left out, the rest is used.',
    },
    'not-labels': {
      name: 'Text files without labels',
      why: 'A transcription, a binary file or one that cannot be read, in the place of a label file.',
    },
    'bad-utterance-id': {
      name: 'Impossible utterance names',
      why: 'The label line is well-formed, but the name in it is not one that this corpus gives to an utterance.',
    },
    'duplicate-id': { name: 'Utterances labelled twice', why: 'The first label counts.' },
    'missing-audio': { name: 'Labels without audio', why: 'There is no recording for this label.' },
    'unlabelled-audio': { name: 'Audio without a label', why: 'There is no label for this recording.' },
    'duplicate-audio': {
      name: 'Duplicate audio files',
      why: 'Two files have the name of one utterance; the one in its dialog’s folder is used, else the first.',
    },
    'misplaced-audio': {
      name: 'Audio in another dialog’s folder',
      why: 'Found by the file’s name and used. Check that the names are right.',
    },
    'identical-audio': {
      name: 'Identical recordings',
      why: 'Exactly the same sound under another name. All are used; if one is in training and another in validation, the scores are too optimistic.',
    },
    'length-mismatch': {
      name: 'Audio and label differ in length',
      why: 'The recording is longer or shorter than the label’s times say. Files may have been renamed, renumbered or copied over each other.',
    },
    'unreadable-audio': {
      name: 'Unreadable audio',
      why: 'Empty, no recording, without samples, or in a coding that is not supported.',
    },
    'truncated-audio': {
      name: 'Truncated audio',
      why: 'Shorter than its header says; what is there is used.',
    },
    'partial-frame': {
      name: 'Incomplete last sample',
      why: 'The data end in the middle of a sample; it is left out, the rest is used.',
    },
    'block-size': {
      name: 'Contradictory headers',
      why: 'The block size does not fit the number of channels and bits. The bit count is used, as in librosa.',
    },
    'silent-audio': {
      name: 'Silent recordings',
      why: 'Every sample has the same value, so there is nothing to hear. They are used; leave them out of the copy if they are mistakes.',
    },
    'clipped-audio': {
      name: 'Clipped recordings',
      why: 'Three or more samples in a row are at full scale: the recording was too loud. They are used; the spectrogram has energy that the voice had not.',
    },
    'not-finite-audio': {
      name: 'Samples that are no numbers',
      why: 'NaN and infinite samples are read as 0.',
    },
    'excluded-audio': {
      name: 'Recordings left out',
      why: 'They belong to the corpus, but are known to be unusable, or their names do not say enough.',
    },
    'doubtful-audio': {
      name: 'Recordings known to be faulty',
      why: 'Users of the corpus have reported them. They are used; leave them out of the copy if that is not wanted.',
    },
    'unreadable-folder': {
      name: 'Unreadable folders',
      why: 'The folder could not be listed; check its permissions.',
    },
    'folder-limit': {
      name: 'Folders beyond the limit',
      why: 'A corpus is looked for eight folders deep and in 20,000 folders at most. Open the folder of the corpus itself, and what it holds is read.',
    },
    'unreadable-text': {
      name: 'Unreadable transcriptions',
      why: 'The text of these dialogs is not shown; labels and audio do not depend on it.',
    },
    'missing-folder': {
      name: 'Incomplete sessions',
      why: 'A session lacks its labels or its audio. The browser does not show symbolic links.',
    },
    'ignored-folder': {
      name: 'Folders skipped',
      why: 'A second copy of a session, or a folder where none is expected.',
    },
    'ignored-file': { name: 'Files skipped', why: 'They lie among audio or label files but are neither.' },
    'relisted-folder': {
      name: 'Folders listed twice',
      why: 'The first listing lacked files that the second one had; both together are used. Check the connection if the folder is on a network drive or a phone.',
    },
  },
  /** Of one entry in the lists of what was skipped: Problem.said. */
  detail: CLAUSES,
  logCodes: {
    'run-started':
      'Run started on {{backend}}: {{train}} utterances for training, {{validation}} for validation.',
    'initial-weights': 'Started from the weights “{{name}}” ({{id}}…): {{arrays}} arrays.',
    'initial-classes':
      'The weights name other classes of {{task}}: {{theirs}}; this corpus has {{ours}}. Their scores mean little.',
    'initial-validation':
      'Before the first step, on the validation side, {{task}}: loss {{loss}}, UAR {{uar}}.',
    'run-resumed': 'Run continued on {{backend}} at step {{step}} (epoch {{epoch}}).',
    paused: 'Paused; checkpoint written.',
    resumed: 'Running again.',
    stopped: 'Stopped; it can be continued from its checkpoint.',
    finished: 'Finished.',
    failed: 'The run ended with an error: {{message}}',
    'rate-lowered': 'No improvement: the learning rate went from {{from}} to {{to}} after epoch {{epoch}}.',
    'copies-in-test':
      '{{count}} of {{total}} recordings of the test part are in training or validation under other names (identical audio): its scores are too optimistic.',
    tested: 'The test part ({{count}} utterances) was scored with the weights of epoch {{epoch}}, the best.',
    'test-failed': 'The test part could not be scored: {{message}}',
    'early-stopped': 'Stopped early: no improvement for {{patience}} epochs. Best was epoch {{bestEpoch}}.',
    'epoch-best': 'Epoch {{epoch}} is the best so far (monitored: {{monitored}}).',
    'checkpoint-failed': 'The checkpoint could not be written: {{message}}',
    'checkpoint-fallback': 'The {{damaged}} checkpoint was damaged; continued from step {{step}}.',
    'backend-changed':
      'The backend changed from {{from}} to {{to}}: the numbers will differ in the last digits.',
    'sampler-replaced':
      'A worker that makes images stopped and was replaced; its images are made again, nothing changes. ({{message}})',
    quota: 'The browser has no room left; the run is paused.',
    forked: 'Forked from “{{name}}” at step {{step}} (epoch {{epoch}}); strategy: {{strategy}}.',
    'strategy-next': 'From the next epoch on: {{strategy}} {{options}}',
    'strategy-refused': 'The change of strategy was refused. {{message}}',
    'micro-batch-changed':
      'The new strategy needs more memory: {{to}} examples go through the model at once instead of {{from}}. Batch norm sees as many.',
    'strategy-kept': 'The change was taken back: {{strategy}} stays.',
    'strategy-switched':
      'From epoch {{epoch}} on: {{to}} {{options}} instead of {{from}}, with a fresh state. The best epoch so far stands; patience starts over.',
    'strategy-switched-formula':
      'The run was begun by an older version of the program. From this step on {{strategy}} uses its current formula (version {{to}} instead of {{from}}); the strategy’s state is kept. Weights before and after this step follow different formulas.',
    'strategy-switched-total':
      'From epoch {{epoch}} on: {{to}} {{options}} instead of {{from}}, with a fresh state. Totals of two strategies cannot be compared: “best” and patience start over.',
    'strategy-changed': 'Strategy options changed: {{options}}',
    'instruments-changed':
      'From the next step on gradients are measured every {{every}} steps, at: {{gradients}}.',
    'instruments-off': 'From the next step on gradients are not measured.',
    'self-check': 'The backend passed its self-check.',
    fault: 'Fault: {{message}}',
    recovered:
      'Recovered: the run continues from its last checkpoint, step {{step}} (try {{attempt}} of {{of}}).',
    'backend-passed-over': 'The backend {{backend}} failed; {{instead}} is used instead. {{message}}',
    'kernels-replaced':
      'Some of our own kernels compute wrong numbers on {{backend}} here; the backend’s take their place: {{kernels}}.',
    'variants-avoided':
      'Some variants of our kernels compute wrong numbers on {{backend}} here; other variants run instead: {{variants}}.',
    'kernels-tuned':
      'Kernels measured on {{adapter}}: {{count}} shape classes in {{seconds}} s; {{left}} not measured, being large or for lack of time. The fastest right variants are used.',
    'kernels-left':
      'Kernels: {{left}} shape classes are not timed on {{adapter}}, being too large for a measurement at the start. The first right variant of each is used.',
    'variant-wrong':
      'The variant {{variant}} of {{kernel}} ({{shape}}) is not right here and is never used: {{reason}}',
    'threads-faster':
      'WebAssembly computes with {{threads}} threads, measured to be {{gain}} times as fast as one. The numbers are the same to the last bit.',
    'threads-no-gain':
      'WebAssembly computes with one thread: {{threads}} threads reached {{gain}} times its speed.',
    'threads-pinned': 'WebAssembly computes with a fixed number of threads: {{threads}}.',
    'threads-failed': 'WebAssembly computes with one thread, because the others failed: {{message}}.',
    resampled: '{{count}} recordings of {{rates}} Hz are resampled to {{target}} Hz.',
    'resampled-up':
      '{{count}} recordings have only {{rates}} Hz: at {{target}} Hz their spectrograms are empty above half of that.',
    'rates-mixed':
      'The recordings have different sample rates ({{rates}} Hz) and are not resampled: the same mel band means other frequencies in each.',
    excluded: 'Utterances excluded by the configuration: {{count}}.',
    'excluded-unknown':
      'The configuration excludes utterances that the corpus does not have: {{count}} ({{utterances}}).',
    'left-out': '{{count}} of {{of}} utterances are left out: {{utterances}}. {{message}}',
    'votes-as-targets':
      'Task {{task}} learns from listeners’ votes: {{used}} utterances have some, {{labelOnly}} keep their label as the target; {{outside}} votes for other classes are left out. Scores are counted against the labels.',
    'corpus-by-sizes':
      'This run was begun by an earlier version, which knew its corpus by file sizes only. The sizes are the same; whether the recordings are cannot be known.',
    'copies-on-both-sides':
      '{{count}} of {{total}} validation recordings are in training under another name (identical audio): the scores are too optimistic.',
    'batch-short': 'The last batch of the epoch has only {{count}} utterances.',
    ...enFallbackLog,
    warning: '{{message}}',
  },
  audioWarning: {
    truncated: 'The file is shorter than its header says; what is there is used.',
    'partial-frame': 'The last sample is incomplete and is left out.',
    'block-size': 'The header’s block size does not fit channels and bits; the bit count is used.',
    silent: 'Every sample has the same value: there is nothing to hear.',
    'not-finite': 'Samples that are no numbers are read as 0.',
  },
};
