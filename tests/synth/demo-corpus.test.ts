/** The demo corpus: determinism, layout, and voices that measurably do what they are meant to do. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeWav } from '../../src/core/audio/wav';
import { labelByVote, parseEvaluation, parseUtteranceName } from '../../src/core/corpus/iemocap/labels';
import {
  demoCorpus,
  DEMO_UTTERANCES,
  SYNTH_VERSION,
  type DemoFile,
  type DemoOptions,
} from '../../src/core/synth/demo-corpus';

const DEFAULT = { seed: 1, difficulty: 0.5 } as const;
const FILES = [...demoCorpus(DEFAULT)];
const text = (file: DemoFile): string => Buffer.from(file.bytes).toString('latin1');
const hash = (files: Iterable<DemoFile>): string => {
  const sha = createHash('sha256');
  for (const { path, bytes } of files) sha.update(path).update(bytes);
  return sha.digest('hex');
};
const first = (options: DemoOptions, count: number): DemoFile[] => {
  const out: DemoFile[] = [];
  for (const file of demoCorpus(options)) if (out.push(file) === count) break;
  return out;
};
const WAVES = FILES.filter(({ path }) => path.endsWith('.wav'));
const LABELS = new Map(
  FILES.filter(({ path }) => path.includes('EmoEvaluation'))
    .flatMap((file) => parseEvaluation(text(file)).lines)
    .map((line) => [line.id, line]),
);
const idOf = (path: string): string => path.split('/').at(-1)!.replace('.wav', '');

describe('the bytes', () => {
  it('are the same for the same options', () => expect(hash(demoCorpus(DEFAULT))).toBe(hash(FILES)));

  it('differ with the seed and with the difficulty', () => {
    const hashes = [DEFAULT, { seed: 2, difficulty: 0.5 }, { seed: 1, difficulty: 0.4 }].map((options) =>
      hash(first(options, 5)),
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it('are those of this version: raise SYNTH_VERSION when this changes, for browsers keep the old corpus under the old name', () =>
    expect([SYNTH_VERSION, hash(first(DEFAULT, 8))]).toEqual([
      1,
      'ccf731a99667a810615ce6d71db33747e71cf550f7ab097c22cdbfbeaa337602',
    ]));
});

describe('the folder', () => {
  it("has the release's layout and names", () => {
    for (const { path } of FILES.slice(1))
      expect(path).toMatch(
        /^Session([1-5])\/(sentences\/wav\/(Ses0\1\w+)\/\3_[FM]\d{3}\.wav|dialog\/(EmoEvaluation|transcriptions)\/Ses0\1\w+\.txt)$/,
      );
    expect(WAVES).toHaveLength(DEMO_UTTERANCES);
    expect(new Set(FILES.map(({ path }) => path)).size).toBe(FILES.length);
  });

  it('has ten speakers and four uneven classes, happy the rarest', () => {
    const speakers: Record<string, number> = {};
    const labels: Record<string, number> = {};
    for (const [id, { label }] of LABELS) {
      const { speaker } = parseUtteranceName(id)!;
      speakers[speaker] = (speakers[speaker] ?? 0) + 1;
      labels[label] = (labels[label] ?? 0) + 1;
    }
    expect(Object.keys(speakers).sort()).toEqual([
      'Ses01F',
      'Ses01M',
      'Ses02F',
      'Ses02M',
      'Ses03F',
      'Ses03M',
      'Ses04F',
      'Ses04M',
      'Ses05F',
      'Ses05M',
    ]);
    expect(new Set(Object.values(speakers))).toEqual(new Set([46]));
    expect(labels).toEqual({ ang: 110, hap: 80, neu: 130, sad: 110, exc: 20, xxx: 10 });
  });

  it("gives no clue by the dialog's letter", () => {
    const agree = [...LABELS.keys()].filter((id) => id[5] === id.at(-4)).length;
    expect(agree / LABELS.size).toBe(0.5);
  });

  it('labels every sound, by the rule that labels follow from votes, at its true length', () => {
    expect([...LABELS.keys()].sort()).toEqual(WAVES.map(({ path }) => idOf(path)).sort());
    for (const { label, votes } of LABELS.values()) expect(labelByVote(votes)).toBe(label);
    for (const { path, bytes } of WAVES) {
      const { start, end } = LABELS.get(idOf(path))!;
      expect(end - start).toBeCloseTo((bytes.length - 44) / 32_000, 3);
    }
  });

  it('transcribes every utterance, with CRLF', () => {
    const lines = FILES.filter(({ path }) => path.includes('transcriptions')).flatMap((file) =>
      text(file).split('\r\n').slice(0, -1),
    );
    expect(lines).toHaveLength(DEMO_UTTERANCES);
    for (const line of lines)
      expect(line).toMatch(/^Ses0\w+ \[\d{3}\.\d{4}-\d{3}\.\d{4}\]: [A-Z][a-z]+( [a-z]+)*\.$/);
  });

  it('has the same words in a script whoever reads it', () => {
    const words = (path: string): string[] =>
      text(FILES.find((file) => file.path === path)!)
        .trim()
        .split('\r\n')
        .map((line) => line.split(': ')[1]!);
    expect(words('Session1/dialog/transcriptions/Ses01M_script02_1.txt').slice(0, 10)).toEqual(
      words('Session3/dialog/transcriptions/Ses03F_script02_1.txt').slice(0, 10),
    );
  });
});

describe('the voices', () => {
  /** Pitch by autocorrelation of 80 ms frames, Hz; the median over voiced frames. */
  function pitchOf(samples: Float32Array, rate: number): number {
    const found: number[] = [];
    for (let at = 0; at + 1280 < samples.length; at += 2560) {
      const frame = samples.subarray(at, at + 1280);
      const correlation = (lag: number): number => {
        let sum = 0,
          a = 0,
          b = 0;
        for (let i = 0; i < 1280 - lag; i++) {
          sum += frame[i]! * frame[i + lag]!;
          a += frame[i]! ** 2;
          b += frame[i + lag]! ** 2;
        }
        return sum / Math.sqrt(a * b + 1e-12);
      };
      const lags = Array.from({ length: 190 }, (_, i) => correlation(i + 30));
      const best = Math.max(...lags);
      // The first peak nearly as high as the best is the period; later ones are its multiples.
      const lag = lags.findIndex(
        (value, i) => value > 0.9 * best && value >= (lags[i - 1] ?? -1) && value >= (lags[i + 1] ?? -1),
      );
      if (best > 0.6 && lag >= 0) found.push(rate / (lag + 30));
    }
    return median(found);
  }
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  const rms = (samples: Float32Array): number =>
    Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
  const VOICES = WAVES.map(({ path, bytes }) => {
    const { samples, sampleRate } = decodeWav(bytes);
    const id = idOf(path);
    return {
      gender: parseUtteranceName(id)!.gender,
      label: LABELS.get(id)!.label,
      samples,
      sampleRate,
      seconds: samples.length / sampleRate,
    };
  });
  const of = (label: string) => VOICES.filter((voice) => voice.label === label);

  it('are 16 kHz, about one to two and a half seconds, audible and not clipped', () => {
    for (const { samples, sampleRate, seconds } of VOICES) {
      const peak = samples.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
      expect([sampleRate, seconds > 0.8 && seconds < 3, peak > 0.01 && peak < 0.96]).toEqual([
        16_000,
        true,
        true,
      ]);
    }
  });

  it('are higher in women than in men', () => {
    const neutral = of('neu');
    const pitch = (gender: string) =>
      median(
        neutral
          .filter((voice) => voice.gender === gender)
          .map(({ samples, sampleRate }) => pitchOf(samples, sampleRate)),
      );
    expect(pitch('male')).toBeGreaterThan(90);
    expect(pitch('male')).toBeLessThan(145);
    expect(pitch('female')).toBeGreaterThan(170);
    expect(pitch('female')).toBeLessThan(250);
  });

  it('are loud in anger and soft in sadness, high in happiness and slow in sadness', () => {
    const level = (label: string) => median(of(label).map(({ samples }) => rms(samples)));
    expect(level('ang') / level('neu')).toBeGreaterThan(1.3);
    expect(level('sad') / level('neu')).toBeLessThan(0.7);
    const pitch = (label: string) =>
      median(
        of(label)
          .filter(({ gender }) => gender === 'female')
          .map(({ samples, sampleRate }) => pitchOf(samples, sampleRate)),
      );
    expect(pitch('hap') / pitch('neu')).toBeGreaterThan(1.2);
    expect(pitch('sad') / pitch('neu')).toBeLessThan(1);
    expect(
      median(of('sad').map(({ seconds }) => seconds)) / median(of('ang').map(({ seconds }) => seconds)),
    ).toBeGreaterThan(1.2);
  });
});
