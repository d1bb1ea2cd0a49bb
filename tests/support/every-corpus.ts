/**
 * A small folder in the grammar of every corpus that the project reads, with what must come of it: names and tables
 * as the releases have them, tones and the demo's voices for sound. What is expected is taken from the names by
 * patterns written here, or counted by hand, not by an adapter.
 */
import { demoCorpus } from '../../src/core/synth/demo-corpus';
import { LABELLED_FOLDERS } from './labelled-folders';
import type { Content } from './memory-directory';
import { NAMED_CORPORA, someOf, toneOf } from './named-corpora';
import { tableFolder } from './table-folder';

export interface GeneratedCorpus {
  readonly files: Readonly<Record<string, Content>>;
  /** Recordings by the value of the corpus' column `emotion`. */
  readonly emotions: Readonly<Record<string, number>>;
  /** Speakers that its labels tell apart; null: not counted here. */
  readonly speakers: number | null;
}

/** Where a name says its emotion and its speaker. */
const WHERE: Readonly<Record<string, RegExp>> = {
  aesdd: /\/(?<emotion>[adfhs])\d\d \((?<speaker>\d)\)\.wav$/,
  ased: /\/(?<emotion>[nfhsa])\d[-\d]*-(?<speaker>\d\d)\.wav$/,
  banglaser: /03-01-(?<emotion>\d\d)-[-\d]*-(?<speaker>\d\d)\.wav$/,
  cafe: /\/(?<speaker>\d\d)-(?<emotion>[CDJNPST])-\d-\d\.wav$|\/(?<speaker2>\d\d)-(?<emotion2>N)-/,
  'crema-d': /\/(?<speaker>\d{4})_[A-Z]{3}_(?<emotion>[A-Z]{3})_/,
  emodb: /\/(?<speaker>\d\d)[ab]\d\d(?<emotion>[A-Z])/,
  emovo: /\/(?<emotion>[a-z]{3})-(?<speaker>[fm]\d)-/,
  esd: /\/(?<speaker>\d{4})\/(?<emotion>[A-Z]\w+)\//,
  jl: /\/(?<speaker>(?:fe)?male\d)_(?<emotion>[a-z]+)_/,
  mesd: /\/(?<emotion>[A-Z][a-z]+)_[CFM]_/,
  nemo: /\/(?<speaker>[A-Z]{2}\d)_(?<emotion>[a-z]+)_/,
  ravdess: /03-0[12]-(?<emotion>\d\d)-[-\d]*-(?<speaker>\d\d)\.wav$/,
  savee: /\/(?<speaker>[A-Z]{2})\/(?<emotion>[a-z]+)\d\d/,
  shemo: /\/(?<speaker>[FM]\d\d)(?<emotion>[A-Z])\d\d/,
  subesco: /^(?<speaker>[FM]_\d\d)_[A-Z]+_S_\d+_(?<emotion>[A-Z]+)_/,
  tess: /\/(?<speaker>OAF|YAF)_[a-z]+_(?<emotion>[a-z]+)\.wav$/,
  turev: /\/\d+_(?<emotion>[a-z]{2})_/,
  urdu: /\/(?<speaker>S[FM]\d+)_F\d+_(?<emotion>[AHNS])/,
};
/** Recordings of each corpus. */
const COUNT = 24;

function count(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function named(id: string): GeneratedCorpus {
  const corpus = NAMED_CORPORA[id]!;
  const usable = corpus.files.filter((path) => !(corpus.unusable ?? []).includes(path));
  const files = someOf({ ...corpus, files: usable }, COUNT);
  const said = files.map((path) => WHERE[id]?.exec(path)?.groups ?? {});
  const speakers = said.flatMap(({ speaker, speaker2 }) => speaker ?? speaker2 ?? []);
  return {
    files: Object.fromEntries(files.map((path) => [path, toneOf(path)])),
    emotions: count(
      said.map(({ emotion, emotion2 }) =>
        id === 'mesd' ? String(emotion).toLowerCase() : String(emotion ?? emotion2),
      ),
    ),
    speakers: speakers.length === 0 ? null : new Set(speakers).size,
  };
}

/** The first two dialogs of the demo's voices. @param note with the text that says where they come from */
function iemocap(note: boolean): GeneratedCorpus {
  const files: Record<string, Content> = {};
  const labels = new Map<string, string>();
  let dialogs = 0;
  for (const { path, bytes } of demoCorpus({ seed: 5, difficulty: 0.5 })) {
    const isNote = path.endsWith('README.txt');
    if (isNote ? note : dialogs < 2) files[path] = bytes;
    if (!path.includes('EmoEvaluation') || dialogs === 2) continue;
    for (const [, id, label] of new TextDecoder().decode(bytes).matchAll(/\t(Ses\w+)\t(\w+)\t/g))
      labels.set(id!, label!);
    if (++dialogs === 2 && !note) break;
  }
  return {
    files,
    emotions: count([...labels.values()]),
    speakers: new Set([...labels.keys()].map((id) => `${id.slice(0, 5)}${id.at(-4)}`)).size,
  };
}

const CLASS_OF: Readonly<Record<string, string>> = {
  anger: 'angry',
  happiness: 'happy',
  neutral: 'neutral',
  sadness: 'sad',
};

async function table(): Promise<GeneratedCorpus> {
  const { files, rows } = await tableFolder('nkululeko');
  return {
    files,
    // Tables' own words become the classes that corpora share.
    emotions: count(rows.flatMap(({ emotion }) => (emotion === null ? [] : CLASS_OF[emotion]!))),
    speakers: new Set(rows.map(({ speaker }) => speaker)).size,
  };
}

/** By id of the adapter. */
export async function everyCorpus(): Promise<Readonly<Record<string, GeneratedCorpus>>> {
  return {
    iemocap: iemocap(false),
    demo: iemocap(true),
    ...Object.fromEntries(Object.keys(NAMED_CORPORA).map((id) => [id, named(id)])),
    ...LABELLED_FOLDERS,
    'table-files': await table(),
  };
}
