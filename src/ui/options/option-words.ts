/**
 * What options are called on screen, by the kind of entry that declares them; an option without words goes by
 * its key. A function a kind of entry, for OptionFields (option-fields.tsx).
 */
import type { i18n as I18n } from 'i18next';
import type { StrategyId } from '../../core/weighting/types';
import { lookup } from '../text/lookup';

export interface OptionWords {
  readonly label: (key: string) => string;
  /** Of the switch of a number that may be left open; absent: as the number. */
  readonly toggle?: (key: string) => string;
  /** What it does, its published value and where that is from; empty: nothing. */
  readonly hint: (key: string) => string;
  readonly choice: (key: string, value: string) => string;
  /** Of one task's number of a list. @param task its name on screen */
  readonly ofTask: (key: string, task: string) => string;
}

/** The first of the keys that has words, else the fallback. */
const first = (
  i18n: I18n,
  keys: readonly string[],
  fallback: string,
  values: Readonly<Record<string, string>> = {},
): string => {
  const found = keys.find((key) => i18n.exists(key));
  return found === undefined ? fallback : lookup(i18n, found, values, fallback);
};

const ofTask =
  (i18n: I18n, keyOf: (key: string) => string): OptionWords['ofTask'] =>
  (key, task) =>
    first(i18n, [keyOf(key), 'config.weightOf'], task, { task });

/** Of optimisers, schedules and augmentations: `fields.<entry>-<key>`, else `fields.<key>`. */
export const entryWords = (i18n: I18n, entry: string): OptionWords => ({
  label: (key) => first(i18n, [`fields.${entry}-${key}`, `fields.${key}`], key),
  hint: (key) => first(i18n, [`fields.${entry}-${key}Hint`, `fields.${key}Hint`, `fieldNotes.${key}`], ''),
  choice: (key, value) => first(i18n, [`fieldChoices.${key}.${value}`], value),
  ofTask: ofTask(i18n, (key) => `fields.${entry}-${key}Of`),
});

/** Of the settings of a run: `config.<key>`, else the name that tables of differences have. */
export const settingWords = (i18n: I18n): OptionWords => {
  const label = (key: string): string =>
    first(i18n, [`config.${key}`, `fields.${key}`, `settings.names.${key}`], key);
  return {
    label,
    toggle: (key) => first(i18n, [`config.${key}On`], label(key)),
    hint: (key) => first(i18n, [`config.${key}Hint`, `fieldNotes.${key}`], ''),
    choice: (key, value) =>
      first(i18n, [`fieldChoices.${key}.${value}`, `config.${key}Value`], value, { value }),
    ofTask: ofTask(i18n, (key) => `config.${key}Of`),
  };
};

/** Of the settings of a spectrogram. @param rangeOf what the others leave it, with its unit */
export const featureWords = (i18n: I18n, rangeOf: (key: string) => string): OptionWords => ({
  label: (key) => first(i18n, [`settings.names.features-${key}`], key),
  hint: (key) => [first(i18n, [`featureNotes.${key}`], ''), rangeOf(key)].filter(Boolean).join(' '),
  choice: (key, value) => first(i18n, [`featureChoices.${key}.${value}`], value),
  ofTask: ofTask(i18n, (key) => `featureNotes.${key}Of`),
});

export const strategyWords = (i18n: I18n, id: StrategyId): OptionWords => ({
  label: (key) => first(i18n, [`strategy.${id}.options.${key}`], key),
  hint: (key) => first(i18n, [`strategy.${id}.options.${key}Hint`], ''),
  choice: (key, value) => first(i18n, [`optionChoice.${key}.${value}`], value),
  ofTask: ofTask(i18n, (key) => `strategy.${id}.options.${key}Of`),
});

export const lossWords = (i18n: I18n): OptionWords => ({
  label: (key) => first(i18n, [`taskEditor.option.${key}`, `fields.${key}`], key),
  hint: (key) => first(i18n, [`fieldNotes.${key}`], ''),
  choice: (key, value) => first(i18n, [`taskEditor.choice.${value}`, `fieldChoices.${key}.${value}`], value),
  ofTask: ofTask(i18n, (key) => `taskEditor.option.${key}Of`),
});

/** @param test of the test part, whose share has a name of its own */
export const splitWords = (i18n: I18n, test: boolean): OptionWords => ({
  label: (key) =>
    first(
      i18n,
      [...(test ? [`splits.options.${key}OfTest`] : []), `splits.options.${key}`, `fields.${key}`],
      key,
    ),
  hint: (key) => first(i18n, [`fieldNotes.${key}`], ''),
  choice: (key, value) => first(i18n, [`fieldChoices.${key}.${value}`], value),
  ofTask: ofTask(i18n, (key) => `splits.options.${key}Of`),
});
