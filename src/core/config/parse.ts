/**
 * The trust boundary for run configurations: whatever comes from a link, a file or an old database passes
 * here. Of an earlier version it is migrated first. Not here: links (link.ts).
 */
import * as v from 'valibot';
import type { ConfigError } from '../errors/errors';
import { misfit } from '../spectrogram/fits';
import { isSingleTask } from '../model/architectures';
import { heldOutTwice, splitKind, type SplitChoice } from '../splits/registry';
import { metricsFor } from '../tasks/metrics/registry';
import { AUGMENTATIONS, type AugmentationChoice } from '../augment/registry';
import { isDefault, type Field, type Fields, type Values } from '../options/field';
import { checkOptions, optionRefusal } from './check-options';
import { migratedConfig } from './migrations/registry';
import { ADDED_SETTINGS } from './plain-settings';
import { badConfig, refusal } from './refusal';
import type { RunConfig } from './run-config';
import { SCHEMA } from './schema';

/**
 * @param value of this version or an earlier one
 * @returns the config, its strategy options completed with defaults and confined to their ranges' spec
 * @throws ConfigError `bad-config` naming the first field that does not fit; its details tell why (`range`
 * with `min` and `max`, `whole`, `number`, `choice`, `key`)
 */
export function parseRunConfig(value: unknown): RunConfig {
  const result = v.safeParse(SCHEMA, migratedConfig(value));
  if (!result.success) throw optionRefusal(result.issues[0]) ?? refusal(result.issues[0]);
  const config: RunConfig = result.output;
  if (isSingleTask(config.architecture) && config.tasks.length !== 1)
    throw badConfig('tasks', { why: 'oneTask' });
  const { monitor, tasks } = config;
  if (monitor.of === 'task') {
    const task = tasks.find(({ id }) => id === monitor.task);
    if (!task)
      throw notOneOf(
        'monitor',
        tasks.map(({ id }) => id),
      );
    const metrics = metricsFor(task.kind).map(({ id }) => id);
    if (!metrics.includes(monitor.metric)) throw notOneOf('monitor', metrics);
  }
  checkSplit(config.split);
  const unfit = misfit(config.features);
  if (unfit) throw badConfig(`features.${unfit.field}`, { why: unfit.why, limit: unfit.limit });
  const options = checkOptions(config.strategy.id, config.strategy.options, config.tasks.length);
  const { id, version = 1 } = config.strategy;
  return {
    ...withoutDefaults(config),
    augmentations: config.augmentations.map((one) => forTasks(one, tasks.length)),
    strategy: { id, options, ...(version > 1 ? { version } : {}) },
  };
}

/** Added settings at their defaults are left out: two spellings of one configuration would be two recipes. */
function withoutDefaults(config: RunConfig): RunConfig {
  const added = new Map(Object.entries<Field>(ADDED_SETTINGS));
  return Object.fromEntries(
    Object.entries(config).filter(([key, value]) => !added.has(key) || !isDefault(added.get(key), value)),
  ) as RunConfig;
}

/**
 * An augmentation whose lists of one number per task are as long as the run has tasks; one that was left out is
 * its default in every place. @throws ConfigError where one has another length
 */
function forTasks(chosen: AugmentationChoice, count: number): AugmentationChoice {
  const fields: Fields = AUGMENTATIONS.find(({ id }) => id === chosen.id)!.fields;
  const given = chosen as unknown as Readonly<Record<string, readonly number[]>>;
  const lists = Object.entries(fields).flatMap(([key, field]): [string, readonly number[]][] => {
    if (field.kind !== 'perTask') return [];
    const list = given[key]!;
    if (list.length === count) return [];
    if (!isDefault(field, list)) throw badConfig(`augmentations.${key}`, { why: 'perTask', count });
    return [[key, Array.from({ length: count }, () => field.default)]];
  });
  return lists.length === 0 ? chosen : { ...chosen, ...Object.fromEntries(lists) };
}

/**
 * @throws ConfigError where a number is too large beside the other options: fold 9 of 5; where the same group
 * is held out twice
 */
function checkSplit(split: SplitChoice): void {
  if (heldOutTwice(split)) throw badConfig('split', { why: 'heldOutTwice' });
  const { test, ...main } = split;
  for (const part of [main, ...(test ? [test] : [])]) {
    const values = part as unknown as Values<Fields>;
    for (const [key, max] of Object.entries(splitKind(part).most?.(values) ?? {}))
      if (Number(values[key]) > max!) throw badConfig('split', { why: 'range', min: 1, max: max! });
  }
}

const notOneOf = (field: string, choices: readonly string[]): ConfigError =>
  badConfig(field, { why: 'choice', choices: choices.join(', ') });

/**
 * A stored configuration with what an older version did not have yet; one that is none any more stays as it
 * is.
 */
export function completedConfig(config: RunConfig): RunConfig {
  try {
    return parseRunConfig(config);
  } catch {
    return config;
  }
}
