/** Which settings of several configurations differ: configurations as flat lists of named values. */
import { augmentationsText } from '../augment/text';
import { excludedName } from '../config/excluded-text';
import { ADDED_SETTINGS } from '../config/plain-settings';
import type { RunConfig } from '../config/run-config';
import { presetTask } from '../tasks/presets';
import { sortedJson } from '../sorted-json';
import { monitorText } from '../config/monitor';
import type { Field } from '../options/field';

/** An item of a list: one of the paper's tasks, or a choice without options, goes by its name. */
function itemText(item: unknown): string {
  if (item === null || typeof item !== 'object' || !('id' in item)) return String(item);
  const { id, ...rest } = item;
  const preset = presetTask(String(id));
  const plain = preset ? sortedJson(preset) === sortedJson(item) : Object.keys(rest).length === 0;
  return plain ? String(id) : `${String(id)} ${sortedJson(rest)}`;
}

const valueText = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(itemText).join(', ')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/**
 * Dotted names to values as text: `optimizer.learningRate` -> `0.001`; lists stay whole: `tasks` -> `emotion,
 * gender`.
 */
export function flatConfig(config: RunConfig): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (path === 'monitor') flat.set(path, monitorText(config.monitor));
    else if (path === 'exclude') flat.set(path, excludedName(config.exclude));
    else if (path === 'augmentations') flat.set(path, augmentationsText(config.augmentations));
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`);
    } else if (value !== undefined) flat.set(path, valueText(value));
  };
  walk(config, '');
  // Where they are not named they are at their defaults.
  for (const [path, field] of Object.entries<Field>(ADDED_SETTINGS))
    if (!flat.has(path)) flat.set(path, valueText(field.default));
  return flat;
}

/**
 * Names that not all of the configurations have with the same value, in the order of their first occurrence.
 */
export function differingSettings(configs: readonly RunConfig[]): readonly string[] {
  const flat = configs.map(flatConfig);
  return allSettings(configs).filter((name) => new Set(flat.map((one) => one.get(name))).size > 1);
}

/**
 * Settings beyond the strategy in which a recipe departs from the baseline: with any of them, a difference is
 * not the strategy's alone.
 */
export const confounders = (baseline: RunConfig, other: RunConfig): readonly string[] => [
  ...new Set(
    differingSettings([baseline, other])
      .filter((name) => !/^(strategy\.|seed$|backend$)/.test(name))
      .map((name) => name.replace(/^origin\..*/, 'origin')),
  ),
];

export const allSettings = (configs: readonly RunConfig[]): readonly string[] => [
  ...new Set(configs.flatMap((config) => [...flatConfig(config).keys()])),
];
