/** Recordings that cannot be read. They are skipped, and the rest of the corpus is used. */
import { family } from './entry';

export const audio = family({
  'empty-file': {
    message: 'The file is empty.',
    hint: 'It is left out. Copy it again from its source.',
  },
  'apple-double': {
    message: 'A macOS companion file (AppleDouble), not a recording.',
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
    title: 'A text file instead of the recording.',
    message: 'A text file instead of the recording: “{{text}}”.',
    hint: 'It is left out. Look into the file to see what happened, and download or copy the recordings again.',
  },
  'not-riff': {
    title: 'Not a WAV file.',
    message: 'Not a WAV file: it starts as {{found}}.',
    hint: 'Convert it to PCM WAV, for example with “ffmpeg -i input output.wav”, then open the folder again.',
  },
  'not-wave': {
    title: 'A RIFF file, but not a WAV file.',
    message: 'A RIFF file, but it holds “{{found}}” and not WAVE.',
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
    of: {
      'format-size': 'The header gives an impossible format size: {{value}}.',
      'channel-count': 'The header gives an impossible channel count: {{value}}.',
      'sample-rate': 'The header gives an impossible sample rate: {{value}}.',
      'bit-count': 'The header gives an impossible bit count: {{value}}.',
    },
    hint: 'It is left out. Copy it again from its source.',
  },
  'unsupported-coding': {
    title: 'The coding of the samples is not supported.',
    message: 'The samples are coded as {{coding}}, which is not supported.',
    hint: 'Convert it to PCM WAV, for example with “ffmpeg -i input output.wav”, then open the folder again.',
  },
  'no-decoder': {
    title: 'This browser cannot decode the format.',
    message: 'This browser cannot decode {{found}}.',
    hint: 'It is left out. Convert it to WAV, for example with “ffmpeg -i input output.wav”, or open the folder in a current Chrome or Edge.',
  },
  'broken-coding': {
    title: 'The recording is damaged.',
    message: 'The recording is damaged: its {{found}} data cannot be decoded.',
    hint: 'It is left out. Copy it again from its source.',
  },
  'decoded-too-long': {
    title: 'The recording is too long for memory.',
    message: 'The recording is too long for memory: it has more than {{samples}} samples.',
    hint: 'Cut it into utterances, then open the folder again.',
  },
  'unknown-sound': {
    title: 'Not a recording in a known format.',
    message: 'Not a recording in a known format: it starts as {{found}}.',
    hint: 'Convert it to WAV, for example with “ffmpeg -i input output.wav”, then open the folder again.',
  },
  'sample-rate': {
    title: 'The sample rate in the header cannot be right: the sound would be too long for memory.',
    message:
      'The sample rate in the header ({{source}} Hz) cannot be right: at {{target}} Hz the sound would have {{samples}} samples, too many for memory.',
    hint: 'Correct the header of the file.',
  },
  'more-bytes': {
    message: 'The header of the file is longer than what was read of it.',
    hint: 'It is left out. Copy it again from its source.',
  },
  'too-long': {
    message: 'The sound is too long for one WAV file ({{samples}} samples).',
    hint: 'Save it in several files.',
  },
  'part-outside': {
    message:
      'The part of the recording that the table names lies outside of it: from {{start}} s on, of {{seconds}} s.',
    title: 'The part of the recording that the table names lies outside of it.',
    hint: 'It is left out. Look at the start and end of that row, and whether the recording is whole.',
  },
});
