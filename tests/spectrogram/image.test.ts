/**
 * Resizing against OpenCV, the image against the numpy restatement of steps 4 to 8
 * (reference/fixtures/image.py), and its draws.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelImage } from '../../src/core/augment/apply';
import { drawPlacement } from '../../src/core/augment/paper-dice';
import { PAPER_AUGMENTATIONS } from '../../src/core/augment/registry';
import type { Draws } from '../../src/core/augment/types';
import { RandomStream } from '../../src/core/random/streams';
import { greyImage, NORMALISE } from '../../src/core/spectrogram/image';
import { logMel } from '../../src/core/spectrogram/log-mel';
import { pictureOf } from '../../src/core/spectrogram/picture';
import { resizeCubic } from '../../src/core/spectrogram/resize';
import type { FeatureSetting } from '../../src/core/spectrogram/setting';
import { guard } from '../support/fidelity';
import { fixture } from '../support/fixture';
import { noiseSpectrogram, picture, samplesOf, signal } from './signals';

interface ResizeCase {
  kind: string;
  width: number;
  height: number;
  toWidth: number;
  toHeight: number;
  checksum: number;
  image: string;
}
interface ImageCase {
  nMels: number;
  frames: number;
  inputSize: number;
  image: string;
  input: string;
}
interface Scripted extends ImageCase {
  constant: boolean;
  draws: number[];
}
interface Drawn extends ImageCase {
  seed: number;
  utterance: string;
  epoch: number | null;
}

const resizes = await fixture<{ cases: ResizeCase[] }>('spectrogram/resize');
const images = await fixture<{
  scripted: Scripted[];
  drawn: Drawn[];
  placements: { seed: number; values: string };
}>('spectrogram/image');
const spoken = await fixture<{
  setting: FeatureSetting;
  seed: number;
  epoch: number;
  inputSize: number;
  cases: { utterance: string; input: string }[];
}>('spectrogram/utterances');

/** How many values are not the same; every one when there are not as many. */
const differing = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length
    ? Array.from(a).reduce((count, value, i) => count + (value === b[i] ? 0 : 1), 0)
    : Math.max(a.length, b.length);

/** Step 8, as engine/network/network.ts applies it. */
const normalised = (image: Uint8Array): Float32Array =>
  Float32Array.from(image, (level) => NORMALISE[level]!);

type Dice = Pick<Draws, 'between'>;

/** The name of the dice's stream since version 0.1.0. */
const sampleStream = (seed: number, utteranceId: string, epoch: number | null): RandomStream =>
  new RandomStream(seed, 'sample', utteranceId, epoch ?? 'validation');

/** Steps 4 to 7 with given draws. */
const placedImage = (
  decibels: Float32Array,
  nMels: number,
  frames: number,
  inputSize: number,
  stream: Dice,
  out?: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> =>
  greyImage(
    { ...pictureOf(decibels, nMels, frames), placement: drawPlacement(frames, stream) },
    inputSize,
    out,
  );

/** Gives the listed integers and checks that they were asked for in range. */
function scripted(values: readonly number[]): Dice & { left: () => number } {
  const queue = [...values];
  return {
    left: () => queue.length,
    between(low, high) {
      const value = queue.shift();
      if (value === undefined || value < low || value > high)
        throw new Error(`asked for ${low}..${high}, scripted ${value}`);
      return value;
    },
  };
}

describe('resizing equals OpenCV on every pixel', () => {
  it.each(resizes.index.cases)(
    '$kind $width x $height to $toWidth x $toHeight',
    ({ kind, width, height, toWidth, toHeight, checksum, image }) => {
      const source = picture(kind, width, height);
      expect(source.reduce((sum, value) => sum + value, 0)).toBe(checksum);
      const worst = differing(resizeCubic(source, width, height, toWidth, toHeight), resizes.u8(image));
      guard({
        chapter: 'image',
        quantity: 'resize with INTER_CUBIC, uint8, up and down',
        reference: 'opencv-python-headless',
        unit: 'pixels',
        tolerance: 0,
        worst,
        note: 'OpenCV’s own arithmetic; Intel’s IPP, which the x86 wheels use unless told otherwise, gives another grey level in up to 8 % of the pixels',
      });
    },
  );
});

describe('the network input equals the numpy restatement of steps 4 to 8', () => {
  const compare = (one: ImageCase, image: Uint8Array, draws: string): void => {
    guard({
      chapter: 'image',
      quantity: `steps 4 to 7, spectrogram to grey levels, ${draws}`,
      reference: 'numpy',
      unit: 'pixels',
      tolerance: 0,
      worst: differing(image, images.u8(one.image)),
    });
    guard({
      chapter: 'image',
      quantity: 'step 8, grey levels to float32 network input',
      reference: 'numpy',
      unit: 'pixels',
      tolerance: 0,
      worst: differing(normalised(image), images.f32(one.input)),
    });
  };

  it.each(images.index.scripted)(
    '$nMels x $frames, constant $constant, draws $draws, to $inputSize',
    (one) => {
      const stream = scripted(one.draws);
      const image = placedImage(
        noiseSpectrogram(one.nMels, one.frames, one.constant),
        one.nMels,
        one.frames,
        one.inputSize,
        stream,
      );
      expect(stream.left()).toBe(0);
      compare(one, image, 'given draws in every branch');
    },
  );

  it.each(images.index.drawn)('$nMels x $frames, seed $seed, utterance $utterance, epoch $epoch', (one) => {
    const key = { seed: one.seed, utteranceId: one.utterance, epoch: one.epoch };
    const spectrogram = pictureOf(noiseSpectrogram(one.nMels, one.frames), one.nMels, one.frames);
    compare(
      one,
      modelImage(spectrogram, PAPER_AUGMENTATIONS, key, one.inputSize),
      'each side drawing for itself',
    );
  });

  it('draws the same placements for utterances of every length', () => {
    const { seed, values } = images.index.placements;
    const expected = images.array(values).data as Int32Array;
    const drawn = Array.from({ length: expected.length / 2 }, (_, i) =>
      drawPlacement(i + 1, sampleStream(seed, String(i + 1), null)),
    );
    expect(drawn.length).toBe(640);
    guard({
      chapter: 'image',
      quantity: 'random draws of seed, utterance and epoch: repetitions and start',
      reference: 'numpy',
      unit: 'numbers',
      tolerance: 0,
      worst: differing(
        drawn.flatMap(({ width, start }) => [width, start]),
        expected,
      ),
    });
  });

  it.each(spoken.index.cases)('$utterance, from its samples on', ({ utterance, input }) => {
    const { setting, seed, epoch, inputSize } = spoken.index;
    const { decibels, frames } = logMel(samplesOf(signal(utterance, 0, 16000)), 16000, setting);
    const image = modelImage(
      pictureOf(decibels, setting.nMels, frames),
      PAPER_AUGMENTATIONS,
      { seed, utteranceId: utterance, epoch },
      inputSize,
    );
    const expected = spoken.f32(input);
    const levels = normalised(image).map((value, i) =>
      Math.round(Math.abs(value - expected[i]!) * 0.225 * 255),
    );
    expect(levels.length).toBe(expected.length);
    const off = levels.filter((level) => level > 0).length / levels.length;
    const note =
      'librosa computes in float32, and a level that is nearly whole may be truncated to the one below';
    guard({
      chapter: 'image',
      quantity: 'all steps, samples to network input: largest difference',
      reference: 'librosa',
      unit: 'grey levels',
      tolerance: 1,
      worst: Math.max(...levels),
      note,
    });
    guard({
      chapter: 'image',
      quantity: 'all steps, samples to network input: share of pixels that differ',
      reference: 'librosa',
      unit: 'of the pixels',
      tolerance: 0.01,
      worst: off,
      note,
    });
  });

  it('writes into the array it is given, and nothing of the image before it remains', () => {
    const loud = Float32Array.from({ length: 64 * 512 }, (_, i) => i);
    const short = Float32Array.from({ length: 64 * 10 }, (_, i) => i);
    const out = new Uint8Array(64 * 64);
    placedImage(loud, 64, 512, 64, scripted([]));
    const second = placedImage(short, 64, 10, 64, scripted([1, 0]), out);
    expect(second).toBe(out);
    expect(out.filter((_, i) => i % 64 > 3).every((value) => value === 0)).toBe(true);
  });
});

describe('the draws', () => {
  it('always end in a placement of a whole number of repetitions inside the canvas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(), (frames, epoch) => {
        const { width, start } = drawPlacement(frames, sampleStream(1, 'x', epoch));
        expect(width % frames).toBe(0);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(Math.abs(width - 512));
      }),
    );
  });

  it('are the same for a validation image, and fresh for each epoch, utterance and seed', () => {
    const start = (seed: number, id: string, epoch: number | null): number =>
      drawPlacement(1_000_000, sampleStream(seed, id, epoch)).start;
    expect(start(1, 'a', null)).toBe(start(1, 'a', null));
    expect(
      new Set([start(1, 'a', null), start(1, 'a', 0), start(1, 'a', 1), start(1, 'b', 0), start(2, 'a', 0)])
        .size,
    ).toBe(5);
  });

  it('end unrepeated with the probability of the definition', () => {
    // From width w < 512: D=1 ends (1/4); D=2, and D=3 or 4 with r=1, draw again; the chance that w is never
    // tiled is (1/4) / (1 - (1/4)(1 + 1/2 + 1/3)) = 6/13 for any w that tiling by 2 or 3 changes.
    let once = 0;
    const n = 4000;
    for (let epoch = 0; epoch < n; epoch++)
      if (drawPlacement(300, sampleStream(5, 'p', epoch)).width === 300) once++;
    expect(Math.abs(once / n - 6 / 13)).toBeLessThan(0.035);
  });
});
