/** What a recording is known by, against Node's own SHA-256: the sound counts, and nothing else. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audioContent, contentRanges } from '../../src/core/audio/content';
import { locateSamples, type WavLayout } from '../../src/core/audio/riff';
import { encodeWav16 } from '../../src/core/audio/wav';
import { sha256 } from '../../src/storage/sha256';

const of = (file: Uint8Array, layout = locateSamples(file, file.length)): Promise<string> =>
  audioContent(layout, (start, end) => file.subarray(start, end));
const sound = (frames: number, rate = 16_000): Uint8Array<ArrayBuffer> =>
  encodeWav16(
    Float32Array.from({ length: frames }, (_, i) => Math.sin(i * i)),
    rate,
  );
const sha = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 32);
};
const long = (bytes: number): WavLayout => ({
  coding: { kind: 'pcm', bytes: 2 },
  channels: 1,
  sampleRate: 16_000,
  littleEndian: true,
  dataOffset: 44,
  frames: bytes / 2,
  warnings: [],
});

describe('the content of a recording', () => {
  it('is SHA-256 over how the samples are written, and the samples', async () => {
    const file = sound(1000);
    const expected = sha('equipoise-audio 1 pcm 2 1 16000 little 1000\n', file.subarray(44));
    expect(await of(file)).toBe(expected);
    expect(
      await audioContent(
        locateSamples(file, file.length),
        async (start, end) => file.slice(start, end),
        sha256,
      ),
    ).toBe(expected);
  });

  it('leaves out what is no sound: chunks before and behind the samples', async () => {
    const file = sound(50);
    const list = new Uint8Array([0x4c, 0x49, 0x53, 0x54, 4, 0, 0, 0, 1, 2, 3, 4]);
    const tagged = Uint8Array.from([...file.subarray(0, 36), ...list, ...file.subarray(36), ...list]);
    expect(await of(tagged)).toBe(await of(file));
  });

  it('changes with any bit of any sample, with the rate and with the length', async () => {
    const file = sound(300);
    const content = await of(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(599), fc.nat(7), async (byte, bit) => {
        const other = file.slice();
        other[44 + byte]! ^= 1 << bit;
        expect(await of(other)).not.toBe(content);
      }),
    );
    expect(
      new Set([content, await of(sound(300, 8000)), await of(sound(299)), await of(sound(301))]).size,
    ).toBe(4);
  });

  it('reads recordings up to 4 MiB whole, longer ones in 64 stretches from the first sample to the last', () => {
    expect(contentRanges(long(4 * 2 ** 20))).toEqual([[44, 44 + 4 * 2 ** 20]]);
    fc.assert(
      fc.property(fc.integer({ min: 2 ** 21 + 1, max: 2 ** 33 }), (frames) => {
        const ranges = contentRanges(long(2 * frames));
        expect(ranges).toHaveLength(64);
        expect([ranges[0]![0], ranges.at(-1)![1]]).toEqual([44, 44 + 2 * frames]);
        ranges.forEach(([start, end], i) => {
          expect(end - start).toBe(2 ** 16);
          expect(start).toBeGreaterThanOrEqual(i === 0 ? 44 : ranges[i - 1]![1]);
        });
      }),
    );
  });

  it('tells noise of the same length from speech, however long', async () => {
    const frames = 2 ** 21 + 4321;
    const speech = sound(frames);
    const noise = speech.slice();
    for (let at = 44; at < noise.length; at++) noise[at] = (at * 2_654_435_761) >>> 24;
    expect(await of(noise)).not.toBe(await of(speech));
    const ranges = contentRanges(locateSamples(speech, speech.length));
    expect(await of(speech)).toBe(
      sha(
        `equipoise-audio 1 pcm 2 1 16000 little ${frames}\n`,
        ...ranges.map(([start, end]) => speech.subarray(start, end)),
      ),
    );
  });
});
