/** The pre-flight report on corpora whose faults are known, with numbers computed by hand. */
import { describe, expect, it } from 'vitest';
import { chanceOf, smallestDifference } from '../../src/core/preflight/chance';
import { preflightFile } from '../../src/core/preflight/file';
import { preflight, type PreflightSetting } from '../../src/core/preflight/preflight';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import type { CorpusManifest, Utterance } from '../../src/core/corpus/types';
import { chunk, fmt, riff } from '../audio/wav-files';
import { memoryDirectory } from '../support/memory-directory';

const SETTING: PreflightSetting = {
  labelScheme: 'emodb-7',
  split: { kind: 'speaker', speaker: '16' },
  seed: 1,
  tasks: [],
  features: { sampleRate: null, nFft: 2048, hop: 512 },
};

const utterance = (id: string, change: Partial<Utterance> = {}): Utterance => ({
  id,
  path: `wav/${id}.wav`,
  sampleRate: 16_000,
  frames: 32_000,
  content: id,
  labels: { emotion: 'W', speaker: id.slice(0, 2), gender: 'male', age: 30 },
  groups: { speaker: id.slice(0, 2), text: id.slice(2, 5) },
  ...change,
});

/** Two speakers, three emotions each, as EmoDB names them. */
const manifest = (
  change: readonly Utterance[] = [],
  problems: CorpusManifest['problems'] = [],
): CorpusManifest => {
  const plain = ['03', '16'].flatMap((speaker) =>
    ['W', 'F', 'N'].map((emotion, i) =>
      utterance(`${speaker}${speaker === '03' ? 'a' : 'b'}0${i}${emotion}a`, {
        labels: { emotion, speaker, gender: 'male', age: 30 },
      }),
    ),
  );
  const utterances = [...plain.filter(({ id }) => !change.some((one) => one.id === id)), ...change];
  return { version: 2, adapter: 'emodb', fingerprint: 'f', utterances, problems };
};

const found = (corpus: CorpusManifest, setting = SETTING) =>
  Object.fromEntries(
    preflight(corpus, setting).findings.map(({ code, column, ...rest }) => [
      column === undefined ? code : `${code} ${column}`,
      rest,
    ]),
  );

describe('findings', () => {
  it('has nothing to say of a clean corpus but what its split cannot measure', () => {
    // The held-out speaker is unknown to training, and all are men.
    expect(Object.keys(found(manifest()))).toEqual(['unmeasurable speaker', 'unmeasurable gender']);
  });

  it('names what is the same on both sides', () => {
    const again = utterance('16a00Wb', { content: '03a00Wa' });
    const report = found(manifest([again]));
    expect(report['heard-in-training']).toEqual({ count: 1, examples: ['16a00Wb'] });
    expect(report['identical']).toEqual({ count: 1, examples: ['16a00Wb'] });
    expect(report['shared text']).toEqual({ count: 1, examples: ['a00'] });
  });

  it('names near-identical recordings of those that are used, and on which sides they are', () => {
    const pair = (a: string, b: string) => ({ a, b, correlation: 0.98765 });
    const alike = {
      pairs: [pair('03a00Wa', '16b02Na'), pair('03a00Wa', '03a01Fa'), pair('03a00Wa', 'of-no-class')],
      compared: 7,
      left: 2,
      skipped: 5,
    };
    const report = preflight(manifest(), SETTING, alike);
    expect(report.findings.slice(0, 3)).toEqual([
      { code: 'nearly-in-training', count: 1, examples: ['16b02Na'] },
      {
        code: 'nearly-identical',
        count: 2,
        examples: ['03a00Wa = 16b02Na (0.988)', '03a00Wa = 03a01Fa (0.988)'],
      },
      { code: 'not-compared', count: 7, values: { recordings: 2, pairs: 5 }, examples: [] },
    ]);
    expect(report.nearIdentical).toEqual({
      ...alike,
      pairs: [
        { ...alike.pairs[0], parts: ['train', 'validation'] },
        { ...alike.pairs[1], parts: ['train', 'train'] },
      ],
    });
    expect(preflight(manifest(), SETTING).nearIdentical).toBeNull();
  });

  it('names a speaker of two genders', () => {
    const other = utterance('03a07Wa', {
      labels: { emotion: 'W', speaker: '03', gender: 'female', age: 30 },
    });
    expect(found(manifest([other]))['two-values gender']).toEqual({
      count: 1,
      values: { group: 'speaker' },
      examples: ['03'],
    });
  });

  it('counts mixed rates, until all are brought to one', () => {
    const mixed = manifest([utterance('03a07Wa', { sampleRate: 44_100 })]);
    expect(found(mixed)['mixed-rates']).toEqual({ count: 2, examples: ['16000 Hz: 6', '44100 Hz: 1'] });
    const resampled = { ...SETTING, features: { ...SETTING.features, sampleRate: 16_000 } };
    expect(found(mixed, resampled)['mixed-rates']).toBeUndefined();
  });

  it('counts recordings with several channels, as the scan found them', async () => {
    const samples = new Uint8Array(4 * 1600).map((_, i) => (37 * i) % 251);
    const stereo = { channels: 2, rate: 16_000, bits: 16 };
    const corpus = await scanCorpus(
      memoryDirectory({
        '03a01Fa.wav': riff(fmt(stereo), chunk('data', samples)),
        '03a01Wa.wav': riff(fmt({ ...stereo, channels: 1 }), chunk('data', samples)),
      }),
    );
    expect(corpus.utterances.map(({ id, channels, frames }) => [id, channels, frames])).toEqual([
      ['03a01Fa', 2, 1600],
      ['03a01Wa', undefined, 3200],
    ]);
    const setting = { ...SETTING, split: { kind: 'random', validationFraction: 0.5 } } as const;
    expect(found(corpus, setting)['stereo']).toEqual({ count: 1, examples: ['03a01Fa'] });
    const [{ channels: _, ...before }, mono] = corpus.utterances as [Utterance, Utterance];
    expect(found({ ...corpus, utterances: [before, mono] }, setting)['stereo']).toBeUndefined();
  });

  it('says how much of a long recording a model sees, and which are too short for one window', () => {
    // 512 frames of 512 samples at 16 kHz are 16.384 s: 5.37 % of 305 s.
    const report = found(
      manifest([
        utterance('03a07Wa', { frames: 305 * 16_000 }),
        utterance('03a08Wa', { frames: 32 * 16_000 }),
        utterance('03a09Wa', { frames: 2047 }),
        utterance('03a10Wa', { frames: 2048 }),
      ]),
    );
    expect(report['too-long']).toEqual({
      count: 1,
      values: { seconds: 305, share: expect.closeTo(16.384 / 305, 12) },
      examples: ['03a07Wa'],
    });
    expect(report['too-short']).toEqual({ count: 1, examples: ['03a09Wa'] });
  });

  it('counts silent and clipped recordings of those that are used', () => {
    const told = (code: 'silent-audio' | 'clipped-audio', where: string) =>
      ({ code, where, detail: '', kept: true }) as const;
    const report = found(
      manifest(
        [],
        [
          told('silent-audio', 'wav/03a00Wa.wav'),
          told('clipped-audio', 'wav/03a01Fa.wav'),
          told('clipped-audio', 'x'),
        ],
      ),
    );
    expect([report['silent']?.examples, report['clipped']?.examples]).toEqual([
      ['wav/03a00Wa.wav'],
      ['wav/03a01Fa.wav'],
    ]);
  });

  it('counts what the configuration excludes, and what of it the corpus does not have', () => {
    const again = utterance('16a00Wb', { content: '03a00Wa' });
    const exclude = ['16a00Wb', '99a00Wa'];
    const report = found(manifest([again]), { ...SETTING, exclude });
    expect(report['excluded']).toEqual({ count: 1, examples: ['16a00Wb'] });
    expect(report['excluded-unknown']).toEqual({ count: 1, examples: ['99a00Wa'] });
    expect([report['heard-in-training'], report['identical']]).toEqual([undefined, undefined]);
    expect(preflight(manifest([again]), { ...SETTING, exclude }).utterances).toEqual(
      preflight(manifest(), SETTING).utterances,
    );
  });

  it('has the release’s count beside what was found, for IEMOCAP alone', () => {
    expect(preflight(manifest(), SETTING).release).toBeNull();
    const iemocap = (adapter: string) => ({
      ...manifest(),
      adapter,
      utterances: [utterance('Ses01F_impro01_F000', { labels: { emotion: 'exc', speaker: 'Ses01F' } })],
    });
    const setting = { ...SETTING, split: { kind: 'random', validationFraction: 0.2 } as const };
    const release = (adapter: string, labelScheme: string) =>
      preflight(iemocap(adapter), { ...setting, labelScheme }).release;
    expect(release('iemocap', 'iemocap-4-exc')).toEqual({ found: 1, full: 5531 });
    expect(release('iemocap', 'iemocap-4')).toEqual({ found: 0, full: 4490 });
    expect(release('demo', 'iemocap-4')).toBeNull();
  });
});

describe('what a model scores that has learnt nothing', () => {
  it('at random and by the majority', () => {
    // Three classes; training's most frequent one is 2 of 10 in validation.
    expect(chanceOf([50, 30, 20], [2, 3, 5])).toEqual({
      random: { accuracy: expect.closeTo(1 / 3, 12), uar: expect.closeTo(1 / 3, 12) },
      majority: { accuracy: 0.2, uar: expect.closeTo(1 / 3, 12) },
    });
    // A class that training lacks is never answered: 5 of 10, and one recall of two.
    expect(chanceOf([50, 30, 0], [5, 0, 5])).toEqual({
      random: { accuracy: 0.25, uar: 0.25 },
      majority: { accuracy: 0.5, uar: 0.5 },
    });
    expect(chanceOf([1, 1], [0, 0]).majority.accuracy).toBeNaN();
  });

  it('and the smallest difference that a validation set can show', () => {
    // 1.959964 / 2 * sqrt(0.25 / 25 + 0.25 / 25) = 0.138590...
    const { accuracy, uar } = smallestDifference([25, 25, 0]);
    expect(accuracy).toBeCloseTo(6 / 50, 12);
    expect(uar).toBeCloseTo(0.13859, 5);
    // Exact McNemar: five of five is not yet significant, six of six is.
    expect([2 * 0.5 ** 5 < 0.05, 2 * 0.5 ** 6 < 0.05]).toEqual([false, true]);
    expect(smallestDifference([2, 1]).accuracy).toBe(1);
    expect(smallestDifference([0]).uar).toBeNaN();
  });
});

it('is a file of its own, in which nothing is NaN', () => {
  const report = preflight(manifest(), { ...SETTING, split: { kind: 'speaker', speaker: 'nobody' } });
  expect(JSON.parse(preflightFile(report))).toMatchObject({
    format: 'equipoise-preflight',
    version: 1,
    utterances: { train: 6, validation: 0, test: null },
    outlooks: [{ column: 'emotion', smallest: { accuracy: null } }, {}, {}],
  });
});
