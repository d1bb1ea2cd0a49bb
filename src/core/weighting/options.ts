/** Reading a strategy's options, with its default where one is absent; and the defaults of a strategy. */
import {
  defaultsOf,
  numberField,
  type Field,
  type Fields,
  type ValueOf,
  type Values,
} from '../options/field';
import type { Strategy, StrategyOptions } from './types';

function valueOf(field: Field, given: unknown, taskCount: number): ValueOf<Field> {
  switch (field.kind) {
    case 'perTask': {
      const list = Array.isArray(given) ? (given as readonly number[]) : [];
      return Array.from({ length: taskCount }, (_, i) => list[i] ?? field.default);
    }
    case 'choice':
      return field.choices.find((one) => one === given) ?? field.default;
    case 'open-number':
      return given === null || typeof given === 'number' ? given : field.default;
    default:
      return typeof given === typeof field.default ? (given as ValueOf<Field>) : field.default;
  }
}

/**
 * Reads options as they are declared: each at its default where it is absent, or is what it cannot be. Of one
 * number per task there are as many as tasks.
 */
export const reader =
  <const F extends Fields>(fields: F) =>
  (options: StrategyOptions, taskCount = 1): Values<F> =>
    Object.fromEntries(
      Object.entries(fields).map(([key, field]) => [key, valueOf(field, options[key], taskCount)]),
    ) as Values<F>;

/** Every option of a strategy at its default. */
export const defaultOptions = (strategy: Strategy, taskCount: number): StrategyOptions =>
  defaultsOf(strategy.options, taskCount);

/** The option of strategies with parameters of their own. */
export const LEARNING_RATE = numberField({ min: 0.0001, max: 0.1, step: 0.0001, default: 0.001, live: true });
const rate = reader({ learningRate: LEARNING_RATE });
export const learningRate = (options: StrategyOptions): number => rate(options).learningRate;
