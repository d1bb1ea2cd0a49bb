/**
 * EmoDB, the Berlin Database of Emotional Speech (Burkhardt et al. 2005): all that is known of a recording is
 * in its name, `03a01Fa.wav`: speaker 03, text a01, emotion F (Freude), version a. Sex and age of the
 * speakers: audEERING's edition 1.1.1; the one before it has four of them wrong.
 */
import { audioStem, isAudioName } from '../../audio/names';
import { CorpusError } from '../../errors/errors';
import type { CorpusAdapter, Listing, Scan, ScanOptions } from '../adapter';
import { baseName, cancellable, filesBelow, reportInto } from '../listing';
import { readRecordings, reportIdentical, type Recording } from '../recordings';
import { notThisCorpus } from '../refusals';
import type { CorpusDirectory, Detection, Gender } from '../types';
import type { Problem } from '../../errors/problem';

const NAME = /^(03|08|09|1[0-6])([ab]\d{2})([WLEAFTN])([a-z])$/i;

const SPEAKERS: Readonly<Record<string, readonly [gender: Gender, age: number]>> = {
  '03': ['male', 31],
  '08': ['female', 34],
  '09': ['female', 21],
  '10': ['male', 32],
  '11': ['male', 26],
  '12': ['male', 30],
  '13': ['female', 32],
  '14': ['female', 35],
  '15': ['male', 25],
  '16': ['female', 31],
};

/** Wut, Langeweile, Ekel, Angst, Freude, Trauer, neutral. */
const CLASS_OF = {
  W: 'angry',
  L: 'bored',
  E: 'disgusted',
  A: 'afraid',
  F: 'happy',
  N: 'neutral',
  T: 'sad',
} as const;
const SEVEN = ['afraid', 'angry', 'bored', 'disgusted', 'happy', 'neutral', 'sad'] as const;
const { W, F, N, T } = CLASS_OF;

const TITLE = { name: 'EmoDB', lookedFor: '03a01Fa.wav' };

export const emodb: CorpusAdapter = {
  id: 'emodb',
  ...TITLE,
  detect,
  scan,
  schemes: [
    { id: 'emodb-7', column: 'emotion', classes: SEVEN, classOf: CLASS_OF },
    /** Those of IEMOCAP that the paper uses. */
    {
      id: 'emodb-4',
      column: 'emotion',
      classes: ['angry', 'happy', 'neutral', 'sad'],
      classOf: { W, F, N, T },
    },
  ],
  columns: [
    { id: 'emotion', kind: 'classes', classes: SEVEN },
    { id: 'speaker', kind: 'classes' },
    { id: 'gender', kind: 'classes', classes: ['female', 'male'] },
    { id: 'age', kind: 'number' },
  ],
  groups: [
    { id: 'speaker', holdOut: true, leaks: true, counted: true, usual: Object.keys(SPEAKERS).sort() },
    { id: 'text', holdOut: true, leaks: true },
  ],
};

/** By the share of WAV files that are named so. */
function detect({ files }: Listing): Omit<Detection, 'adapter'> {
  const audio = files.filter(isAudioName);
  const named = audio.filter((path) => NAME.test(audioStem(baseName(path))));
  if (named.length === 0) return { score: 0, evidence: [] };
  const values = { count: named.length, total: audio.length, example: baseName(named[0]!) };
  return { score: 0.95 * (named.length / audio.length), evidence: [{ key: 'namedShare', values }] };
}

/** @throws CorpusError `not-a-corpus`; `no-usable-utterance` with `skipped` */
async function scan(root: CorpusDirectory, options: ScanOptions): Promise<Scan> {
  const problems: Problem[] = [];
  const report = reportInto(problems);
  options.onProgress?.({ done: 0, total: 0, current: root.name });
  const recordings = new Map<string, Recording>();
  let audio = 0;
  for (const { path, file } of await filesBelow(cancellable(root, options.signal), report)) {
    if (!isAudioName(file.name)) continue;
    const [name, speaker, text, letter, version] = NAME.exec(audioStem(file.name)) ?? [];
    if (name === undefined) {
      report('ignored-file', path, 'not named like an utterance', { said: { key: 'notUtterance' } });
      continue;
    }
    audio++;
    const emotion = letter!.toUpperCase();
    const id = `${speaker}${text!.toLowerCase()}${emotion}${version!.toLowerCase()}`;
    const other = recordings.get(id);
    if (other) {
      report('duplicate-audio', path, `${other.path} counts`, {
        said: { key: 'otherRead', values: { path: other.path } },
      });
      continue;
    }
    const [gender, age] = SPEAKERS[speaker!]!;
    recordings.set(id, {
      id,
      path,
      file,
      label: emotion,
      labels: { emotion, speaker: speaker!, gender, age },
      groups: { speaker: speaker!, text: text!.toLowerCase() },
    });
  }
  if (audio === 0) throw notThisCorpus(root.name, [TITLE], await root.entries());
  const { utterances, ...fingerprints } = await readRecordings([...recordings.values()], problems, options);
  if (utterances.length === 0) {
    const error = new CorpusError('no-usable-utterance', {
      folder: root.name,
      labels: audio,
      audio,
      missing: 0,
      unreadable: audio,
      unlabelled: 0,
    });
    error.skipped = problems;
    throw error;
  }
  reportIdentical(utterances, 'emotion', problems);
  return { ...fingerprints, utterances, problems, found: { labels: audio, audio, sessions: [] } };
}
