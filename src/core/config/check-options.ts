/** A strategy's options against what the strategy declares. */
import type { ConfigError } from '../errors/errors';
import { defaultOptions } from '../weighting/options';
import { strategy } from '../weighting/registry';
import type { OptionSpec, StrategyId, StrategyOptions } from '../weighting/types';
import { badConfig } from './refusal';

const within = (value: unknown, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  typeof value === 'number' && value >= min && value <= max;

function fits(spec: OptionSpec, value: unknown, taskCount: number): boolean {
  switch (spec.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return within(value, spec);
    case 'choice':
      return spec.choices.some((one) => one === value);
    case 'task':
      return Number.isInteger(value) && within(value, { min: 0, max: taskCount - 1 });
    case 'perTask':
      return Array.isArray(value) && value.length === taskCount && value.every((item) => within(item, spec));
  }
}

/** @throws ConfigError `bad-config` when an option is unknown, of the wrong kind or out of range */
export function checkOptions(id: StrategyId, given: StrategyOptions, taskCount: number): StrategyOptions {
  const chosen = strategy(id);
  for (const [key, value] of Object.entries(given)) {
    const field = `strategy.options.${key}`;
    const spec = chosen.options.find((option) => option.key === key);
    if (!spec) {
      const known = chosen.options.map((option) => option.key);
      throw badConfig(
        field,
        known.length === 0 ? `${id} has no options` : `${id} has no such option, only: ${known.join(', ')}`,
        { why: known.length === 0 ? 'noOptions' : 'option', id, known: known.join(', ') },
      );
    }
    if (!fits(spec, value, taskCount)) throw misfit(field, spec, value, taskCount);
  }
  return { ...defaultOptions(chosen, taskCount), ...given };
}

function misfit(field: string, spec: OptionSpec, value: unknown, taskCount: number): ConfigError {
  switch (spec.kind) {
    case 'boolean':
      return badConfig(field, 'it must be one of: true, false', { why: 'choice', choices: 'true, false' });
    case 'choice':
      return badConfig(field, `it must be one of: ${spec.choices.join(', ')}`, {
        why: 'choice',
        choices: spec.choices.join(', '),
      });
    case 'task':
      return badConfig(field, `it must lie between 0 and ${taskCount - 1}`, {
        why: 'range',
        min: 0,
        max: taskCount - 1,
      });
    case 'perTask':
      if (!Array.isArray(value) || value.length !== taskCount)
        return badConfig(field, `it needs one number a task: ${taskCount}`, {
          why: 'perTask',
          count: taskCount,
        });
      break;
    case 'number':
      if (typeof value !== 'number') return badConfig(field, 'it must be a number', { why: 'number' });
  }
  return badConfig(field, `it must lie between ${spec.min} and ${spec.max}`, {
    why: 'range',
    min: spec.min,
    max: spec.max,
  });
}
