/**
 * English sentences for the codes of problems, errors and log entries. Values come from the entry's
 * `details`.
 */
import { enFallbackLog } from './strategies';

export const enCodes = {
  problem: {
    'hidden-file': {
      name: 'Hidden files',
      why: 'System files such as ._* and .DS_Store are dropped before anything else.',
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
    'not-labels': {
      name: 'Text files without labels',
      why: 'A transcription, a binary file or one that cannot be read, in the place of a label file. The labels are in dialog/EmoEvaluation.',
    },
    'bad-utterance-id': {
      name: 'Impossible utterance names',
      why: 'The label line is well-formed, the name in it is not one of IEMOCAP’s.',
    },
    'duplicate-id': { name: 'Utterances labelled twice', why: 'The first label counts.' },
    'missing-audio': { name: 'Labels without audio', why: 'There is no WAV file for this label.' },
    'unlabelled-audio': { name: 'Audio without a label', why: 'There is no label for this WAV file.' },
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
      why: 'Empty, not a WAV file, without samples, or in a coding that is not supported.',
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
    'not-finite-audio': {
      name: 'Samples that are no numbers',
      why: 'NaN and infinite samples are read as 0.',
    },
    'unreadable-folder': {
      name: 'Unreadable folders',
      why: 'The folder could not be listed; check its permissions.',
    },
    'missing-folder': {
      name: 'Incomplete sessions',
      why: 'A session lacks its labels or its audio. The browser does not show symbolic links.',
    },
    'ignored-folder': {
      name: 'Folders passed over',
      why: 'A second copy of a session, or a folder where none is expected.',
    },
    'ignored-file': { name: 'Files passed over', why: 'They lie among audio or labels and are neither.' },
    'relisted-folder': {
      name: 'Folders listed twice',
      why: 'The first listing lacked files that the second one had; both together are used. Check the connection if the folder is on a network drive or a phone.',
    },
  },
  /** Of one entry in the lists of what was skipped: Problem.said. */
  detail: {
    'truncated-audio': '{{a}} of {{b}} samples are there',
    'partial-frame': 'the last frame has {{a}} of {{b}} bytes',
    'block-size': 'the header gives {{a}} bytes for a frame of {{b}} × {{c}} bits',
    'silent-audio': 'every sample is {{a}}',
    'not-finite-audio': 'samples that were no numbers: {{a}}',
    hidden: 'hidden name',
    moreSessions: 'sessions that the first listing lacked: {{count}}',
    moreFiles: 'files that the first listing lacked: {{count}}',
    otherRead: '{{path}} is read',
    noLabelFolder: 'no folder with labels',
    noAudioFolder: 'no folder with audio',
    notText: 'no text file',
    notWav: 'no WAV file by its name',
    belowDialog: 'a folder below a dialog’s',
    notUtterance: 'not named like an utterance',
    sameSound: 'the same sound as {{id}}',
    sameSoundOtherLabel: 'the same sound as {{id}}, which is labelled {{theirs}} and not {{label}}',
    transcription: 'a transcription, which has the same name in the release',
    line: 'line {{line}}: {{text}}',
    labelLines: 'label lines: {{count}}',
    tooLarge: '{{bytes}} bytes, too many for labels',
    cannotRead: 'the file cannot be read: {{message}}',
    inFile: 'in {{path}}',
    againIn: 'again in {{path}}; the first one counts',
    noFile: 'no {{path}}',
    belongsTo: 'belongs to {{dialog}}',
    noLabel: 'no label for it',
    recordings: '{{count}} of {{total}} recordings',
    seconds: '{{heard}} s, {{labelled}} s by its label',
  },
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
      'From epoch {{epoch}} on: {{to}} {{options}} instead of {{from}}, with a state of its own. The best so far stays to be beaten; patience begins anew.',
    'strategy-switched-formula':
      'The run was begun by an older version of the program. From this step on {{strategy}} uses its current formula (version {{to}} instead of {{from}}); the strategy’s state is kept. Weights before and after this step follow different formulas.',
    'strategy-switched-total':
      'From epoch {{epoch}} on: {{to}} {{options}} instead of {{from}}, with a state of its own. Totals of two strategies cannot be compared: “best” and patience begin anew.',
    'strategy-changed': 'Strategy options changed: {{options}}',
    'instruments-changed':
      'From the next step on gradients are measured every {{every}} steps, at: {{gradients}}.',
    'instruments-off': 'From the next step on gradients are not measured.',
    'self-check': 'The backend passed its self-check.',
    fault: 'Fault: {{message}}',
    recovered:
      'Recovered: the run goes on from its last checkpoint, step {{step}} (try {{attempt}} of {{of}}).',
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
    'left-out': '{{count}} of {{of}} utterances are left out: {{utterances}}. {{message}}',
    'corpus-by-sizes':
      'This run was begun by an earlier version, which knew its corpus by file sizes only. The sizes are the same; whether the recordings are cannot be known.',
    'copies-on-both-sides':
      '{{count}} of {{total}} validation recordings are in training under another name (identical audio): the scores are too optimistic.',
    'batch-short': 'The last batch of the epoch has only {{count}} utterances.',
    ...enFallbackLog,
    warning: '{{message}}',
  },
  backendDetail: {
    'this-browser-has-no-webgpu': 'This browser has no WebGPU.',
    'the-browser-offers-no-graphics-adapter': 'The browser has WebGPU, but offers no graphics adapter.',
    'this-browser-has-no-webassembly': 'This browser has no WebAssembly.',
    'webassembly-one-thread': 'WebAssembly, one thread',
    'webassembly-threads-are-measured-when-a-run-begins':
      'WebAssembly; how many threads pay is measured when a run begins',
    threads: {
      faster: 'WebAssembly, {{threads}} threads, {{gain}} times as fast as one',
      noGain: 'WebAssembly, one thread; {{threads}} threads reached only {{gain}} times its speed',
    },
    'plain-javascript-slow': 'Plain JavaScript, slow',
    'graphics-adapter-without-a-name': 'A graphics adapter without a name',
  },
  errors: {
    cancelled: { message: 'Cancelled.', hint: 'Start it again when you like.' },
    quota: {
      message: 'The browser has no room left for this page.',
      hint: 'Delete runs or cached features on the Runs screen, then try again.',
    },
    permission: {
      message: 'The browser no longer lets this page read the folder.',
      hint: 'Press “Reconnect” on the Start screen and allow access.',
    },
    'no-handle': {
      message: 'The browser did not keep this folder.',
      hint: 'Open the folder again; its cached features are still here.',
    },
    'folder-closed': {
      message: 'The audio cannot be read, because the folder is not connected.',
      hint: 'Press “Reconnect” on the Start screen.',
    },
    'corpus-not-open': {
      message: 'The corpus of this run is not open.',
      hint: 'Open its folder on the Start screen, then press Play again.',
    },
    'empty-folder': {
      message: 'The folder is empty.',
      hint: 'Choose the folder that holds the corpus, or a part of it: of IEMOCAP Session1 … Session5, or a single session. A browser does not show symbolic links: choose the folder they lead to.',
    },
    'not-a-corpus': {
      message: 'No {{corpora}} corpus was found in the folder “{{folder}}”.',
      hint: 'Looked, up to four folders deep, for the folders and files of these corpora: for IEMOCAP Session1 … Session5, dialog and sentences, for EmoDB files such as 03a01Fa.wav; found: {{found}}. Choose the corpus’ folder, a part of it, or a folder around it. Symbolic links are not shown by the browser: choose the folder they lead to.',
    },
    'unknown-adapter': {
      message: 'This version does not know the corpus “{{adapter}}”.',
      hint: 'A later version read it. Open the folder again.',
    },
    'unknown-scheme': {
      message: '{{corpus}} has no label scheme “{{scheme}}”.',
      hint: 'Choose one of its own: {{schemes}}.',
    },
    'no-labels': {
      message: 'The folder holds audio ({{audio}} files), but no label for it.',
      hint: 'Copy dialog/EmoEvaluation of each session, too, and open the folder again. The list below says what was skipped.',
    },
    'no-audio': {
      message: 'The folder holds labels ({{labels}}), but no audio for them.',
      hint: 'Copy sentences/wav of each session, too, and open the folder again. The list below says what was skipped.',
    },
    'no-usable-utterance': {
      message: 'The folder holds no utterance with both a label and readable audio.',
      hint: '{{labels}} labels and {{audio}} audio files were found; the list below says why none of them is usable.',
    },
    'no-column': {
      message: 'The task “{{task}}” reads the column “{{column}}”, which this corpus does not have.',
      hint: 'Take the task out, or open a corpus with these labels.',
    },
    'nothing-to-train': {
      message: 'The split leaves nothing to train or to validate on.',
      hint: 'Choose another split or a corpus with more utterances.',
    },
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
    'input-size': {
      message: 'This architecture does not fit an input of {{inputSize}} pixels.',
      hint: 'Choose at least {{minimum}} pixels, or another architecture.',
    },
    width: { message: 'A width of {{width}} is out of range.', hint: 'Choose a width above 0 and up to 4.' },
    heads: {
      message: 'The model cannot be built with these tasks and classes ({{heads}}).',
      hint: 'A single-task model takes exactly one task, and every task needs two classes at least.',
    },
    'unknown-strategy': { message: 'There is no strategy “{{id}}”.', hint: 'Choose one from the list.' },
    'feature-setting': { message: 'The feature setting does not fit.', hint: 'Start from a preset.' },
    busy: { message: 'A run is under way.', hint: 'Stop it first; it can be continued later.' },
    locked: { message: 'Another tab is working on this.', hint: 'Close the other tab, or go on there.' },
    'no-run': { message: 'No run is under way.', hint: 'Press Play to start one.' },
    'run-missing': { message: 'This run is no longer stored.', hint: 'Start a new one.' },
    'features-missing': {
      message: 'The features of this run are no longer stored.',
      hint: 'Open its corpus; they are computed again.',
    },
    'pack-missing': {
      message: 'The cached features are not there any more.',
      hint: 'Open the corpus again; the features are computed anew.',
    },
    'pack-damaged': {
      message: 'The cached features are damaged.',
      hint: 'Delete the cached features on the Runs screen; they are computed anew.',
    },
    'not-in-pack': {
      message: 'There are no features of “{{utterance}}”.',
      hint: 'Compute the features again on the Data screen.',
    },
    'corpus-missing': { message: 'This corpus is not known here any more.', hint: 'Open its folder again.' },
    'unknown-utterance': {
      message: '“{{utterance}}” is not in the corpus.',
      hint: 'Open the folder again, so that it is read anew.',
    },
    'file-changed': {
      message: 'A file is no longer what was scanned.',
      hint: 'Put the scanned file back, or read the folder again (“Recompute” on the Data screen): it then counts as another corpus.',
    },
    'features-in-use': {
      message: 'A run is under way and may be reading these features.',
      hint: 'Stop it first, in every tab; it can be continued later.',
    },
    'corpus-unread': {
      message:
        'This folder was last read by an earlier version, which did not look at the recordings themselves.',
      hint: 'Press “Reconnect” on the Start screen: it is read once more, and its features are computed anew.',
    },
    'data-changed': {
      message:
        'The run began with {{had}} utterances, and {{now}} can be read now: its random split would be another one.',
      hint: 'Put the missing files back and continue the run, or start a new one.',
    },
    'file-missing': {
      message: 'A file is not there any more.',
      hint: 'Open the folder again, so that it is read anew.',
    },
    'file-unreadable': {
      message: 'A file cannot be read.',
      hint: 'Check its permissions, then open the folder again.',
    },
    'checkpoint-damaged': {
      message: 'The checkpoint is damaged.',
      hint: 'Continue from the other checkpoint, or start the run anew.',
    },
    'checkpoint-missing': {
      message: 'This run has no such checkpoint.',
      hint: 'Choose another one, or fork again.',
    },
    'bad-seeds': {
      message: '“{{part}}” is no seed and no range of seeds.',
      hint: 'Write for example: 1-3, 7',
    },
    'sweep-size': {
      message: 'A sweep has 1 to {{limit}} runs, not {{size}}.',
      hint: 'Choose at least one strategy and one seed, or fewer of both.',
    },
    'strategy-too-large': {
      message:
        'Under {{strategy}} a step would take {{megabytes}} MB with {{size}} examples at once; {{limit}} MB are allowed here.',
      hint: 'Take the gradients at the shared representation, or choose a strategy that needs the losses only.',
    },
    'micro-batch-too-large': {
      message:
        'Under {{strategy}} a step would take {{megabytes}} MB with {{size}} examples at once; {{limit}} MB are allowed here.',
      hint: 'The number was set by hand. Start a run with {{fits}} at once, or let it be automatic.',
    },
    'fork-keeps': {
      message: 'A fork goes on with its parent’s “{{fields}}”.',
      hint: 'Start a new run from the parent’s exported weights instead.',
    },
    'fork-over': {
      message: 'The checkpoint has {{done}} epochs already; the fork is to have {{epochs}} in all.',
      hint: 'Give the fork more epochs.',
    },
    origin: { message: 'A run with an origin is a fork of another run.', hint: 'Fork that run.' },
    'checkpoint-mismatch': {
      message: 'The checkpoint does not fit this model.',
      hint: 'Start a new run with this configuration.',
    },
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
      message: 'The header of the file is no UTF-8 text (near byte {{at}}).',
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
    'weights-damaged': {
      message: 'The stored weights “{{name}}” are damaged (part {{part}}).',
      hint: 'Remove them and import the file again.',
    },
    'weights-no-file': { message: 'Weights are imported from a file.', hint: 'Give a File or a Blob.' },
    'instruments-memory': {
      message: 'Measuring there ({{gradients}}) takes more memory than there is beside this run.',
      hint: 'Measure at the shared representation, or start a run that measures there: its batches are split to fit.',
    },
    'folder-gone': {
      message: 'No file of the folder “{{name}}” can be read any more.',
      hint: 'Put the folder back where it was, or open it again.',
    },
    diverges: {
      message:
        'At step {{step}} numbers stopped being finite, and again after the run had gone back to its last checkpoint: the training diverges.',
      hint: 'Lower the learning rate or choose another strategy. The last checkpoint is from before it.',
    },
    'gave-up': {
      message: 'The run was stopped after {{tries}} recoveries in a row. The last fault: {{message}}',
      hint: 'Everything up to the last checkpoint is saved: continue from there, perhaps with another backend.',
    },
    'zero-gradients': {
      message: 'The backend computes gradients that are all zero (step {{step}}).',
      hint: 'Continue from the last checkpoint, perhaps with another backend.',
    },
    'device-lost': { message: 'The graphics device was lost.', hint: 'Continue from the last checkpoint.' },
    'device-error': {
      message: 'The graphics device reports an error: {{message}}',
      hint: 'Continue from the last checkpoint, perhaps with another backend.',
    },
    'read-back': {
      message: 'Results could not be read from the graphics adapter.',
      hint: 'Continue from the last checkpoint.',
    },
    'out-of-memory': {
      message: 'The backend {{backend}} has no memory left.',
      hint: 'Choose a smaller batch, width or input size, or another backend.',
    },
    'backend-crashed': {
      message: 'The backend {{backend}} broke down: {{message}}',
      hint: 'Continue from the last checkpoint.',
    },
    'not-finite': {
      message: 'Numbers stopped being finite at step {{step}}.',
      hint: 'Lower the learning rate, or continue from the best checkpoint.',
    },
    'backend-missing': {
      message: 'The backend {{backend}} cannot be used here: {{reason}}.',
      hint: 'Choose “Automatic” or another backend.',
    },
    'self-check': {
      message: 'The backend computes wrong numbers on this machine and is not used.',
      hint: 'Choose another backend; WebAssembly works everywhere.',
    },
    'worker-crashed': {
      message: 'A background process stopped unexpectedly ({{worker}}).',
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
    'worker-ended': { message: 'A background process was ended.', hint: 'Start again; runs are kept.' },
    unexpected: {
      message: 'Something unexpected happened.',
      hint: 'Reload the page; runs are kept and can be continued. The technical details help to report it.',
    },
    'empty-file': { message: 'The file is empty.', hint: 'It is left out. Copy it again from its source.' },
    'apple-double': {
      message: 'A macOS companion file, not a recording.',
      hint: 'It is left out; nothing is missing.',
    },
    'zero-bytes': {
      message: 'The file holds zero bytes instead of a recording.',
      hint: 'It is left out. The copy probably broke off; copy it again from its source.',
    },
    'lfs-pointer': {
      message: 'A Git LFS placeholder instead of the recording.',
      hint: 'Run “git lfs pull” in the copy of the repository, then open the folder again.',
    },
    'annex-pointer': {
      message: 'A git-annex placeholder instead of the recording.',
      hint: 'Run “git annex get .” (or “datalad get .”) in the copy, then open the folder again.',
    },
    'web-page': {
      message: 'A web page instead of the recording.',
      hint: 'The download got an error or a login page. Download the recordings again, then open the folder again.',
    },
    'text-file': {
      message: 'A text file instead of the recording.',
      hint: 'It is left out. Look into the file to see what happened, and download or copy the recordings again.',
    },
    'not-riff': {
      message: 'Not a WAV file.',
      hint: 'Convert it to PCM WAV, for example with “ffmpeg -i input output.wav”, then open the folder again.',
    },
    'not-wave': {
      message: 'A RIFF file, but not a WAV file.',
      hint: 'Convert it to PCM WAV, for example with “ffmpeg -i input output.wav”, then open the folder again.',
    },
    'no-format': {
      message: 'The file ends before it says how its samples are written.',
      hint: 'It is left out. Copy it again from its source.',
    },
    'no-samples': {
      message: 'The file has a header but no samples.',
      hint: 'It is left out. Copy it again from its source.',
    },
    'bad-format': {
      message: 'The header of the file is impossible.',
      hint: 'It is left out. Copy it again from its source.',
    },
    'unsupported-coding': {
      message: 'The coding of the samples is not supported.',
      hint: 'Convert it to PCM WAV, for example with “ffmpeg -i input output.wav”, then open the folder again.',
    },
    'sample-rate': {
      message: 'The sample rate in the header cannot be right: the sound would be too long for memory.',
      hint: 'Correct the header of the file.',
    },
  },
  audioWarning: {
    truncated: 'The file is shorter than its header says; what is there is used.',
    'partial-frame': 'The last sample is incomplete and is left out.',
    'block-size': 'The header’s block size does not fit channels and bits; the bit count is used.',
    silent: 'Every sample has the same value: there is nothing to hear.',
    'not-finite': 'Samples that are no numbers are read as 0.',
  },
};
