/** A pack that was changed behind the workbench's back is noticed, whatever was changed. */
import { expect, it } from 'vitest';
import { PAPER_FEATURES } from '../../src/core/spectrogram/setting';
import { checksumOf } from '../../src/storage/checksum';
import { readSpectrogram, type OpenPack } from '../../src/storage/feature-packs';
import type { PackRecord } from '../../src/storage/schema';

const setting = { ...PAPER_FEATURES, nMels: 8 };
const values = (n: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: 8 * (n + 1) }, (_, i) => Math.sin(i + n) * 40 - 30);
const parts = [0, 1, 2].map(values);
const bytes = new Uint8Array(parts.flatMap((part) => [...new Uint8Array(part.buffer)]));
const offsets = [0, 32, 96];

/** @param summed whether the index has checksums, as those of earlier versions have not */
function packOf(content: Uint8Array<ArrayBuffer>, summed = true): OpenPack {
  const records = Object.fromEntries(
    parts.map((part, n) => [
      `u${n}`,
      { offset: offsets[n]!, frames: n + 1, ...(summed ? { sum: checksumOf(part) } : {}) },
    ]),
  );
  const record: PackRecord = {
    packId: 'p',
    corpusId: 'c',
    setting,
    records,
    warnings: [],
    failures: [],
    bytes: bytes.length,
    createdAt: 0,
  };
  return { record, file: new File([content], 'p.bin') };
}
const damaged = expect.objectContaining({ code: 'pack-damaged', details: { pack: 'p' } });

it('what was written is read, with a checksum and without', async () => {
  for (const summed of [true, false])
    for (const [n, part] of parts.entries())
      expect((await readSpectrogram(packOf(bytes, summed), `u${n}`)).decibels).toEqual(part);
});

it('any single byte that differs is noticed, in the spectrogram that has it and in no other', async () => {
  for (let at = 0; at < bytes.length; at++) {
    const content = bytes.slice();
    content[at]! ^= 1 << (at % 8);
    const pack = packOf(content);
    const hit = offsets.findLastIndex((offset) => offset <= at);
    await expect(readSpectrogram(pack, `u${hit}`)).rejects.toEqual(damaged);
    for (const n of [0, 1, 2].filter((other) => other !== hit))
      expect((await readSpectrogram(pack, `u${n}`)).decibels).toEqual(parts[n]);
  }
});

it('a file that was cut off is noticed, with a checksum and without', async () => {
  for (const summed of [true, false]) {
    const pack = packOf(bytes.slice(0, -1), summed);
    await expect(readSpectrogram(pack, 'u2')).rejects.toEqual(damaged);
    expect((await readSpectrogram(pack, 'u1')).decibels).toEqual(parts[1]);
  }
});
