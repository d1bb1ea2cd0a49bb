/** Which corpus is which, and whether a recording still is what was scanned. */
import { describe, expect, it } from 'vitest';
import { encodeWav16 } from '../../src/core/audio/wav';
import { openAsScanned } from '../../src/core/corpus/as-scanned';
import { identify, knowsContents } from '../../src/core/corpus/identity';
import { scanIemocap } from '../support/scan-iemocap';
import { AudioError } from '../../src/core/errors/errors';
import { demoCorpus } from '../../src/core/synth/demo-corpus';
import { sha256 } from '../../src/storage/sha256';
import { memoryDirectory } from '../support/memory-directory';

describe('a corpus', () => {
  it('is known by its recordings, and found again by the sizes that 0.1.0 knew', () => {
    const manifest = { fingerprint: 'new', sizesFingerprint: 'old' };
    expect(['new', 'old', 'other'].map((id) => identify(manifest, id))).toEqual(['content', 'sizes', null]);
    expect(identify({ fingerprint: 'old' }, 'old')).toBe('sizes');
    expect(identify({ fingerprint: 'old' }, 'new')).toBeNull();
    expect([knowsContents(manifest), knowsContents({})]).toEqual([true, false]);
  });

  it('has the sizes fingerprint that 0.1.0 gave it', async () => {
    const files = Object.fromEntries(
      Array.from(demoCorpus({ seed: 1, difficulty: 0.5 }), ({ path, bytes }) => [path, bytes]),
    );
    // As version 0.1.0 stored it for the demo corpus.
    expect((await scanIemocap(memoryDirectory(files), { digest: sha256 })).sizesFingerprint).toBe(
      '6aba3e79e381db27',
    );
  });
});

describe('a recording after its scan', () => {
  const tone = (frames: number, rate = 16_000, pitch = 0.1): Uint8Array<ArrayBuffer> =>
    encodeWav16(
      Float32Array.from({ length: frames }, (_, i) => Math.sin(i * pitch)),
      rate,
    );
  const scanned = async () => {
    const { utterances } = await scanIemocap(
      memoryDirectory({
        'Session1/dialog/EmoEvaluation/Ses01F_impro01.txt':
          '[1.0000 - 2.0000]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]\n',
        'Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav': tone(800),
      }),
    );
    return utterances[0]!;
  };
  const code = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'same',
      (error: unknown) => (error as { code: string }).code,
    );

  it('is refused where it changed in length, rate or sound, or is none any more; and taken where it was put back', async () => {
    const utterance = await scanned();
    const check = (bytes: Uint8Array<ArrayBuffer>) => code(openAsScanned(bytes, utterance, 'a.wav'));
    expect(
      await Promise.all(
        [
          tone(801),
          tone(800, 8000),
          tone(800, 16_000, 0.2),
          new TextEncoder().encode('<html>'),
          new Uint8Array(),
        ].map(check),
      ),
    ).toEqual(new Array(5).fill('file-changed'));
    expect(await check(tone(800))).toBe('same');
  });

  it('of a manifest without contents is compared by rate and length', async () => {
    const { content: _none, ...utterance } = await scanned();
    const check = (bytes: Uint8Array<ArrayBuffer>) => code(openAsScanned(bytes, utterance, 'a.wav'));
    expect(await Promise.all([tone(801), tone(800, 8000), tone(800, 16_000, 0.2)].map(check))).toEqual([
      'file-changed',
      'file-changed',
      'same',
    ]);
    await expect(openAsScanned(new Uint8Array(), utterance, 'a.wav')).rejects.toBeInstanceOf(AudioError);
  });
});
