/** A strategy's options against what the strategy declares (weighting/registry.ts has their schema). */
import * as v from 'valibot';
import type { ConfigError } from '../errors/errors';
import type { Field } from '../options/field';
import { optionsSchema } from '../options/schema';
import { defaultOptions } from '../weighting/options';
import { strategy, STRATEGIES } from '../weighting/registry';
import type { StrategyId, StrategyOptions } from '../weighting/types';
import { badConfig } from './refusal';

/** What the schema cannot know: how many tasks the run has. */
function fitsTasks(field: Field, value: unknown, taskCount: number): boolean {
  if (field.kind === 'task') return Number(value) < taskCount;
  return field.kind !== 'perTask' || (Array.isArray(value) && value.length === taskCount);
}

/**
 * @returns the options, completed with defaults
 * @throws ConfigError `bad-config` when an option is unknown, of the wrong kind or out of range
 */
export function checkOptions(id: StrategyId, given: StrategyOptions, taskCount: number): StrategyOptions {
  const chosen = strategy(id);
  const { issues } = v.safeParse(optionsSchema(chosen.options), given);
  const key = issues
    ? String(issues[0].path?.[0]?.key)
    : Object.keys(given).find((name) => !fitsTasks(chosen.options[name]!, given[name], taskCount));
  if (key !== undefined) throw misfit(id, key, given[key], taskCount);
  return { ...defaultOptions(chosen, taskCount), ...given };
}

/** @returns of what a configuration's schema found in `strategy.options`, why it does not fit; else null */
export function optionRefusal(issue: v.BaseIssue<unknown>): ConfigError | null {
  const [top, at, option] = issue.path ?? [];
  if (top?.key !== 'strategy' || at?.key !== 'options' || !option) return null;
  const { tasks } = top.input as { readonly tasks?: unknown };
  const { id } = at.input as { readonly id: StrategyId };
  if (!STRATEGIES.some((one) => one.id === id)) return null;
  return misfit(id, String(option.key), option.value, Array.isArray(tasks) ? tasks.length : 1);
}

function misfit(id: StrategyId, key: string, value: unknown, taskCount: number): ConfigError {
  const { options } = strategy(id);
  const at = `strategy.options.${key}`;
  const field = Object.hasOwn(options, key) ? options[key] : undefined;
  const outside = (min: number, max: number): ConfigError => badConfig(at, { why: 'range', min, max });
  const oneOf = (choices: string): ConfigError => badConfig(at, { why: 'choice', choices });
  switch (field?.kind) {
    case undefined: {
      const known = Object.keys(options).join(', ');
      return known === ''
        ? badConfig(at, { why: 'noOptions', id })
        : badConfig(at, { why: 'option', id, known });
    }
    case 'boolean':
      return oneOf('true, false');
    case 'choice':
      return oneOf(field.choices.join(', '));
    case 'text':
      return badConfig(at, { why: 'most', limit: field.maxLength });
    case 'task':
      return outside(0, taskCount - 1);
    case 'perTask':
      if (!Array.isArray(value) || value.length !== taskCount)
        return badConfig(at, {
          why: 'perTask',
          count: taskCount,
        });
      return outside(field.min, field.max);
    case 'number':
    case 'open-number':
      if (typeof value !== 'number') return badConfig(at, { why: 'number' });
      if (field.integer && value >= field.min && value <= field.max) return badConfig(at, { why: 'whole' });
      return outside(field.min, field.max);
  }
}
