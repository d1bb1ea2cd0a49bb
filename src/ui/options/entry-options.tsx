/**
 * The options of one entry of a registry as form controls, read from their declaration (core/options). Their
 * names are `fields.<entry>-<key>`, else `fields.<key>`; hints end in `Hint`; values of a choice are
 * `fieldChoices.<key>.<value>`.
 */
import { useTranslation } from 'react-i18next';
import type { Field, Fields } from '../../core/options/field';
import { SelectField, SwitchField, TextField } from '../controls/fields';
import { lookup } from '../text/lookup';
import { NumberField } from './number-field';

type Value = number | string | boolean | null | readonly number[];

export interface EntryOptionsProps {
  /** The entry's id. */
  readonly entry: string;
  readonly fields: Fields;
  readonly values: Readonly<Record<string, unknown>>;
  readonly disabled?: boolean;
  readonly onChange: (key: string, value: Value) => void;
}

export function EntryOptions({ entry, fields, values, disabled = false, onChange }: EntryOptionsProps) {
  return Object.entries(fields).map(([key, field]) => (
    <Option
      key={key}
      name={key}
      entry={entry}
      field={field}
      value={(values[key] ?? (field.kind === 'perTask' ? [] : field.default)) as Value}
      disabled={disabled}
      onChange={(value) => onChange(key, value)}
    />
  ));
}

function Option({
  name,
  entry,
  field,
  value,
  disabled,
  onChange,
}: {
  readonly name: string;
  readonly entry: string;
  readonly field: Field;
  readonly value: Value;
  readonly disabled: boolean;
  readonly onChange: (value: Value) => void;
}) {
  const { i18n } = useTranslation();
  const text = (suffix: string, fallback: string): string =>
    lookup(
      i18n,
      `fields.${entry}-${name}${suffix}`,
      {},
      lookup(i18n, `fields.${name}${suffix}`, {}, fallback),
    );
  const common = {
    label: text('', name),
    hint: text('Hint', ''),
    disabled,
    changed: field.kind !== 'perTask' && value !== field.default,
  };
  switch (field.kind) {
    case 'number':
      return (
        <NumberField
          {...common}
          min={field.min}
          max={field.max}
          {...(field.step === undefined ? {} : { step: field.step })}
          {...(field.integer ? { integer: true } : {})}
          value={value as number}
          onChange={onChange}
        />
      );
    case 'boolean':
      return <SwitchField {...common} checked={value === true} onChange={onChange} />;
    case 'choice':
      return (
        <SelectField
          {...common}
          value={value as string}
          onChange={onChange}
          options={field.choices.map((one) => ({
            value: one,
            label: lookup(i18n, `fieldChoices.${name}.${one}`, {}, one),
          }))}
        />
      );
    case 'text':
      return (
        <TextField {...common} maxLength={field.maxLength} value={value as string} onChange={onChange} />
      );
    // Of entries that know of tasks and of open numbers there are controls of their own.
    case 'open-number':
    case 'task':
    case 'perTask':
      return null;
  }
}
