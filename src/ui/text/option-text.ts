/**
 * A strategy's option with its value in words, wherever runs, recipes, charts and the queue name one: `β:
 * 0.9`.
 */
import type { TFunction } from 'i18next';
import type { TaskId } from '../../core/tasks/types';
import { strategy } from '../../core/weighting/registry';
import type { OptionValue, StrategyId } from '../../core/weighting/types';
import type { Format } from './format';
import { taskName } from './task-name';

/**
 * @param key of the option; one that this version does not know stays as it is
 * @param tasks of the run, in their order: an option that names one holds its place
 */
export function optionText(
  t: TFunction,
  format: Format,
  id: StrategyId,
  key: string,
  value: OptionValue,
  tasks: readonly TaskId[],
): string {
  // Names of options and choices are data, so that the compiler cannot check their keys.
  const say = (path: string, fallback: string): string =>
    (t as unknown as (key: string, options: object) => string)(path, { defaultValue: fallback });
  const { options } = strategy(id);
  const field = Object.hasOwn(options, key) ? options[key] : undefined;
  const number = (one: number): string => format.significant(one, 4);
  const shown = ((): string => {
    if (typeof value === 'boolean') return t(value ? 'adjust.on' : 'adjust.off');
    if (typeof value === 'string') return say(`optionChoice.${key}.${value}`, value);
    if (value === null) return t('settings.values.none');
    if (typeof value !== 'number') return value.map(number).join(' / ');
    const task = field?.kind === 'task' ? tasks[Math.min(value, tasks.length - 1)] : undefined;
    return task ? taskName(t, task) : number(value);
  })();
  return t('adjust.option', { option: say(`strategy.${id}.options.${key}`, key), value: shown });
}
