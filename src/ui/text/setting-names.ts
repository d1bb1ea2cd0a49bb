/**
 * A configuration's fields and their values in words, wherever a table, a name or an error speaks of them:
 * `optimizer.learningRate` -> Learning rate.
 */
import type { TFunction } from 'i18next';
import { SPLITS } from '../../core/splits/registry';
import { STRATEGIES } from '../../core/weighting/registry';
import { AUGMENTATIONS } from '../../core/augment/registry';
import { augmentationsOf } from '../../core/augment/text';
import { choiceText } from './choice-text';
import type { Format } from './format';
import { monitorOf } from '../../core/config/monitor';
import type { Monitor } from '../../core/config/run-config';

/** Fields and values are data, so that the compiler cannot check their keys. */
const say = (t: TFunction, key: string, fallback: string): string =>
  (t as unknown as (key: string, options: object) => string)(key, { defaultValue: fallback });

const OPTION = /^strategy\.options\.(.+)$/;

/** @param name dotted, as core/compare/differences.ts gives it; one that has no words stays as it is */
export function settingName(t: TFunction, name: string): string {
  const option = OPTION.exec(name)?.[1];
  if (option === undefined)
    return say(
      t,
      `settings.names.${name.replaceAll('.', '-')}`,
      // An option of what was chosen from a registry.
      say(t, `${name.startsWith('split.') ? 'splits.options' : 'fields'}.${name.split('.').at(-1)!}`, name),
    );
  // Several strategies may have an option of that name, and call it differently.
  const labels = STRATEGIES.filter(({ options }) => Object.hasOwn(options, option)).map(({ id }) =>
    say(t, `strategy.${id}.options.${option}`, ''),
  );
  return [...new Set(labels)].filter(Boolean).join(' / ') || option;
}

/** Where the names of a field's values stand. */
const VALUES: Readonly<Record<string, (value: string) => string>> = {
  'strategy.id': (value) => `strategy.${value}.name`,
  'optimizer.id': (value) => `optimizers.${value}`,
  'schedule.id': (value) => `schedules.${value}`,
  labelScheme: (value) => `scheme.${value}.name`,
  architecture: (value) => `architecture.${value}.name`,
  backend: (value) => `backend.short.${value}`,
  'instruments.gradients': (value) => `optionChoice.gradients.${value}`,
};
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;
const PLAIN: Readonly<Record<string, string>> = { true: 'yes', false: 'no', null: 'none' };
/** What no value means, where it means something. */
const ABSENT: Readonly<Record<string, string>> = { microBatch: 'auto', 'features.sampleRate': 'own' };

/**
 * Whether it is an option of a split that is any text: a speaker `03` is no number, and `1000` is not 1,000.
 */
function isText(name: string): boolean {
  const option = /^split\.(?:test\.)?([^.]+)$/.exec(name)?.[1];
  return option !== undefined && SPLITS.some(({ fields }) => fields[option]?.kind === 'text');
}

/** @param value as core/compare/differences.ts writes it */
export function settingValue(t: TFunction, format: Format, name: string, value: string): string {
  if (name === 'exclude') {
    const [count = '', hash = ''] = value.split('!');
    return t('settings.excluded', { count: Number(count), total: format.integer(Number(count)), hash });
  }
  if (
    name === 'seed' ||
    name === 'corpus.seed' ||
    /\.(?:runId|name)$/.test(name) ||
    isText(name) ||
    (name.endsWith('.id') && !Object.hasOwn(VALUES, name))
  )
    return value;
  if (name === 'augmentations') return augmentationsName(t, format, value);
  const plain = value === 'null' ? (ABSENT[name] ?? PLAIN[value]) : PLAIN[value];
  if (plain !== undefined) return say(t, `settings.values.${plain}`, value);
  const parts = value.split(', ');
  if (parts.every((part) => NUMBER.test(part)))
    return parts.map((part) => format.significant(Number(part), 6)).join('; ');
  if (name === 'monitor') return monitorName(t, value);
  if (name === 'tasks') return parts.map((task) => say(t, `tasks.${task}`, task)).join(', ');
  const option = OPTION.exec(name)?.[1];
  const key = name.split('.').at(-1)!;
  return say(
    t,
    option === undefined
      ? (VALUES[name]?.(value) ?? `settings.values.${value}`)
      : `optionChoice.${option}.${value}`,
    say(t, name === 'split.kind' ? `splits.${value}.name` : `fieldChoices.${key}.${value}`, value),
  );
}

/** @param value as a link has it: `paper-dice;gain,decibels:12` */
function augmentationsName(t: TFunction, format: Format, value: string): string {
  const chosen = augmentationsOf(value);
  return chosen.length === 0
    ? t('settings.values.none')
    : chosen.map((one) => choiceText(t, format, AUGMENTATIONS, 'augmentations', one)).join('; ');
}

/** @param value `task:emotion:uar`, or what is monitored of all of them */
function monitorName(t: TFunction, value: string): string {
  const monitor = monitorOf(value) as Monitor;
  return monitor.of === 'task'
    ? `${say(t, `tasks.${monitor.task}`, monitor.task)}, ${say(t, `facets.monitor.metrics.${monitor.metric}`, monitor.metric)}`
    : say(t, `monitor.${value}`, value);
}

/** A name for the middle of a phrase: `Epochs at most` -> `epochs at most`; `FFT size` stays. */
export const within = (name: string): string =>
  /^\p{Lu}\p{Ll}/u.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
