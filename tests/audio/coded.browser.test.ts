/**
 * Coded files in the browser's own decoders, against libsndfile and FFmpeg (reference/fixtures/coded.py): the
 * same samples at the same places, as far as each coding gives them.
 */
import { describe, expect, it } from 'vitest';
import { cutByFrames, cutBytes } from '../../src/core/audio/cut';
import { openSound, partOfSound, soundContent, type Sound } from '../../src/core/audio/sound';
import { decodeSamples, infoOf } from '../../src/core/audio/wav';
import { decodeOnDemand } from '../../workers/lib/decode-on-demand';
import { fixture, fixtureBytes } from '../support/fixture';
import { guard } from '../support/fidelity';

interface Case {
  readonly name: string;
  readonly coding: string;
  readonly rate: number;
  readonly channels: number;
  readonly frames: number;
  /** Of how many samples `mono` has one. */
  readonly step: number;
  readonly mono: string;
}

const { index, f32 } = await fixture<{ readonly files: readonly Case[] }>('coded');
const open = async (name: string): Promise<Sound> =>
  openSound(name, await fixtureBytes(`coded/${name}`), decodeOnDemand);

/** Largest difference of a sample, full scale 1; 0 where a coding has no loss. */
const TOLERANCE: Readonly<Record<string, number>> = { MP3: 2e-6, Vorbis: 2e-6, Opus: 2e-6, AAC: 5e-5 };

describe('coded files', () => {
  it.each(index.files)('$name', async ({ name, coding, rate, channels, frames, step, mono }) => {
    const sound = await open(name);
    const { samples, warnings } = decodeSamples(sound);
    const expected = f32(mono);
    expect([sound.layout.sampleRate, sound.layout.channels, warnings]).toEqual([rate, channels, []]);
    expect(sound.packets === null ? infoOf(sound.layout).coding : sound.format).toBe(coding);
    // MP4's edit list ends where the sound did; FFmpeg 5 plays on to the end of the last packet.
    expect(samples.length).toBe(name === 'mono.m4a' ? 6400 : frames);
    let worst = 0;
    for (let i = 0; i * step < samples.length; i++)
      worst = Math.max(worst, Math.abs(samples[i * step]! - expected[i]!));
    guard({
      chapter: 'audio',
      quantity: `${coding} file, every sample`,
      reference: coding === 'AAC' ? 'FFmpeg' : 'libsndfile',
      unit: 'full scale',
      tolerance: TOLERANCE[coding] ?? 0,
      worst,
    });
  });

  it('has one content for a sound, as WAV or as FLAC', async () => {
    const content = async (name: string): Promise<string> => soundContent(await open(name));
    for (const [flac, wav] of [
      ['mono16.flac', 'source.wav'],
      ['stereo24.flac', 'stereo24.wav'],
      ['mono8.flac', 'mono8.wav'],
    ] as const)
      expect(await content(flac), flac).toBe(await content(wav));
  });

  it('has one content for a part of a sound, as WAV or as FLAC', async () => {
    const part = partOfSound(await open('mono16.flac'), 1600, 3200);
    const wav = await fixtureBytes('coded/source.wav');
    const read = (start: number, end: number) => wav.slice(start, end);
    const cut = await cutBytes(await cutByFrames(read, wav.length, 1600, 3200), read);
    const same = await openSound('a.wav', cut, undefined);
    expect(await soundContent(part)).toBe(await soundContent(same));
    expect(decodeSamples(part).samples).toEqual(decodeSamples(same).samples);
  });

  it('knows a lossy file by what was coded, whatever its tags', async () => {
    const bytes = await fixtureBytes('coded/mono.mp3');
    const tag = Uint8Array.from('ID3\x03\0\0\0\0\0\x05title', (letter) => letter.charCodeAt(0));
    const at = bytes[0] === 0x49 ? 10 + bytes[9]! : 0;
    const retagged = new Uint8Array(tag.length + bytes.length - at);
    retagged.set(tag);
    retagged.set(bytes.subarray(at), tag.length);
    const other = await openSound('b.mp3', retagged, decodeOnDemand);
    const sound = await open('mono.mp3');
    expect(other.layout).toEqual(sound.layout);
    expect(await soundContent(other)).toBe(await soundContent(sound));
    expect(await soundContent(sound)).not.toBe(await soundContent(await open('untagged.mp3')));
  });

  it('keeps what a file cut short still has, and says so', async () => {
    for (const name of ['mono16.flac', 'mono.mp3']) {
      const bytes = await fixtureBytes(`coded/${name}`);
      const cut = await openSound(name, bytes.slice(0, Math.round(0.6 * bytes.length)), decodeOnDemand);
      expect(cut.layout.frames, name).toBeLessThan(6400);
      expect(cut.layout.warnings, name).toEqual([
        { code: 'truncated', values: { a: cut.layout.frames, b: 6400 } },
      ]);
    }
  });

  it('says what a file is that it cannot take', async () => {
    const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const code = (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
      openSound(name, bytes, decodeOnDemand).then(
        () => 'read',
        (error: { code: string }) => error.code,
      );
    const flac = await fixtureBytes('coded/mono16.flac');
    expect(await code('a.mp3', new Uint8Array(0))).toBe('empty-file');
    expect(
      await code('a.flac', ascii('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n')),
    ).toBe('lfs-pointer');
    expect(await code('a.mp3', ascii('<!DOCTYPE html><html>404</html>'))).toBe('web-page');
    expect(await code('a.ogg', Uint8Array.of(0xde, 0xad, 0xbe, 0xef))).toBe('unknown-sound');
    expect(await code('a.wav', flac)).toBe('not-riff');
    expect(await code('a.flac', flac.slice(0, 60))).toMatch(/no-samples|broken-coding|unknown-sound/);
    const noise = flac.slice();
    for (let i = 200; i < noise.length; i++) noise[i] = (noise[i]! * 167 + i * 31) & 255;
    expect(await code('a.flac', noise)).toMatch(/no-samples|broken-coding|read/);
  });
});
