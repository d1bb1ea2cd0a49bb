/**
 * A small folder in the grammar of EmoDB's names, made of tones: four of its speakers, four emotions, two
 * sentences. Pitch follows the speaker and the emotion, so that there is something to learn.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeWav16 } from '../../src/core/audio/wav';

const SPEAKERS = ['03', '08', '10', '16'];
const LETTERS = ['W', 'F', 'N', 'T'];
const TEXTS = ['a01', 'b03'];
const VERSIONS = ['a', 'b'];

/** 64: four speakers, four emotions, two sentences, two versions. */
export const EMODB_NAMES: readonly string[] = SPEAKERS.flatMap((speaker) =>
  TEXTS.flatMap((text) =>
    LETTERS.flatMap((letter) => VERSIONS.map((version) => `${speaker}${text}${letter}${version}.wav`)),
  ),
);

/** Replaces `out` by a freshly written folder `wav` of these recordings. */
export function writeEmodbFolder(out: string): void {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'wav'), { recursive: true });
  for (const [i, name] of EMODB_NAMES.entries()) {
    const pitch = 120 + 60 * SPEAKERS.indexOf(name.slice(0, 2)) + 300 * LETTERS.indexOf(name[5]!) + (i % 7);
    const samples = Float32Array.from(
      { length: 6_400 },
      (_, t) => 0.4 * Math.sin((2 * Math.PI * pitch * t) / 16_000),
    );
    writeFileSync(join(out, 'wav', name), encodeWav16(samples, 16_000));
  }
}
