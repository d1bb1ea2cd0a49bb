/** Resizing against OpenCV, the unified image against a numpy restatement, the draws against their definition. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPlacement, modelImage, NORMALISE, sampleStream, type Draws } from '../../src/core/spectrogram/image';
import { resizeCubic } from '../../src/core/spectrogram/resize';
import { fixture, lcg, picture, type Fixture } from './signals';

interface ResizeCase { kind: string; width: number; height: number; toWidth: number; toHeight: number; checksum: number; image: number }
interface ImageCase { nMels: number; frames: number; constant: boolean; draws: number[]; inputSize: number; image: number }

const differing = (a: Uint8Array, b: Uint8Array): number => a.reduce((count, value, i) => count + (value === b[i] ? 0 : 1), 0);

/** Gives the listed integers and checks that they were asked for in range. */
function scripted(values: readonly number[]): Draws & { left: () => number } {
  const queue = [...values];
  return {
    left: () => queue.length,
    between(low, high) {
      const value = queue.shift();
      if (value === undefined || value < low || value > high) throw new Error(`asked for ${low}..${high}, scripted ${value}`);
      return value;
    },
  };
}

describe('resizing equals OpenCV on every pixel', () => {
  const { cases, bytes } = fixture('resize') as Fixture<ResizeCase>;
  it.each(cases)('$kind $width x $height to $toWidth x $toHeight', ({ kind, width, height, toWidth, toHeight, checksum, image }) => {
    const source = picture(kind, width, height);
    expect(source.reduce((sum, value) => sum + value, 0)).toBe(checksum);
    const out = resizeCubic(source, width, height, toWidth, toHeight);
    expect(out.length).toBe(toWidth * toHeight);
    expect(differing(out, new Uint8Array(bytes, image, out.length))).toBe(0);
  });
});

describe('the model image equals the numpy restatement', () => {
  const { cases, bytes } = fixture('image') as Fixture<ImageCase>;
  it.each(cases)('$nMels x $frames, constant $constant, draws $draws, to $inputSize', ({ nMels, frames, constant, draws, inputSize, image }) => {
    const decibels = Float32Array.from(lcg(nMels * frames, 3), (x) => (constant ? 0 : ((x >>> 8) / 2 ** 24) * 80 - 90));
    const stream = scripted(draws);
    const out = modelImage(decibels, nMels, frames, inputSize, stream);
    expect(stream.left()).toBe(0);
    expect(differing(out, new Uint8Array(bytes, image, out.length))).toBe(0);
  });

  it('writes into the array it is given, and nothing of the image before it remains', () => {
    const loud = Float32Array.from({ length: 64 * 512 }, (_, i) => i);
    const short = Float32Array.from({ length: 64 * 10 }, (_, i) => i);
    const out = new Uint8Array(64 * 64);
    modelImage(loud, 64, 512, 64, scripted([]));
    const second = modelImage(short, 64, 10, 64, scripted([1, 0]), out);
    expect(second).toBe(out);
    expect(out.filter((_, i) => i % 64 > 3).every((value) => value === 0)).toBe(true);
  });
});

describe('the draws', () => {
  it('always end in a placement of a whole number of repetitions inside the canvas', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(), (frames, epoch) => {
      const { width, start } = drawPlacement(frames, sampleStream(1, 'x', epoch));
      expect(width % frames).toBe(0);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(start).toBeLessThanOrEqual(Math.abs(width - 512));
    }));
  });

  it('are the same for a validation image, and fresh for each epoch, utterance and seed', () => {
    const start = (seed: number, id: string, epoch: number | null): number => drawPlacement(1_000_000, sampleStream(seed, id, epoch)).start;
    expect(start(1, 'a', null)).toBe(start(1, 'a', null));
    expect(new Set([start(1, 'a', null), start(1, 'a', 0), start(1, 'a', 1), start(1, 'b', 0), start(2, 'a', 0)]).size).toBe(5);
  });

  it('end unrepeated with the probability of the definition', () => {
    // From width w < 512: D=1 ends (1/4); D=2, and D=3 or 4 with r=1, draw again; the chance that w is never tiled is
    // (1/4) / (1 - (1/4)(1 + 1/2 + 1/3)) = 6/13 for any w that tiling by 2 or 3 changes.
    let once = 0;
    const n = 4000;
    for (let epoch = 0; epoch < n; epoch++) if (drawPlacement(300, sampleStream(5, 'p', epoch)).width === 300) once++;
    expect(Math.abs(once / n - 6 / 13)).toBeLessThan(0.035);
  });
});

describe('normalisation', () => {
  it('is (v / 255 - 0.5) / 0.225 in float32', () => {
    expect(NORMALISE.length).toBe(256);
    expect(NORMALISE[0]).toBe(Math.fround(-0.5 / Math.fround(0.225)));
    expect(NORMALISE[255]).toBe(Math.fround(0.5 / Math.fround(0.225)));
    for (let v = 0; v < 256; v++) expect(NORMALISE[v]).toBeCloseTo((v / 255 - 0.5) / 0.225, 6);
  });
});
