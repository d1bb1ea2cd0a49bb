/**
 * Parts of coded files, as tables of segments name them. The coding here is a lossless one of the test's own, 16-bit
 * samples behind four letters: what a decoder makes of real ones is tested in the browser.
 */
import { expect, it } from 'vitest';
import { decodeSamples, encodeWav16 } from '../../src/core/audio/wav';
import type { DecodeCoded } from '../../src/core/audio/sound';
import { openAsScanned } from '../../src/core/corpus/as-scanned';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import { memoryDirectory } from '../support/memory-directory';

const RATE = 16_000;
const SAMPLES = Float32Array.from(
  { length: RATE },
  (_, i) => Math.round(12_000 * Math.sin(i * i * 1e-5)) / 32_768,
);
const wav = encodeWav16(SAMPLES, RATE);
const coded = Uint8Array.from([...new TextEncoder().encode('code'), ...wav.subarray(44)]);

const TABLE =
  'file,start,end,emotion\ntalk.X,0,0.25,anger\ntalk.X,0.25,0.5,joy\ntalk.X,0.5,1.5,anger\ntalk.X,2,3,joy\n';
const folder = (ending: string, content: Uint8Array) =>
  memoryDirectory({ 'labels.csv': TABLE.replaceAll('.X', ending), [`talk${ending}`]: content });

const decoder = (packets: boolean): { readonly decode: DecodeCoded; readonly calls: () => number } => {
  let calls = 0;
  return {
    calls: () => calls,
    decode: async (bytes) => {
      calls++;
      const body = bytes.subarray(4);
      return {
        format: 'test',
        bytes: body,
        coding: { kind: 'pcm', bytes: 2 },
        channels: 1,
        sampleRate: RATE,
        announced: null,
        packets: packets ? body : null,
      };
    },
  };
};

it('are those of the WAV file with the same samples; the file is unpacked once', async () => {
  const { decode, calls } = decoder(false);
  const [plain, packed] = [
    await scanCorpus(folder('.wav', wav)),
    await scanCorpus(folder('.flac', coded), { decode }),
  ];
  expect(packed.utterances).toHaveLength(3);
  expect(packed.utterances.map(({ firstFrame, frames }) => [firstFrame, frames])).toEqual([
    [0, 4000],
    [4000, 4000],
    [8000, 8000],
  ]);
  expect(packed.utterances.map(({ content }) => content)).toEqual(
    plain.utterances.map(({ content }) => content),
  );
  expect(packed.problems.map(({ code }) => code).sort()).toEqual(
    plain.problems.map(({ code }) => code).sort(),
  );
  expect(calls()).toBe(1);

  for (const utterance of packed.utterances) {
    const { samples } = decodeSamples(await openAsScanned(coded, utterance, 'talk.flac', { decode }));
    const { firstFrame = 0, frames } = utterance;
    expect(samples).toEqual(SAMPLES.slice(firstFrame, firstFrame + frames));
  }
});

it('of a lossy coding are known by the packets and their place, and noticed where the file has changed', async () => {
  const { decode } = decoder(true);
  const { utterances } = await scanCorpus(folder('.mp3', coded), { decode });
  expect(new Set(utterances.map(({ content }) => content)).size).toBe(3);
  const [first] = utterances;
  expect((await openAsScanned(coded, first!, 'talk.mp3', { decode })).layout.frames).toBe(4000);
  const other = coded.slice();
  other[20_000]! ^= 1;
  await expect(openAsScanned(other, first!, 'talk.mp3', { decode })).rejects.toMatchObject({
    code: 'file-changed',
  });
  // Shorter than what the scan saw.
  await expect(openAsScanned(coded.slice(0, 4000), first!, 'talk.mp3', { decode })).rejects.toMatchObject({
    code: 'file-changed',
  });
});
