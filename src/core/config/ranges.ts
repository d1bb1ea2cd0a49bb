/** Inclusive ranges of the configuration's plain numbers, stated once: the schema and the controls read them. */
import * as v from 'valibot';

export const RANGES = {
  difficulty: { min: 0, max: 1, integer: false },
  validationFraction: { min: 0.05, max: 0.5, integer: false },
  session: { min: 1, max: 99, integer: true },
  width: { min: 0.0625, max: 1, integer: false },
  inputSize: { min: 32, max: 512, integer: true },
  learningRate: { min: 1e-7, max: 1, integer: false },
  clipNorm: { min: 1e-6, max: 1e6, integer: false },
  batchSize: { min: 1, max: 256, integer: true },
  microBatch: { min: 1, max: 256, integer: true },
  epochs: { min: 1, max: 10000, integer: true },
  patience: { min: 1, max: 10000, integer: true },
  measureEvery: { min: 0, max: 10000, integer: true },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true },
} as const;

export type RangeName = keyof typeof RANGES;

/** @returns the schema of a number within its range */
export const ranged = (name: RangeName) => {
  const { min, max, integer } = RANGES[name];
  const inside = v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
  return integer ? v.pipe(inside, v.integer()) : inside;
};
