/**
 * The IEMOCAP adapter on made-up folders: what is found, what is skipped and why, and that nothing stops the
 * rest.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeWav, encodeWav16 } from '../../src/core/audio/wav';
import { scanIemocap } from '../support/scan-iemocap';
import { groupProblems } from '../../src/core/corpus/summary';
import type { CorpusDirectory, CorpusEntry, CorpusFile } from '../../src/core/corpus/types';
import {
  CancelledError,
  CorpusError,
  fromWire,
  PermissionLostError,
  toWire,
} from '../../src/core/errors/errors';
import { chunk, fmt, int16, riff } from '../audio/wav-files';
import { memoryDirectory, type Content } from '../support/memory-directory';

const sound = (frames = 160): Uint8Array =>
  encodeWav16(
    Float32Array.from({ length: frames }, (_, i) => 0.1 * Math.sin(i / 5 + frames)),
    16_000,
  );
const contentOf = (wav: Uint8Array, frames: number): string =>
  createHash('sha256')
    .update(`equipoise-audio 1 pcm 2 1 16000 little ${frames}\n`)
    .update(wav.subarray(44))
    .digest('hex')
    .slice(0, 32);
const label = (id: string, emotion = 'neu', vad = '2.5000, 2.5000, 2.5000'): string =>
  `[1.0000 - 2.0000]\t${id}\t${emotion}\t[${vad}]\nC-E2:\tNeutral;\t()\n\n`;
const EVALUATION = 'Session1/dialog/EmoEvaluation/';
const WAV = 'Session1/sentences/wav/';

/** One dialog with a woman's and a man's utterance. */
const small = (more: Readonly<Record<string, Content>> = {}): Record<string, Content> => ({
  [`${EVALUATION}Ses01F_impro01.txt`]: label('Ses01F_impro01_F000') + label('Ses01F_impro01_M000', 'ang'),
  [`${WAV}Ses01F_impro01/Ses01F_impro01_F000.wav`]: sound(),
  [`${WAV}Ses01F_impro01/Ses01F_impro01_M000.wav`]: sound(320),
  ...more,
});
const prefixed = (prefix: string, files: Readonly<Record<string, Content>>): Record<string, Content> =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [prefix + path, content]));
const scan = (files: Readonly<Record<string, Content>>) => scanIemocap(memoryDirectory(files));
const codes = async (files: Readonly<Record<string, Content>>) =>
  (await scan(files)).problems.map(({ code, where, kept }) => ({ code, where, kept }));

describe('scanning', () => {
  it('joins labels and audio', async () => {
    const { utterances, problems } = await scan(small());
    expect(problems).toEqual([]);
    expect(utterances).toEqual([
      {
        id: 'Ses01F_impro01_F000',
        labels: {
          emotion: 'neu',
          speaker: 'Ses01F',
          gender: 'female',
          valence: 2.5,
          activation: 2.5,
          dominance: 2.5,
        },
        groups: { speaker: 'Ses01F', session: '1', dialog: 'Ses01F_impro01', style: 'improvised' },
        votes: { emotion: { raters: 1, counts: { neu: 1 } } },
        path: `${WAV}Ses01F_impro01/Ses01F_impro01_F000.wav`,
        sampleRate: 16_000,
        frames: 160,
        content: contentOf(sound(), 160),
      },
      {
        id: 'Ses01F_impro01_M000',
        labels: {
          emotion: 'ang',
          speaker: 'Ses01M',
          gender: 'male',
          valence: 2.5,
          activation: 2.5,
          dominance: 2.5,
        },
        groups: { speaker: 'Ses01M', session: '1', dialog: 'Ses01F_impro01', style: 'improvised' },
        votes: { emotion: { raters: 1, counts: { neu: 1 } } },
        path: `${WAV}Ses01F_impro01/Ses01F_impro01_M000.wav`,
        sampleRate: 16_000,
        frames: 320,
        content: contentOf(sound(320), 320),
      },
    ]);
  });

  it('accepts the release, one session of it and the folder around it, whatever their names', async () => {
    const session = Object.fromEntries(
      Object.entries(small()).map(([path, content]) => [path.slice('Session1/'.length), content]),
    );
    const [release, single, parent] = await Promise.all([
      scan(small()),
      scan(session),
      scan({ ...prefixed('my copy/', small()), 'holiday/.hidden.jpg': 'x' }),
    ]);
    expect(release.utterances).toHaveLength(2);
    expect(single.utterances.map(({ path }) => path)).toEqual(
      release.utterances.map(({ path }) => path.slice('Session1/'.length)),
    );
    expect(parent.utterances.map(({ path }) => path)).toEqual(
      release.utterances.map(({ path }) => `my copy/${path}`),
    );
    // The same copy has the same fingerprint wherever it lies, and folders of something else leave no trace
    // in the report.
    expect(new Set([release, single, parent].map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(parent.problems).toEqual([]);
  });

  it('changes the fingerprint with a label, a sample, a length or an utterance', async () => {
    const noise = encodeWav16(
      Float32Array.from({ length: 160 }, (_, i) => (i % 7) / 7),
      16_000,
    );
    const [original, noisy] = await Promise.all([
      scan(small()),
      scan(small({ [`${WAV}Ses01F_impro01/Ses01F_impro01_F000.wav`]: noise })),
    ]);
    // 0.1.0 could not tell these two.
    expect(noisy.sizesFingerprint).toBe(original.sizesFingerprint);
    const variants = [
      original,
      noisy,
      ...(await Promise.all([
        scan(
          small({
            [`${EVALUATION}Ses01F_impro01.txt`]:
              label('Ses01F_impro01_F000', 'sad') + label('Ses01F_impro01_M000', 'ang'),
          }),
        ),
        scan(small({ [`${WAV}Ses01F_impro01/Ses01F_impro01_F000.wav`]: sound(161) })),
        scan(small({ [`${EVALUATION}Ses01F_impro01.txt`]: label('Ses01F_impro01_F000') })),
      ])),
    ];
    expect(new Set(variants.map(({ fingerprint }) => fingerprint)).size).toBe(5);
    for (const { fingerprint } of variants) expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it('never looks into the motion-capture, video and alignment trees', async () => {
    const forbidden = new Error('was listed');
    const files = small({
      'Session1/dialog/MOCAP_hand/': forbidden,
      'Session1/dialog/avi/': forbidden,
      'Session1/sentences/ForcedAlignment/': forbidden,
      'Session1/sentences/MOCAP_rotated/': forbidden,
      'Session1/dialog/wav/': forbidden,
      'Documentation/': forbidden,
      [`${EVALUATION}Categorical/`]: forbidden,
    });
    expect((await scan(files)).problems).toEqual([]);
  });

  it('does not read the files of single evaluators as labels', async () => {
    const other = 'Ses01F_impro01_F000 :Neutral state; ()\n';
    expect(
      await codes(
        small({
          [`${EVALUATION}Categorical/Ses01F_impro01_e2_cat.txt`]: other,
          [`${EVALUATION}Attribute/Ses01F_impro01_e3_atr.txt`]: other,
          [`${EVALUATION}Self-evaluation/Ses01F_impro01_f1_cat.txt`]: other,
          [`${EVALUATION}Ses01F_impro01_e2_cat.txt`]: other,
        }),
      ),
    ).toEqual([]);
  });

  it('does not merge a dialog with the one whose name it begins with', async () => {
    const { utterances, problems } = await scan({
      'Session5/dialog/EmoEvaluation/Ses05M_script01_1.txt': label('Ses05M_script01_1_F000', 'ang'),
      'Session5/dialog/EmoEvaluation/Ses05M_script01_1b.txt': label('Ses05M_script01_1b_F000', 'sad'),
      'Session5/sentences/wav/Ses05M_script01_1/Ses05M_script01_1_F000.wav': sound(100),
      'Session5/sentences/wav/Ses05M_script01_1b/Ses05M_script01_1b_F000.wav': sound(200),
    });
    expect(problems).toEqual([]);
    expect(
      utterances.map(({ groups, labels, frames }) => [groups['dialog'], labels['emotion'], frames]),
    ).toEqual([
      ['Ses05M_script01_1', 'ang', 100],
      ['Ses05M_script01_1b', 'sad', 200],
    ]);
  });

  it('drops hidden names before anything else and counts them', async () => {
    const apple = Uint8Array.of(0, 5, 0x16, 7, 0, 2, 0, 0);
    const hidden = {
      '.DS_Store': apple,
      [`${EVALUATION}._Ses01F_impro01.txt`]: apple,
      [`${WAV}Ses01F_impro01/._Ses01F_impro01_F000.wav`]: apple,
      [`${WAV}.cache/x.wav`]: sound(),
    };
    const problems = await codes(small(hidden));
    expect(problems.map(({ where }) => where).sort()).toEqual(
      [
        '.DS_Store',
        `${EVALUATION}._Ses01F_impro01.txt`,
        `${WAV}.cache`,
        `${WAV}Ses01F_impro01/._Ses01F_impro01_F000.wav`,
      ].sort(),
    );
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['hidden-file']));
  });

  it('says of every bad file what is wrong, and keeps the rest', async () => {
    const dialog = `${WAV}Ses01F_impro01/`;
    const ids = ['F001', 'F002', 'F003', 'F004', 'F005', 'F006'].map((turn) => `Ses01F_impro01_${turn}`);
    const manifest = await scan(
      small({
        [`${EVALUATION}Ses01F_impro02.txt`]:
          ids.map((id) => label(id)).join('') + label('Ses01F_impro01_MXX0') + label('Ses01F_impro01_F000'),
        [`${dialog}${ids[0]}.wav`]: new Error('the disk fell off'),
        [`${dialog}${ids[1]}.wav`]: '',
        [`${dialog}${ids[2]}.wav`]: '<html>404</html>',
        [`${dialog}${ids[3]}.wav`]: sound(0),
        [`${dialog}${ids[4]}.wav`]: sound(1000).subarray(0, 44 + 500),
        [`${dialog}Ses01F_impro01_FXX0.wav`]: sound(),
      }),
    );
    const found = (code: string) => manifest.problems.filter((problem) => problem.code === code);
    expect(found('unreadable-audio').map(({ where }) => where)).toEqual(
      ids.slice(0, 4).map((id) => `${dialog}${id}.wav`),
    );
    expect(found('unreadable-audio')[0]!.detail).toBe('the disk fell off');
    expect(found('truncated-audio')).toEqual([
      {
        code: 'truncated-audio',
        where: `${dialog}${ids[4]}.wav`,
        kept: true,
        said: { key: 'truncated-audio', values: { a: 250, b: 1000 } },
      },
    ]);
    expect(found('missing-audio').map(({ where }) => where)).toEqual([ids[5]]);
    expect(found('unlabelled-audio').map(({ where }) => where)).toEqual([`${dialog}Ses01F_impro01_FXX0.wav`]);
    expect(found('bad-utterance-id').map(({ where }) => where)).toEqual(['Ses01F_impro01_MXX0']);
    expect(found('duplicate-id').map(({ where }) => where)).toEqual(['Ses01F_impro01_F000']);
    expect(manifest.problems).toHaveLength(9);
    expect(manifest.utterances.map(({ id, frames }) => [id, frames])).toEqual([
      ['Ses01F_impro01_F000', 160],
      [ids[4], 250],
      ['Ses01F_impro01_M000', 320],
    ]);
  });

  it('reports label files that are not text or cannot be read, and folders that cannot be listed', async () => {
    expect(
      await codes(
        small({
          [`${EVALUATION}a.txt`]: Uint8Array.of(1, 0, 2),
          [`${EVALUATION}b.txt`]: new Error('no'),
          [`${WAV}Ses01F_impro09/`]: new Error('no'),
          'Session2/dialog/': new Error('no'),
        }),
      ),
    ).toEqual([
      { code: 'unreadable-folder', where: `${WAV}Ses01F_impro09`, kept: false },
      { code: 'unreadable-folder', where: 'Session2/dialog', kept: false },
      { code: 'missing-folder', where: 'Session2/dialog/EmoEvaluation', kept: false },
      { code: 'missing-folder', where: 'Session2/sentences/wav', kept: false },
      { code: 'not-labels', where: `${EVALUATION}a.txt`, kept: false },
      { code: 'not-labels', where: `${EVALUATION}b.txt`, kept: false },
    ]);
  });

  it('reads a header that begins with long chunks', async () => {
    const plain = sound(50);
    const junk = new Uint8Array(8 + 4044);
    junk.set([0x46, 0x4c, 0x4c, 0x52, 0xcc, 0x0f]); // FLLR, 4044 bytes
    const wav = new Uint8Array([...plain.subarray(0, 36), ...junk, ...plain.subarray(36)]);
    const { utterances, problems } = await scan(
      small({ [`${WAV}Ses01F_impro01/Ses01F_impro01_F000.wav`]: wav }),
    );
    expect(problems).toEqual([]);
    expect(utterances[0]!.frames).toBe(50);
  });

  it('names what is not audio for what it is, once for each kind', async () => {
    const dialog = `${WAV}Ses01F_impro01/`;
    const content: Record<string, Content> = {
      F001: 'version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 61484\n',
      F002: '<!DOCTYPE html>\n<html></html>',
      F003: '\0\0\0\x20ftypisom\0\0\x02\0',
      F004: '\0\0\0\x20ftypmp42\0\0\x02\0',
      F005: 'OggS\0\x02\0\0',
      F006: '',
      F007: 'Recording was removed.',
      F008: '\x01\x02\x03\x04',
      F009: '\x05\x06\x07\x08',
    };
    const ids = Object.keys(content).map((turn) => `Ses01F_impro01_${turn}`);
    const { problems, utterances } = await scan(
      small({
        [`${EVALUATION}Ses01F_impro02.txt`]: ids.map((id) => label(id)).join(''),
        ...Object.fromEntries(
          Object.entries(content).map(([turn, text]) => [`${dialog}Ses01F_impro01_${turn}.wav`, text]),
        ),
      }),
    );
    expect(
      groupProblems(problems).map(({ code, reason, found, count, kept }) => [
        code,
        reason,
        found,
        count,
        kept,
      ]),
    ).toEqual([
      ['unreadable-audio', 'not-riff', 'MP4', 2, 0],
      ['unreadable-audio', 'not-riff', undefined, 2, 0],
      ['unreadable-audio', 'lfs-pointer', undefined, 1, 0],
      ['unreadable-audio', 'web-page', undefined, 1, 0],
      ['unreadable-audio', 'not-riff', 'Ogg', 1, 0],
      ['unreadable-audio', 'empty-file', undefined, 1, 0],
      ['unreadable-audio', 'text-file', undefined, 1, 0],
    ]);
    expect(utterances).toHaveLength(2);
  });

  it('knows every warning that decoding will give, and the same length', async () => {
    const tone = int16(Array.from({ length: 3000 }, (_, i) => Math.round(9000 * Math.sin(i / 7))));
    const quietStart = int16([...Array<number>(2000).fill(0), 5]);
    const float = (...values: number[]): Uint8Array =>
      riff(
        fmt({ tag: 3, bits: 32 }),
        chunk(
          'data',
          new Uint8Array(Float32Array.from({ length: 900 }, (_, i) => values[i] ?? Math.sin(i)).buffer),
        ),
      );
    const files: Record<string, Uint8Array> = {
      F001: riff(fmt({ block: 4 }), chunk('data', tone)),
      F002: riff(fmt({ channels: 2 }), chunk('data', tone.subarray(0, 4002))),
      F003: riff(fmt(), chunk('data', tone)).subarray(0, 2001),
      F004: riff(fmt(), chunk('data', new Uint8Array(32_000))),
      F005: riff(fmt(), chunk('data', quietStart)),
      F006: float(0.5, NaN),
      F007: float(),
      F008: riff(fmt(), chunk('FLLR', new Uint8Array(4044)), chunk('data', tone)),
      F009: riff(fmt(), chunk('FLLR', new Uint8Array(4044)), chunk('data', new Uint8Array(400))),
      F010: riff(fmt(), chunk('data', int16(Array<number>(700).fill(1000)))),
    };
    const ids = Object.keys(files).map((turn) => `Ses01F_impro01_${turn}`);
    const { problems, utterances } = await scan({
      [`${EVALUATION}Ses01F_impro01.txt`]: ids.map((id) => label(id)).join(''),
      ...Object.fromEntries(
        Object.entries(files).map(([turn, bytes]) => [
          `${WAV}Ses01F_impro01/Ses01F_impro01_${turn}.wav`,
          bytes,
        ]),
      ),
    });
    expect(problems.every(({ kept }) => kept)).toBe(true);
    const told = (turn: string) =>
      problems
        .filter(({ code, where }) => code !== 'identical-audio' && where.endsWith(`${turn}.wav`))
        .map((problem) => [problem.code, problem.said?.values] as const);
    for (const [i, [turn, bytes]] of Object.entries(files).entries()) {
      const { samples, warnings } = decodeWav(bytes);
      expect([turn, utterances[i]!.frames, told(turn).map(([, values]) => values)]).toEqual([
        turn,
        samples.length,
        warnings.map(({ values }) => values),
      ]);
    }
    expect(
      Object.keys(files).map((turn) =>
        told(turn)
          .map(([code]) => code)
          .join(),
      ),
    ).toEqual([
      'block-size',
      'partial-frame',
      'truncated-audio',
      'silent-audio',
      '',
      'not-finite-audio',
      '',
      '',
      'silent-audio',
      'silent-audio',
    ]);
  });

  describe('a header of half a million empty chunks', () => {
    const chunks = Uint8Array.from({ length: 8 * 500_000 }, (_, i) => (i % 8 < 4 ? 0x61 : 0));
    const wav = riff(fmt(), chunks, chunk('data', int16([1, 2, 3])));
    const labels = label('Ses01F_impro01_F000');
    /** A folder with that one recording, which counts the bytes read of it. */
    const folder = (onRead: (bytes: number) => void): CorpusDirectory => {
      const dir = (name: string, ...entries: CorpusEntry[]): CorpusDirectory => ({
        kind: 'directory',
        name,
        entries: async () => entries,
      });
      const file = (name: string, content: Uint8Array, read?: (bytes: number) => void): CorpusFile => ({
        kind: 'file',
        name,
        size: async () => content.length,
        bytes: async (start, end) => {
          read?.(end - start);
          return content.slice(start, end);
        },
      });
      return dir(
        'root',
        dir(
          'Session1',
          dir('dialog', dir('EmoEvaluation', file('Ses01F_impro01.txt', new TextEncoder().encode(labels)))),
          dir('sentences', dir('wav', dir('Ses01F_impro01', file('Ses01F_impro01_F000.wav', wav, onRead)))),
        ),
      );
    };

    it('is read at most three times over', async () => {
      let bytes = 0;
      const { utterances } = await scanIemocap(
        folder((count) => {
          bytes += count;
        }),
      );
      expect(utterances.map(({ frames }) => frames)).toEqual([3]);
      expect(bytes).toBeLessThan(3 * wav.length);
    });

    it('can be cancelled in the middle', async () => {
      const signal = { aborted: false, addEventListener: () => undefined };
      let reads = 0;
      await expect(
        scanIemocap(
          folder(() => {
            signal.aborted = ++reads === 3;
          }),
          { signal },
        ),
      ).rejects.toBeInstanceOf(CancelledError);
      expect(reads).toBe(3);
    });
  });

  it('reports progress over the audio files', async () => {
    const seen: string[] = [];
    await scanIemocap(memoryDirectory(small()), {
      onProgress: ({ done, total }) => seen.push(`${done}/${total}`),
    });
    expect(seen).toEqual(['0/0', '1/2', '2/2']);
  });
});

describe('refusals', () => {
  const refusal = async (files: Readonly<Record<string, Content>>): Promise<CorpusError> => {
    const error: unknown = await scan(files).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CorpusError);
    return error as CorpusError;
  };

  it('names an empty folder', async () => {
    expect((await refusal({})).code).toBe('empty-folder');
    expect((await refusal({ '.DS_Store': 'x' })).code).toBe('empty-folder');
  });

  it('says what it looked for and what it found', async () => {
    const error = await refusal({
      'photos/a.jpg': 'x',
      'notes.txt': 'x',
      c: 'x',
      d: 'x',
      e: 'x',
      f: 'x',
      g: 'x',
    });
    expect(error.code).toBe('not-a-corpus');
    expect(error.hint).toContain('Session1 … Session5');
    expect(error.hint).toContain('found: c, d, e, f, g, …');
  });

  it('says when labels or audio are missing altogether', async () => {
    const all = small();
    const only = (part: string) =>
      Object.fromEntries(Object.entries(all).filter(([path]) => path.includes(part)));
    const labels = await refusal(only('/dialog/'));
    expect([labels.code, labels.details['missing'], labels.details['labels']]).toEqual(['no-audio', 2, 2]);
    expect(labels.hint).toContain('Copy sentences/wav');
    expect(labels.skipped?.map(({ code }) => code)).toEqual([
      'missing-folder',
      'missing-audio',
      'missing-audio',
    ]);
    const audio = await refusal(only('/sentences/'));
    expect([audio.code, audio.details['unlabelled'], audio.details['audio']]).toEqual(['no-labels', 2, 2]);
    expect(audio.hint).toContain('Copy dialog/EmoEvaluation');
  });

  it('carries what was skipped to wherever it is shown', async () => {
    const dialog = `${WAV}Ses01F_impro01/`;
    const error = await refusal(
      small({
        [`${dialog}Ses01F_impro01_F000.wav`]: '',
        [`${dialog}Ses01F_impro01_M000.wav`]: '<html></html>',
      }),
    );
    expect(error.code).toBe('no-usable-utterance');
    const back = fromWire(structuredClone(toWire(error))) as CorpusError;
    expect(back.skipped?.map(({ code, reason }) => [code, reason])).toEqual([
      ['unreadable-audio', 'empty-file'],
      ['unreadable-audio', 'web-page'],
    ]);
  });

  it('stops when the permission is gone, rather than call every file unreadable', async () => {
    const gone = new PermissionLostError('permission');
    await expect(scan(small({ [`${WAV}Ses01F_impro01/Ses01F_impro01_F000.wav`]: gone }))).rejects.toBe(gone);
  });

  it('can be cancelled while folders are listed, however many there are', async () => {
    const signal = { aborted: false, addEventListener: () => undefined };
    let listings = 0;
    const folder = (name: string, depth: number): CorpusDirectory => ({
      kind: 'directory',
      name,
      entries: async () => {
        signal.aborted = ++listings === 10;
        return depth === 0 ? [] : Array.from({ length: 100 }, (_, i) => folder(`${i}`, depth - 1));
      },
    });
    await expect(scanIemocap(folder('root', 4), { signal })).rejects.toBeInstanceOf(CancelledError);
    expect(listings).toBe(10);
  });

  it('can be cancelled', async () => {
    const signal = { aborted: true, addEventListener: () => undefined };
    await expect(scanIemocap(memoryDirectory(small()), { signal })).rejects.toBeInstanceOf(CancelledError);
  });
});
