/** What holds of every augmentation, and what each one means. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { augmented, mixImages, mixingOf, modelImage } from '../../src/core/augment/apply';
import { drawBeta } from '../../src/core/augment/mixup';
import {
  AUGMENTATION_SCHEMA,
  AUGMENTATIONS,
  PAPER_AUGMENTATIONS,
  type AugmentationChoice,
  placedBy,
  placingOf,
} from '../../src/core/augment/registry';
import { RandomStream } from '../../src/core/random/streams';
import { greyImage, greyLevels, paint } from '../../src/core/spectrogram/image';
import { copyOf, levelsOf, pictureOf, type Picture } from '../../src/core/spectrogram/picture';

const choice = (id: AugmentationChoice['id'], options: object = {}): AugmentationChoice =>
  v.parse(AUGMENTATION_SCHEMA, { id, ...options });
const ALL = AUGMENTATIONS.map(({ id }) => choice(id));

const NMELS = 8;
const pictures = fc
  .tuple(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 1e6 }))
  .map(([frames, salt]) => {
    const stream = new RandomStream(salt, 'picture');
    const decibels = Float32Array.from({ length: NMELS * frames }, () => -80 * stream.uniform());
    return pictureOf(decibels, NMELS, frames);
  });
const keys = fc.record({
  seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  utteranceId: fc.string({ minLength: 1 }),
  epoch: fc.integer({ min: 1, max: 9999 }),
});
const listed = fc.array(fc.constantFrom(...ALL), { maxLength: 5 });
const check = (property: Parameters<typeof fc.assert>[0]): unknown => fc.assert(property, { numRuns: 40 });

describe('any list', () => {
  it('gives the same image for the same draw and leaves the spectrogram as it was', () => {
    check(
      fc.property(pictures, keys, listed, (picture, key, list) => {
        const before = picture.decibels.slice();
        const image = modelImage(picture, list, key, 16);
        expect(picture.decibels).toEqual(before);
        expect(modelImage(picture, list, key, 16)).toEqual(image);
      }),
    );
  });

  it('leaves validation to what brings an utterance to the canvas', () => {
    check(
      fc.property(pictures, keys, listed, (picture, key, list) => {
        const fixed = { ...key, epoch: null };
        const placing = list.filter(({ id }) => id === 'paper-dice' || id === 'repeat');
        expect(modelImage(picture, list, fixed, 16)).toEqual(modelImage(picture, placing, fixed, 16));
      }),
    );
  });

  it('draws for one entry whatever stands before it', () => {
    // Both gains act on a scale that the dice do not change, so only the draws could differ.
    const picture = pictureOf(
      new Float32Array(NMELS * 512).map((_, i) => -(i % 80)),
      NMELS,
      512,
    );
    const key = { seed: 3, utteranceId: 'a', epoch: 1 };
    const alone = augmented(picture, [choice('gain')], key);
    const after = augmented(
      picture,
      [choice('paper-dice'), choice('spec-augment', { timeMasks: 0, frequencyMasks: 0 }), choice('gain')],
      key,
    );
    expect(copyOf(after).decibels).toEqual(alone.decibels);
    const twice = augmented(picture, [choice('gain'), choice('gain')], key);
    const [first, both] = [alone.decibels[0]!, twice.decibels[0]!];
    expect(both - first).not.toBeCloseTo(first, 3); // the second draws for itself
  });

  it('acts in its order', () => {
    const picture = pictureOf(
      new Float32Array(NMELS * 90).map((_, i) => -(i % 80)),
      NMELS,
      90,
    );
    const key = { seed: 5, utteranceId: 'b', epoch: 4 };
    const [a, b] = [
      choice('gain', { decibels: 30 }),
      choice('spec-augment', { timeShare: 0.5, fill: 'minimum' }),
    ];
    expect(modelImage(picture, [a, b], key, 16)).not.toEqual(modelImage(picture, [b, a], key, 16));
  });
});

describe('a placement', () => {
  it('gives the same image before and after it is carried out', () => {
    check(
      fc.property(pictures, keys, fc.boolean(), (picture, key, scaled) => {
        const placed = augmented(
          scaled ? { ...picture, scale: { least: -60, range: 40 } } : picture,
          PAPER_AUGMENTATIONS,
          key,
        );
        const [direct, copied] = [new Uint8Array(NMELS * 512), new Uint8Array(NMELS * 512)];
        paint(placed, direct);
        paint(copyOf(placed), copied);
        expect(copied).toEqual(direct);
      }),
    );
  });

  it.each([
    [200, (x: number) => x % 200],
    [512, (x: number) => x],
    [301, (x: number) => x % 301],
    [1, () => 0],
    [700, (x: number) => x + 94],
  ] as const)('by repetition shows of %i frames, from the first on or the middle', (frames, columnAt) => {
    const picture = pictureOf(
      Float32Array.from({ length: 2 * frames }, (_, i) => i),
      2,
      frames,
    );
    for (const epoch of [null, 1, 2]) {
      const placed = copyOf(augmented(picture, [choice('repeat')], { seed: 1, utteranceId: 'r', epoch }));
      const columns = Array.from({ length: 512 }, (_, x) => columnAt(x));
      expect([...placed.decibels]).toEqual([...columns, ...columns.map((x) => frames + x)]);
    }
  });

  it('is chosen where the former stood', () => {
    const list = [choice('gain'), choice('paper-dice'), choice('noise')];
    expect(placingOf(list)).toBe('paper-dice');
    const repeated = placedBy(list, 'repeat');
    expect(repeated.map(({ id }) => id)).toEqual(['gain', 'repeat', 'noise']);
    expect(placedBy(repeated, 'paper-dice')).toEqual(list);
    const middle = placedBy(list, null);
    expect([placingOf(middle), middle.map(({ id }) => id)]).toEqual([null, ['gain', 'noise']]);
    expect(placedBy(middle, 'repeat').map(({ id }) => id)).toEqual(['repeat', 'gain', 'noise']);
  });

  it('without dice is the middle', () => {
    const long = pictureOf(
      Float32Array.from({ length: 1024 }, (_, i) => i),
      1,
      1024,
    );
    const seen = new Uint8Array(512);
    paint(long, seen);
    expect([seen[0], seen[511]]).toEqual([0, 255]); // columns 256..767, scaled over what is seen
    const short = pictureOf(new Float32Array([1, 2]), 1, 2);
    paint(short, seen);
    expect(seen[255]).toBe(0);
    expect(seen[256]).toBe(255);
  });
});

/** Cells that differ, as columns and rows. */
function touched(before: Picture, after: Picture) {
  const [columns, rows] = [new Set<number>(), new Set<number>()];
  after.decibels.forEach((value, i) => {
    if (value === before.decibels[i]) return;
    columns.add(i % before.frames);
    rows.add(Math.floor(i / before.frames));
  });
  return { columns, rows };
}

const rowOf = ({ decibels, frames }: Picture, row: number): Float32Array =>
  decibels.subarray(row * frames, (row + 1) * frames);

describe('SpecAugment', () => {
  it('masks at most as much as its shares allow, and everything else keeps its grey', () => {
    check(
      fc.property(pictures, keys, fc.constantFrom('mean', 'minimum'), (picture, key, fill) => {
        const time = choice('spec-augment', { timeMasks: 3, timeShare: 0.2, frequencyMasks: 0, fill });
        const masked = augmented(picture, [time], key);
        expect(touched(picture, masked).columns.size).toBeLessThanOrEqual(
          3 * Math.floor(0.2 * picture.frames),
        );
        const band = choice('spec-augment', { timeMasks: 0, frequencyMasks: 1, frequencyShare: 0.5, fill });
        const banded = augmented(picture, [band], key);
        const { rows } = touched(picture, banded);
        expect(rows.size).toBeLessThanOrEqual(4);
        // One band: a row within it is only untouched where it was the fill before, as the minimum itself is.
        const ordered = [...rows].sort((a, b) => a - b);
        for (let row = ordered[0] ?? 0; row < (ordered.at(-1) ?? 0); row++)
          expect(rowOf(banded, row).every((value) => value === rowOf(banded, ordered[0]!)[0])).toBe(true);
        // Under the scale of the masked picture, a cell that no mask covers is as grey as before.
        const [plain, after] = [greyLevels({ ...picture, scale: masked.scale }), greyLevels(masked)];
        const changed = after.filter((level, i) => {
          const [row, x] = [NMELS - 1 - Math.floor(i / picture.frames), i % picture.frames];
          const cell = row * picture.frames + x;
          return masked.decibels[cell] === picture.decibels[cell] && level !== plain[i];
        });
        expect(changed.length).toBe(0);
        expect(masked.scale).toEqual(levelsOf(picture));
      }),
    );
  });

  it('with the whole picture masked is black, or the mean everywhere', () => {
    const picture = pictureOf(new Float32Array([0, 10, 20, 50]), 1, 4);
    const key = (epoch: number) => ({ seed: 1, utteranceId: 'x', epoch });
    const full = (fill: string, epoch: number) =>
      augmented(
        picture,
        [choice('spec-augment', { timeMasks: 10, timeShare: 1, frequencyMasks: 0, fill })],
        key(epoch),
      );
    const black = Array.from({ length: 20 }, (_, i) => full('minimum', i)).filter((one) =>
      one.decibels.every((value) => value === 0),
    );
    const mean = Array.from({ length: 20 }, (_, i) => full('mean', i)).filter((one) =>
      one.decibels.every((value) => value === 20),
    );
    expect(black.length).toBeGreaterThan(0);
    expect(mean.length).toBeGreaterThan(0);
  });
});

describe('gain', () => {
  it('moves every cell by one number of dB within its bounds, padding stays black', () => {
    check(
      fc.property(pictures, keys, fc.integer({ min: 0, max: 40 }), (picture, key, decibels) => {
        const list = [choice('paper-dice'), choice('gain', { decibels })];
        const placed = copyOf(augmented(picture, [list[0]!], key));
        const louder = augmented(picture, list, key);
        const moved = [...louder.decibels].flatMap((value, i) =>
          placed.decibels[i] === -Infinity ? [] : [value - placed.decibels[i]!],
        );
        expect(Math.max(...moved) - Math.min(...moved)).toBeLessThan(2e-5);
        expect(Math.abs(moved[0]!)).toBeLessThanOrEqual(decibels + 2e-5);
        expect(louder.decibels.map((value) => (value === -Infinity ? 1 : 0))).toEqual(
          placed.decibels.map((value) => (value === -Infinity ? 1 : 0)),
        );
      }),
    );
  });

  it('brightens or darkens and never turns around', () => {
    const picture = pictureOf(
      Float32Array.from({ length: 512 }, (_, i) => -i / 6.4),
      1,
      512,
    );
    const plain = greyImage(picture, 32);
    for (let epoch = 1; epoch <= 20; epoch++) {
      const key = { seed: 9, utteranceId: 'g', epoch };
      const louder = augmented(picture, [choice('gain', { decibels: 20 })], key);
      const sign = Math.sign(louder.decibels[0]! - picture.decibels[0]!);
      const change = Array.from(greyImage(louder, 32), (level, i) => sign * (level - plain[i]!));
      expect(Math.min(...change)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...change)).toBeGreaterThan(0);
    }
  });
});

it('noise has the wanted ratio of mean powers, and never takes power away', () => {
  const power = (x: Float32Array) => x.reduce((sum, value) => sum + 10 ** (value / 10), 0) / x.length;
  const stream = new RandomStream(2, 'signal');
  const picture = pictureOf(
    Float32Array.from({ length: 64 * 512 }, () => -60 * stream.uniform()),
    64,
    512,
  );
  for (const snr of [-10, 0, 10]) {
    const key = { seed: 4, utteranceId: `snr ${snr}`, epoch: 1 };
    const noisy = augmented(picture, [choice('noise', { snrLow: snr, snrHigh: snr })], key);
    const signal = power(picture.decibels);
    // The mean of 32,768 exponential deviates lies within 2 % of its expectation (3.6 standard errors).
    const measured = 10 * Math.log10(signal / (power(noisy.decibels) - signal));
    expect(Math.abs(measured - snr)).toBeLessThan(10 * Math.log10(1.02));
    const gained = noisy.decibels.map((value, i) => value - picture.decibels[i]!);
    expect(Math.min(...gained)).toBeGreaterThanOrEqual(-1e-5);
  }
});

describe('mixup', () => {
  it.each([
    ['0.5', 0.5, (x: number) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
    ['1', 1, (x: number) => x],
    ['2', 2, (x: number) => 3 * x * x - 2 * x ** 3],
  ] as const)('draws from Beta(alpha, alpha), alpha %s', (_name, alpha, distribution) => {
    // Kolmogorov-Smirnov: the largest distance of 4000 draws passes 1.95 / sqrt(4000) once in a thousand.
    const n = 4000;
    const drawn = Array.from({ length: n }, (_, i) =>
      drawBeta(alpha, new RandomStream(1, 'beta', i)),
    ).toSorted((a, b) => a - b);
    const distance = drawn.map((x, i) =>
      Math.max(Math.abs(distribution(x) - i / n), Math.abs(distribution(x) - (i + 1) / n)),
    );
    expect(Math.max(...distance)).toBeLessThan(1.95 / Math.sqrt(n));
  });

  it('mixes with a permutation, and the example itself counts for at least half', () => {
    check(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        keys,
        fc.integer({ min: 1, max: 200 }),
        (count, key, twentieths) => {
          const ids = Array.from({ length: count }, (_, i) => `${key.utteranceId}${i}`);
          const list = [choice('mixup', { alpha: twentieths / 20 })];
          const mixing = mixingOf(list, key.seed, ids, key.epoch)!;
          expect(mixing.lambda).toBeGreaterThanOrEqual(0.5);
          expect(mixing.lambda).toBeLessThanOrEqual(1);
          expect(mixing.partners.toSorted((a, b) => a - b)).toEqual(ids.map((_, i) => i));
          const flat = new Uint8Array(count * 4).fill(77);
          expect(mixImages(flat, mixing)).toEqual(flat);
        },
      ),
    );
  });

  it('is none where the list has none', () => {
    expect(mixingOf(PAPER_AUGMENTATIONS, 1, ['a'], 1)).toBeNull();
  });
});
