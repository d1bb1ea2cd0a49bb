/** Reading a strategy's options, with its default where one is absent; and the defaults of a strategy. */
import { defaultsOf, numberField } from '../options/field';
import type { Strategy, StrategyOptions } from './types';

export function number(options: StrategyOptions, key: string, fallback: number): number {
  const value = options[key];
  return typeof value === 'number' ? value : fallback;
}

export function flag(options: StrategyOptions, key: string, fallback: boolean): boolean {
  const value = options[key];
  return typeof value === 'boolean' ? value : fallback;
}

/** One of `choices`; the first is the fallback. */
export function choice<C extends string>(
  options: StrategyOptions,
  key: string,
  choices: readonly [C, ...C[]],
): C {
  return choices.find((one) => one === options[key]) ?? choices[0];
}

/** One number per task; missing ones take the fallback. */
export function perTask(
  options: StrategyOptions,
  key: string,
  taskCount: number,
  fallback: number,
): readonly number[] {
  const value = options[key];
  const given = Array.isArray(value) ? (value as readonly number[]) : [];
  return Array.from({ length: taskCount }, (_, i) => given[i] ?? fallback);
}

/** Every option of a strategy at its default. */
export const defaultOptions = (strategy: Strategy, taskCount: number): StrategyOptions =>
  defaultsOf(strategy.options, taskCount);

/** The option of strategies with parameters of their own. */
export const LEARNING_RATE = numberField({ min: 0.0001, max: 0.1, step: 0.0001, default: 0.001, live: true });
export const learningRate = (options: StrategyOptions): number =>
  number(options, 'learningRate', LEARNING_RATE.default);
