/** What a setting of a run declares, and how those of one value do (plain-settings.ts). To be read: registry.ts. */
import type { Field } from '../../options/field';
import { fieldText, fieldValue } from '../../options/text';
import { valueAt, withValue } from '../path';
import { plainField, type PlainSetting, type SettingGroup } from '../plain-settings';
import type { RunConfig } from '../run-config';

/** How a link writes it. */
export interface LinkEntry {
  readonly key: string;
  /** Empty: not worth a word. */
  readonly read: (config: RunConfig) => string;
  readonly write: (config: RunConfig, text: string) => RunConfig;
}

/** How runs differ in it. */
export interface Apart {
  /** Equal for runs that do not. @param corpusId of what was trained on */
  readonly value: (config: RunConfig, corpusId: string) => unknown;
  /** In the name of a run; empty: nothing to say. */
  readonly short: (config: RunConfig) => string;
}

export interface Setting {
  readonly id: string;
  /** Where it stands on Train; absent: beside another setting, or elsewhere. */
  readonly group?: SettingGroup | null;
  readonly link: readonly LinkEntry[];
  readonly apart?: Apart;
}

/** The value at a dotted name. */
export const at = (path: string) => (config: RunConfig) => valueAt(config, path);

/** A field of a setting, by its dotted name. */
export const entryOf = (path: string, field: Field): LinkEntry => ({
  key: field.link ?? path,
  read: (config) => {
    const value = valueAt(config, path);
    return value === undefined ? '' : fieldText(field, value);
  },
  write: (config, text) => withValue(config, path, fieldValue(field, text)),
});

/** The value of a setting of one value; its default where the configuration does not name it. */
export const plainValue = (config: RunConfig, id: PlainSetting): unknown => {
  const value = valueAt(config, id);
  return value === undefined ? plainField(id)!.default : value;
};

/** A setting that is one value. */
export function plain<const S extends PlainSetting>(id: S) {
  const field = plainField(id)!;
  const named = (field.short ?? String) as (value: unknown) => string;
  const value = (config: RunConfig): unknown => plainValue(config, id);
  const apart: Apart = { value, short: (config) => named(value(config)) };
  const entry = { ...entryOf(id, field), read: (config: RunConfig) => fieldText(field, value(config)) };
  return { id, group: field.group, link: [entry], apart };
}

/** `adam beta1 0.9 beta2 0.999`: a choice by name with its options; the learning rate is a setting of its own. */
export const optionsName = ({ id, ...options }: { readonly id: string }): string =>
  [
    id,
    ...Object.entries(options).flatMap(([key, value]) =>
      key === 'learningRate' ? [] : [`${key} ${String(value)}`],
    ),
  ].join(' ');
