/** What an entry of the log stores of strategies - ids, options as JSON - in the words of the page. */
import type { i18n as I18n } from 'i18next';
import type { LogEntry } from '../core/training/events';
import type { TaskId } from '../core/tasks/types';
import type { OptionValue, StrategyId } from '../core/weighting/types';
import type { Format } from './text/format';
import { lookup } from './text/lookup';
import { optionText } from './text/option-text';

type Details = LogEntry['details'];

/** Details that name a strategy, in the order in which they own the options beside them. */
const NAMES = ['to', 'strategy'] as const;

/** @returns null where the text is no object: it is shown as it is */
function parsed(text: string): Readonly<Record<string, OptionValue>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, OptionValue>>)
      : null;
  } catch {
    return null;
  }
}

/**
 * @param inForce the strategy at the entry's step, whose options are meant where the entry names none
 * @returns the details with numbers, tasks, strategies and options as they are read
 */
export function logValues(
  i18n: I18n,
  format: Format,
  details: Details,
  inForce: StrategyId,
  tasks: readonly TaskId[],
): Readonly<Record<string, string | number>> {
  const named = NAMES.map((key) => details[key]).find(
    (value) => typeof value === 'string' && i18n.exists(`strategy.${value}.name`),
  );
  const write = (key: string, value: string | number): string => {
    if (typeof value === 'number') return format.significant(value, 4);
    if (key === 'task') return lookup(i18n, `tasks.${value}`, {}, value);
    if (key === 'strategy' || key === 'to' || key === 'from')
      return lookup(i18n, `strategy.${value}.name`, {}, value);
    const options = key === 'options' ? parsed(value) : null;
    if (!options) return value;
    const text = Object.entries(options)
      .map(([option, set]) =>
        optionText(i18n.t, format, (named ?? inForce) as StrategyId, option, set, tasks),
      )
      .join(', ');
    return named && text ? `(${text})` : text;
  };
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, write(key, value)]));
}
