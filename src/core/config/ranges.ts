/** Inclusive ranges of the configuration's plain numbers, stated once: the schema and the controls read them. */
import * as v from 'valibot';
import { COMMON } from '../optim/optimizer';
import { DEMO_FIELDS, INSTRUMENT_FIELDS, PLAIN_SETTINGS } from './plain-settings';

const rangeOf = ({
  min,
  max,
  integer = false,
}: {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
}) => ({ min, max, integer });

export const RANGES = {
  difficulty: rangeOf(DEMO_FIELDS.difficulty),
  validationFraction: { min: 0.05, max: 0.5, integer: false },
  session: { min: 1, max: 99, integer: true },
  width: rangeOf(PLAIN_SETTINGS.width),
  inputSize: rangeOf(PLAIN_SETTINGS.inputSize),
  learningRate: rangeOf(COMMON.learningRate),
  clipNorm: rangeOf(PLAIN_SETTINGS.clipNorm),
  batchSize: rangeOf(PLAIN_SETTINGS.batchSize),
  microBatch: rangeOf(PLAIN_SETTINGS.microBatch),
  epochs: rangeOf(PLAIN_SETTINGS.epochs),
  patience: rangeOf(PLAIN_SETTINGS.patience),
  measureEvery: rangeOf(INSTRUMENT_FIELDS.every),
  seed: rangeOf(PLAIN_SETTINGS.seed),
} as const;

export type RangeName = keyof typeof RANGES;

/** @returns the schema of a number within its range */
export const ranged = (name: RangeName) => {
  const { min, max, integer } = RANGES[name];
  const inside = v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
  return integer ? v.pipe(inside, v.integer()) : inside;
};
