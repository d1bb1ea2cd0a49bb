/** Folders that are no corpus, corpora that a run cannot use, and access to them. */
import { family } from './entry';

export const corpus = family({
  'empty-folder': {
    message: 'The folder is empty.',
    hint: 'Choose the folder that holds the corpus, or a part of it. A browser does not show symbolic links: choose the folder they lead to.',
  },
  'not-a-corpus': {
    message: 'No {{corpora}} corpus was found in the folder “{{folder}}”.',
    hint: 'Looked, up to eight folders deep, for folders and files with such names: {{lookedFor}}; found: {{found}}. Choose the corpus’ folder, a part of it, or a folder around it. Symbolic links are not shown by the browser: choose the folder they lead to.',
  },
  'no-known-corpus': {
    message: 'No known corpus was found in the folder “{{folder}}”.',
    hint: 'A corpus is known by the names of its folders and files, up to eight folders deep; a table of labels (CSV, TSV, JSON lines or audformat) does as well. Found: {{found}}. Choose the corpus’ folder, a part of it, or a folder around it: Start lists the known corpora. Symbolic links are not shown by the browser: choose the folder they lead to.',
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
  'no-audio-files': {
    message: 'The folder holds a table of labels ({{labels}} rows), but no sound file.',
    hint: 'Copy the corpus’ sound files into the folder, too, and open it again. For a corpus of videos, extract the sound into files first.',
  },
  'features-only': {
    message: 'The podcasts of Dusha ({{rows}} rows) are published as features only, without sound.',
    hint: 'Open the part “crowd”, whose recordings are published.',
  },
  'no-usable-utterance': {
    message: 'The folder holds no utterance with both a label and readable audio.',
    hint: '{{labels}} labels and {{audio}} audio files were found; the list below says why none of them is usable.',
  },
  'join-one': {
    message: 'Only one corpus was chosen.',
    hint: 'Choose two or more.',
  },
  'join-twice': {
    message: 'One corpus was chosen twice.',
    hint: 'Two copies of the same recordings are the same corpus. Choose another one.',
  },
  'join-joined': {
    message: 'One of the chosen corpora is a joined one already.',
    hint: 'Choose the corpora that it is made of.',
  },
  'join-classes': {
    message: 'Together the chosen corpora have fewer than two classes ({{count}}).',
    hint: 'Say in the table below which of their labels become which class.',
  },
  'join-part': {
    message: 'The corpus “{{name}}”, a part of this one, is no longer stored.',
    hint: 'Open its folder on the Start screen, then join the corpora again.',
  },
  'large-corpus': {
    message: 'The corpus has {{count}} utterances, more than are read unasked ({{limit}}).',
    hint: 'Choose on the Data screen whether all are read, the first ones, or a draw that keeps the shares of classes and speakers.',
  },
  'nothing-to-train': {
    title: 'The split leaves nothing to train or to validate on.',
    message: 'There are {{train}} utterances to train on and {{validation}} to validate on: {{reason}}.',
    hint: 'Choose another split, label scheme or task, or a corpus with more utterances.',
  },
  'nothing-to-measure': {
    message:
      'None of the tasks ({{tasks}}) can be measured with this split: there would be no best epoch and no score.',
    hint: 'Split at random, add a task, or open a corpus with more classes.',
  },
  'data-changed': {
    message:
      'The run began with {{had}} utterances, and {{now}} can be read now: its random split would be another one.',
    hint: 'Put the missing files back and continue the run, or start a new one.',
  },
  'no-votes': {
    message: 'No utterance has listeners’ votes on “{{column}}” that task {{task}} could learn from.',
    title: 'No utterance has listeners’ votes that a task could learn from.',
    hint: 'Let the task learn from the labels instead, or open a corpus that has votes.',
  },
  'votes-changed': {
    message: 'The votes that task {{task}} began to learn from are others now.',
    title: 'The votes that a task began to learn from are others now.',
    hint: 'Put the files of labels back as they were and read the folder again, or start a new run.',
  },
  'corpus-not-open': {
    message: 'The corpus of this run is not open.',
    hint: 'Open its folder on the Start screen, then press Play again.',
  },
  'corpus-unread': {
    message:
      'This folder was last read by an earlier version, which did not look at the recordings themselves.',
    hint: 'Press “Reconnect” on the Start screen: it is read once more, and its features are recomputed.',
  },
  'table-not-text': {
    message: 'The table {{file}} is no text.',
    title: 'The table is no text.',
    hint: 'Save it as CSV (comma, semicolon or tab between the cells) and open the folder again.',
  },
  'table-empty': {
    message: 'The table {{file}} has no row.',
    title: 'The table has no row.',
    hint: 'Its first line names the columns, each further line describes a recording.',
  },
  'table-open-quote': {
    message: 'In the table {{file}} a quotation mark is never closed.',
    title: 'A quotation mark in the table is never closed.',
    hint: 'Open it in a spreadsheet, save it as CSV again and open the folder once more.',
  },
  'table-too-large': {
    message: 'The table {{file}} is larger than any corpus: more than {{rows}} rows or {{columns}} columns.',
    title: 'The table is larger than any corpus.',
    hint: 'Keep the rows and columns that are needed and open the folder again.',
  },
});

export const permission = family({
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
  'part-closed': {
    message: 'The audio of the part “{{name}}” cannot be read, because its folder is not connected.',
    hint: 'Press “Reconnect” on the Data screen, or open that folder on the Start screen.',
  },
  'folder-gone': {
    message: 'No file of the folder “{{name}}” can be read any more.',
    hint: 'Put the folder back where it was, or open it again.',
  },
});
