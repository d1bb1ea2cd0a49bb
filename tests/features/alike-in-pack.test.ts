/** Near-identical recordings among the spectrograms of a pack: looked for once, and kept in its index. */
import { expect, it } from 'vitest';
import type { CorpusManifest, Utterance } from '../../src/core/corpus/types';
import { PAPER_FEATURES } from '../../src/core/spectrogram/setting';
import type { PackRecord } from '../../src/storage/schema';
import { alikeInPack } from '../../workers/lib/alike-in-pack';

const [MELS, FRAMES] = [32, 20];
const setting = { ...PAPER_FEATURES, nMels: MELS };
const noise = (seed: number): Float32Array<ArrayBuffer> => {
  let state = seed;
  return Float32Array.from({ length: MELS * FRAMES }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return -30 * (state / 2 ** 32);
  });
};

/** `b` is `a` 6 dB louder, `c` has the very samples of `a`, `d` is another sound, `e` has no spectrogram. */
const sounds = { a: noise(1), b: noise(1).map((x) => x + 6), c: noise(1), d: noise(2) };
const bytes = MELS * FRAMES * 4;
const utterance = (id: string): Utterance => ({
  id,
  path: `${id}.wav`,
  sampleRate: 16_000,
  frames: FRAMES * 512,
  content: id === 'c' ? 'a' : id,
  labels: {},
  groups: {},
});
const manifest: CorpusManifest = {
  version: 2,
  adapter: 'emodb',
  fingerprint: 'f',
  utterances: ['a', 'b', 'c', 'd', 'e'].map(utterance),
  problems: [],
};
const record: PackRecord = {
  packId: 'p',
  corpusId: 'f',
  setting,
  records: Object.fromEntries(
    Object.keys(sounds).map((id, i) => [id, { offset: i * bytes, frames: FRAMES }]),
  ),
  warnings: [],
  failures: [],
  bytes: 4 * bytes,
  createdAt: 1,
};
const file = new File(Object.values(sounds), 'p.bin');
const { signal } = new AbortController();

it('compares each sound once, and keeps what was found', async () => {
  let stored: PackRecord | undefined = record;
  const update = async (change: (now: PackRecord | undefined) => PackRecord | undefined): Promise<void> => {
    stored = change(stored);
  };
  const found = await alikeInPack({ pack: { record, file }, manifest, update, signal });
  expect(found).toEqual({
    pairs: [{ a: 'a', b: 'b', correlation: expect.closeTo(1, 5) }],
    compared: 3,
    left: 0,
    skipped: 0,
  });
  expect(stored).toEqual({ ...record, alike: found });
  const never = new File([], 'p.bin');
  expect(await alikeInPack({ pack: { record: stored, file: never }, manifest, update, signal })).toEqual(
    found,
  );
});

it('keeps nothing for a pack that has grown meanwhile, and refuses a damaged one', async () => {
  const grown = { ...record, bytes: 5 * bytes };
  let stored: PackRecord | undefined = grown;
  const update = async (change: (now: PackRecord | undefined) => PackRecord | undefined): Promise<void> => {
    stored = change(grown);
  };
  await alikeInPack({ pack: { record, file }, manifest, update, signal });
  expect(stored).toBeUndefined();
  const short = new File([sounds.a], 'p.bin');
  await expect(
    alikeInPack({ pack: { record, file: short }, manifest, update, signal }),
  ).rejects.toMatchObject({ code: 'pack-damaged' });
});
