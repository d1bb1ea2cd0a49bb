/**
 * One guarded number of docs/fidelity.md: asserts that a measured error is within its tolerance and leaves it
 * in the running test's metadata, from where `npm run fidelity` (scripts/vitest-fidelity.mjs) collects the
 * table.
 */
import { expect, TestRunner } from 'vitest';

/** The chapters of docs/fidelity.md, in this order. */
export const CHAPTERS = [
  'spectrogram',
  'image',
  'audio',
  'resampling',
  'splits',
  'model',
  'weighting',
  'training',
  'full size',
  'metrics',
  'statistics',
  'weights',
  'determinism',
] as const;

export interface Guarded {
  readonly chapter: (typeof CHAPTERS)[number];
  /** One row of the table; several measurements of one quantity are worth their largest. */
  readonly quantity: string;
  /** A name in tests/fixtures/versions.json (librosa, torch, ...), or what else is compared with. */
  readonly reference: string;
  /** What `worst` counts: `relative`, `dB`, `pixels`, `bits`, `1 - cosine`. */
  readonly unit: string;
  readonly tolerance: number;
  readonly worst: number;
  /** Why it cannot be exact, or what is left out; one clause. */
  readonly note?: string;
}

export type GuardedMeta = { fidelity?: Guarded[] };

/** Fails the test when `worst` is above `tolerance` or no number. */
export function guard(measurement: Guarded): void {
  const test = TestRunner.getCurrentTest();
  if (!test) throw new Error('guard() belongs into a test.');
  const meta = test.meta as GuardedMeta;
  (meta.fidelity ??= []).push(measurement);
  // Written so that NaN fails.
  const within = measurement.worst <= measurement.tolerance;
  expect(
    within,
    `${measurement.quantity}: ${measurement.worst} ${measurement.unit}, allowed ${measurement.tolerance}`,
  ).toBe(true);
}

/**
 * Largest |a - b| relative to the largest |b|: the error of an array as a whole. NaN where anything is no
 * number.
 */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.NaN;
  let largest = 0;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (Number.isNaN(difference)) return Number.NaN;
    worst = Math.max(worst, difference);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return worst === 0 ? 0 : worst / largest;
}

/** 1 - cosine of the angle between two arrays, 0 when both are zero. */
export function oneMinusCosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let ab = 0,
    aa = 0,
    bb = 0;
  for (let i = 0; i < b.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  if (aa === 0 && bb === 0) return 0;
  return 1 - ab / Math.sqrt(aa * bb);
}
