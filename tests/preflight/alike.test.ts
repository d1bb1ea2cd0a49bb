/**
 * Recordings that are nearly the same are found, whatever was done to the copy; other sentences of the same voice
 * are not. The voices are the demo corpus'.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeWav, encodeWav16 } from '../../src/core/audio/wav';
import { resample } from '../../src/core/audio/resample';
import { ALIKE, findAlike, type AlikeReport, type Candidate } from '../../src/core/preflight/alike';
import { correlationOf, outlineOf } from '../../src/core/spectrogram/likeness';
import { logMel } from '../../src/core/spectrogram/log-mel';
import { PAPER_FEATURES } from '../../src/core/spectrogram/setting';
import { demoCorpus } from '../../src/core/synth/demo-corpus';

const SETTING = { ...PAPER_FEATURES, nMels: 64 };
const RATE = 16_000;

type Samples = Float32Array;
/** Sixteen bits and back, as a file of it would be. */
const written = (samples: Samples): Samples => decodeWav(encodeWav16(samples, RATE)).samples;

/** Noise of a linear congruential generator, `decibels` below the sound. */
function noisy(samples: Samples, decibels: number): Samples {
  const power = samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
  const scale = Math.sqrt(3 * power) * 10 ** (-decibels / 20);
  let state = 1;
  return samples.map((x) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return x + scale * (state / 2 ** 31 - 1);
  });
}

/** Logarithmic coding of 8 bits (ITU-T G.711, mu-law) and back. */
const companded = (samples: Samples): Samples =>
  samples.map((x) => {
    const coded = Math.round((127 * Math.log1p(255 * Math.abs(x))) / Math.log(256));
    return (Math.sign(x) * (256 ** (coded / 127) - 1)) / 255;
  });

const shifted = (samples: Samples, seconds: number): Samples => {
  const moved = new Float32Array(samples.length + Math.round(seconds * RATE));
  moved.set(samples, Math.round(seconds * RATE));
  return moved;
};

const COPIES: Readonly<Record<string, (samples: Samples) => Samples>> = {
  'a third as loud': (samples) => written(samples.map((x) => 0.3 * x)),
  'another polarity': (samples) => samples.map((x) => -x),
  '50 ms later': (samples) => shifted(samples, 0.05),
  '50 ms cut off': (samples) => samples.slice(0.05 * RATE),
  'coded logarithmically': companded,
  'brought to 11,025 Hz and back': (samples) => resample(resample(samples, RATE, 11_025), 11_025, RATE),
  'noise 25 dB below': (samples) => noisy(samples, 25),
};

let voices: Samples[];
beforeAll(() => {
  voices = [];
  for (const { path, bytes } of demoCorpus({ seed: 3, difficulty: 0.5 })) {
    if (path.endsWith('.wav')) voices.push(decodeWav(bytes).samples);
    if (voices.length === 60) break;
  }
});

interface Store {
  readonly candidates: Candidate[];
  readonly read: (id: string) => Promise<Float32Array>;
}

function store(sounds: Readonly<Record<string, Samples>>): Store {
  const made = new Map(Object.entries(sounds).map(([id, one]) => [id, logMel(one, RATE, SETTING)]));
  return {
    candidates: [...made].map(([id, { frames }]) => ({ id, frames, rate: RATE / SETTING.hop })),
    read: async (id) => made.get(id)!.decibels,
  };
}

const compare = (
  sounds: Readonly<Record<string, Samples>>,
  bounds?: Parameters<typeof findAlike>[1]['bounds'],
) => {
  const { candidates, read } = store(sounds);
  return findAlike(candidates, { nMels: SETTING.nMels, read, ...(bounds ? { bounds } : {}) });
};
const named = ({ pairs }: AlikeReport): string[] => pairs.map(({ a, b }) => `${a} ${b}`);
const numbered = (): Record<string, Samples> => Object.fromEntries(voices.map((one, i) => [`v${i}`, one]));

describe('near-identical recordings', () => {
  it('are none among different sentences of the same voices', async () => {
    expect(await compare(numbered())).toEqual({ pairs: [], compared: 60, left: 0, skipped: 0 });
  });

  it.each(Object.entries(COPIES))('are found: %s', async (_, copy) => {
    const report = await compare({ ...numbered(), copy5: copy(voices[5]!), copy31: copy(voices[31]!) });
    expect(named(report).sort()).toEqual(['copy31 v31', 'copy5 v5']);
    for (const { correlation } of report.pairs) expect(correlation).toBeGreaterThanOrEqual(ALIKE);
  });

  it('are looked for among recordings of one rate and about one length', async () => {
    const { candidates, read } = store({ a: voices[0]!, b: voices[0]!, c: shifted(voices[0]!, 1) });
    const [a, b, c] = candidates as [Candidate, Candidate, Candidate];
    const of = (list: Candidate[]) => findAlike(list, { nMels: SETTING.nMels, read });
    expect(named(await of([a, b, c]))).toEqual(['a b']);
    expect((await of([a, { ...b, rate: b.rate / 2 }, c])).pairs).toEqual([]);
  });

  it('counts what it does not compare: recordings, and pairs of them', async () => {
    // Twenty of one length: 190 pairs.
    const same = Object.fromEntries(voices.slice(0, 20).map((one, i) => [`v${i}`, one.slice(0, RATE)]));
    const all = { recordings: 100, prints: 1000, spectrograms: 100 };
    expect(await compare(same, all)).toMatchObject({ compared: 20, left: 0, skipped: 0 });
    expect(await compare(same, { ...all, recordings: 15 })).toMatchObject({ compared: 15, left: 5 });
    // Each with the next three: 17 * 3 + 2 + 1 pairs.
    expect((await compare(same, { ...all, prints: 60 })).skipped).toBe(190 - 54);
    const copies = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`c${i}`, voices[0]!]));
    const few = await compare(copies, { ...all, spectrograms: 4 });
    expect([few.pairs.length, few.skipped]).toEqual([4, 11]);
  });

  it('ends when it is cancelled, and with a recording of silence', async () => {
    const { candidates, read } = store({ a: new Float32Array(RATE), b: new Float32Array(RATE) });
    expect((await findAlike(candidates, { nMels: SETTING.nMels, read })).pairs).toEqual([]);
    const signal = AbortSignal.abort();
    await expect(findAlike(candidates, { nMels: SETTING.nMels, read, signal })).rejects.toMatchObject({
      name: 'CancelledError',
    });
  });
});

it('the correlation is Pearson’s, at the best shift', () => {
  // One band of 32 changes at a time: levels 0..40 dB above the floor, written down by hand.
  const levels = [0, 40, 10, 30, 20, 40, 0, 10];
  const moved = [40, 10, 30, 20, 40, 0, 10, 0];
  const spectrogram = (values: number[]): Float32Array =>
    Float32Array.from({ length: 32 * values.length }, (_, i) => values[i % values.length]! - 100);
  const outline = (values: number[]) => outlineOf(spectrogram(values), 32, values.length);
  const pearson = (x: number[], y: number[]): number => {
    const mean = (v: number[]) => v.reduce((s, one) => s + one, 0) / v.length;
    const product = (v: number[], w: number[]) =>
      v.reduce((s, one, i) => s + (one - mean(v)) * (w[i]! - mean(w)), 0);
    return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
  };
  expect(correlationOf(outline(levels), outline(moved), 0)).toBeCloseTo(
    Math.max(0, pearson(levels, moved)),
    6,
  );
  expect(correlationOf(outline(levels), outline(moved), 1)).toBeCloseTo(1, 6);
});
