/**
 * The adapters through their registry: which one takes a folder and why, EmoDB's file names, and manifests of
 * version 1. What the real EmoDB must give is counted from its file names and audEERING's tables
 * (github.com/audeering/emodb), not from the adapter.
 */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeWav16 } from '../../src/core/audio/wav';
import { ADAPTERS, adapterOf } from '../../src/core/corpus/adapters/registry';
import { detectCorpus } from '../../src/core/corpus/detect';
import { applyScheme, requireScheme } from '../../src/core/corpus/label-schemes';
import { currentManifest, type ManifestV1 } from '../../src/core/corpus/manifest-versions';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import { summarise } from '../../src/core/corpus/summary';
import { demoCorpus } from '../../src/core/synth/demo-corpus';
import { memoryDirectory, type Content } from '../support/memory-directory';
import { nodeDirectory } from '../support/node-directory';

/** A short tone of its own for each name: other sound under another name. */
const tone = (name: string): Uint8Array => {
  const pitch =
    100 + Array.from(name, (c) => c.charCodeAt(0)).reduce((sum, code) => (sum * 31 + code) % 997, 0);
  return encodeWav16(
    Float32Array.from({ length: 400 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * pitch * i) / 16_000)),
    16_000,
  );
};
const wavs = (prefix: string, names: readonly string[]): Record<string, Content> =>
  Object.fromEntries(names.map((name) => [`${prefix}${name}.wav`, tone(name)]));

const EMODB = ['03a01Fa', '03a01Wc', '08a02Nb', '09b03Ta', '10a05La', '16b10Eb', '16b10Ad'];

describe('which corpus a folder holds', () => {
  it('is EmoDB by the share of files that are named so', async () => {
    const [first, ...others] = await detectCorpus(memoryDirectory(wavs('wav/', EMODB)));
    expect(first).toEqual({
      adapter: 'emodb',
      score: 0.95,
      evidence: [{ key: 'namedShare', values: { count: 7, total: 7, example: '03a01Fa.wav' } }],
    });
    expect(others.map(({ score, evidence }) => [score, evidence])).toEqual(
      ADAPTERS.slice(1).map(() => [0, []]),
    );
    const mixed = await detectCorpus(memoryDirectory(wavs('', [...EMODB, 'x', 'y', 'z'])));
    expect(mixed[0]).toMatchObject({ adapter: 'emodb', score: 0.95 * 0.7 });
  });

  it('is IEMOCAP by its folders, or by the names of its files', async () => {
    const release = { 'x/Session1/dialog/EmoEvaluation/a.txt': '', 'x/Session1/sentences/wav/': '' };
    expect((await detectCorpus(memoryDirectory(release)))[0]).toEqual({
      adapter: 'iemocap',
      score: 0.95,
      evidence: [
        { key: 'sessionFolders', values: { count: 1, example: 'x/Session1' } },
        { key: 'releaseFolders', values: { count: 2, example: 'x/Session1/dialog' } },
      ],
    });
    const loose = wavs('sounds/', ['Ses01F_impro01_F000']);
    expect((await detectCorpus(memoryDirectory(loose)))[0]).toMatchObject({ adapter: 'iemocap', score: 0.9 });
    // Only the session folders are left: nothing can be read, and IEMOCAP's scan says what is missing.
    expect((await detectCorpus(memoryDirectory({ 'Session1/': '', 'Session2/': '' })))[0]).toMatchObject({
      adapter: 'iemocap',
      score: 0.5,
    });
  });

  it('is the demo by its note, though it has IEMOCAP’s layout', async () => {
    const files: Record<string, Content> = {};
    for (const { path, bytes } of demoCorpus({ seed: 1, difficulty: 0.5 })) {
      files[path] = bytes;
      if (Object.keys(files).length > 3) break;
    }
    expect((await detectCorpus(memoryDirectory(files)))[0]).toEqual({
      adapter: 'demo',
      score: 1,
      evidence: [{ key: 'note', values: { example: 'README.txt' } }],
    });
    const other = memoryDirectory({ ...files, 'README.txt': 'Something else.' });
    expect((await detectCorpus(other))[0]!.adapter).toBe('iemocap');
  });

  it('lists no more than is needed to be sure', async () => {
    const forbidden = new Error('was listed');
    const files = { 'Session1/dialog/EmoEvaluation/': forbidden, 'Session1/sentences/wav/': forbidden };
    const listed: string[] = [];
    const root = memoryDirectory(files);
    const watched = { ...root, entries: () => (listed.push('root'), root.entries()) };
    expect((await detectCorpus(watched))[0]!.adapter).toBe('iemocap');
    expect(listed).toEqual(['root']);
  });

  it('is refused where nothing fits, and where it is empty', async () => {
    await expect(detectCorpus(memoryDirectory(wavs('', ['a', 'b'])))).rejects.toMatchObject({
      code: 'no-known-corpus',
      details: {
        folder: 'root',
        lookedFor: expect.stringContaining('EmoDB: 03a01Fa.wav'),
        found: 'a.wav, b.wav',
      },
    });
    await expect(detectCorpus(memoryDirectory({ '.DS_Store': '' }))).rejects.toMatchObject({
      code: 'empty-folder',
    });
  });

  it('may be said by hand', async () => {
    const folder = memoryDirectory(wavs('', [...EMODB, 'Ses01F_impro01_F000']));
    const read = await scanCorpus(folder, { chosen: 'emodb' });
    expect(read).toMatchObject({ adapter: 'emodb', byHand: true });
    expect(read.utterances).toHaveLength(7);
    await expect(scanCorpus(memoryDirectory(wavs('', EMODB)), { chosen: 'iemocap' })).rejects.toMatchObject({
      code: 'not-a-corpus',
    });
    await expect(scanCorpus(memoryDirectory(wavs('', ['a'])), { chosen: 'emodb' })).rejects.toMatchObject({
      code: 'not-a-corpus',
      details: { corpora: 'EmoDB' },
    });
  });
});

describe('EmoDB', () => {
  it('says everything by the file’s name', async () => {
    const manifest = await scanCorpus(memoryDirectory(wavs('emodb/wav/', EMODB)));
    expect(manifest).toMatchObject({ version: 2, adapter: 'emodb', problems: [] });
    expect(manifest.byHand).toBeUndefined();
    expect(manifest.utterances.map(({ id, labels, groups }) => ({ id, ...labels, ...groups }))).toEqual([
      { id: '03a01Fa', emotion: 'F', speaker: '03', gender: 'male', age: 31, text: 'a01' },
      { id: '03a01Wc', emotion: 'W', speaker: '03', gender: 'male', age: 31, text: 'a01' },
      { id: '08a02Nb', emotion: 'N', speaker: '08', gender: 'female', age: 34, text: 'a02' },
      { id: '09b03Ta', emotion: 'T', speaker: '09', gender: 'female', age: 21, text: 'b03' },
      { id: '10a05La', emotion: 'L', speaker: '10', gender: 'male', age: 32, text: 'a05' },
      { id: '16b10Ad', emotion: 'A', speaker: '16', gender: 'female', age: 31, text: 'b10' },
      { id: '16b10Eb', emotion: 'E', speaker: '16', gender: 'female', age: 31, text: 'b10' },
    ]);
    expect(manifest.utterances[0]).toMatchObject({
      path: 'emodb/wav/03a01Fa.wav',
      sampleRate: 16_000,
      frames: 400,
    });
  });

  it('reports what is not named so, what is there twice, what cannot be read, and what sounds the same', async () => {
    const manifest = await scanCorpus(
      memoryDirectory({
        ...wavs('', EMODB),
        'other/03a01Fa.WAV': tone('else'),
        '17a01Fa.wav': tone('nobody'), // there is no speaker 17
        'notes.txt': 'x',
        '08a02Wa.wav': 'not a sound',
        '09b03Na.wav': tone('09b03Ta'),
        '._03a01Fa.wav': 'x',
      }),
    );
    expect(manifest.utterances).toHaveLength(8);
    expect(
      manifest.problems
        .map(({ code, where, kept }) => [code, where, kept])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      ['duplicate-audio', 'other/03a01Fa.WAV', false],
      ['hidden-file', '._03a01Fa.wav', false],
      ['identical-audio', '09b03Ta.wav', true],
      ['ignored-file', '17a01Fa.wav', false],
      ['unreadable-audio', '08a02Wa.wav', false],
    ]);
    expect(manifest.found).toEqual({ labels: 10, audio: 10, sessions: [] });
  });

  it('has two label schemes, and columns for every task', async () => {
    const manifest = await scanCorpus(memoryDirectory(wavs('', EMODB)));
    const seven = applyScheme(manifest, 'emodb-7');
    expect(seven.classes).toEqual({
      emotion: ['afraid', 'angry', 'bored', 'disgusted', 'happy', 'neutral', 'sad'],
      speaker: ['03', '08', '09', '10', '16'],
      gender: ['female', 'male'],
    });
    expect([seven.numbers, seven.excluded]).toEqual([['age'], {}]);
    expect(seven.items[0]!.labels).toEqual({ emotion: 4, speaker: 0, gender: 1, age: 31 });
    const four = applyScheme(manifest, 'emodb-4');
    expect(four.classes['emotion']).toEqual(['angry', 'happy', 'neutral', 'sad']);
    expect(four.excluded).toEqual({ L: 1, A: 1, E: 1 });
    expect(four.items.map(({ labels }) => labels['emotion'])).toEqual([1, 0, 2, 3]);
    // A configuration of another corpus: shown with the first scheme, and refused where it would be trained.
    expect(applyScheme(manifest, 'iemocap-4').scheme).toBe('emodb-7');
    expect(() => requireScheme(manifest, 'iemocap-4')).toThrow('EmoDB has no label scheme “iemocap-4”.');
  });

  const REAL = resolve(import.meta.dirname, '../../../shared/data/emodb/wav');
  it('finds what the database itself says of its 535 recordings', async ({ skip }) => {
    skip(!existsSync(REAL), 'the real EmoDB is not beside this checkout (../shared/data/emodb)');
    const manifest = await scanCorpus(nodeDirectory(REAL));
    expect(manifest.detected![0]).toMatchObject({ adapter: 'emodb', score: 0.95 });
    expect(manifest.problems).toEqual([]);
    expect(manifest.utterances.map(({ id }) => `${id}.wav`)).toEqual(readdirSync(REAL).sort());
    // Counts of the database's own documentation.
    expect(summarise(manifest, 'emodb-7').byLabel).toEqual({
      A: 69,
      E: 46,
      F: 71,
      L: 81,
      N: 79,
      T: 62,
      W: 127,
    });
    const gender = (wanted: string): number =>
      manifest.utterances.filter(({ labels }) => labels['gender'] === wanted).length;
    expect([gender('female'), gender('male')]).toEqual([302, 233]);
  });
});

describe('manifests of version 1', () => {
  const V1: ManifestV1 = {
    version: 1,
    corpus: 'iemocap',
    fingerprint: 'a',
    sizesFingerprint: 'b',
    problems: [],
    utterances: [
      {
        id: 'Ses05M_script01_1b_F003',
        speaker: 'Ses05F',
        gender: 'female',
        session: 5,
        dialog: 'Ses05M_script01_1b',
        scripted: true,
        label: 'exc',
        vad: [4, 3.5, 2],
        path: 'Session5/x.wav',
        sampleRate: 16_000,
        frames: 8_000,
      },
    ],
  };

  it('have their labels and groups by column, and the fingerprints by which runs know them', () => {
    expect(currentManifest(V1)).toEqual({
      version: 2,
      adapter: 'iemocap',
      fingerprint: 'a',
      sizesFingerprint: 'b',
      problems: [],
      utterances: [
        {
          id: 'Ses05M_script01_1b_F003',
          path: 'Session5/x.wav',
          sampleRate: 16_000,
          frames: 8_000,
          labels: {
            emotion: 'exc',
            speaker: 'Ses05F',
            gender: 'female',
            valence: 4,
            activation: 3.5,
            dominance: 2,
          },
          groups: {
            speaker: 'Ses05F',
            session: '5',
            dialog: 'Ses05M_script01_1b',
            style: 'scripted',
            script: 'script01_1',
          },
        },
      ],
    });
    const today = currentManifest(V1);
    expect(currentManifest(today)).toBe(today);
  });
});

it('every adapter describes what it reads: columns of its schemes, ids of its own', () => {
  const ids = ADAPTERS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, schemes, columns } of ADAPTERS) {
    expect(adapterOf({ adapter: id }).id).toBe(id);
    for (const { column, classes, classOf } of schemes) {
      // The scheme that takes every utterance has none.
      if (column === '') continue;
      expect(columns.map((one) => one.id)).toContain(column);
      for (const name of Object.values(classOf)) expect(classes).toContain(name);
    }
  }
  expect(() => adapterOf({ adapter: 'nobodys' })).toThrow('This version does not know the corpus “nobodys”.');
});

it('every adapter that knows who speaks says that a speaker has one gender, which the pre-flight report checks', () => {
  for (const { id, columns, groups } of ADAPTERS) {
    const gender = columns.find((column) => column.id === 'gender');
    if (gender && groups.some((group) => group.id === 'speaker'))
      expect([id, gender.of]).toEqual([id, 'speaker']);
  }
});
