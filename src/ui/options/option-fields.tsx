/**
 * The options of an entry of a registry (optimiser, schedule, ...) as form controls, made of their declarations
 * (core/options). Names: `fields.<key>`; what an option does, its published value and where that is from:
 * `fieldNotes.<key>`.
 */
import { useTranslation } from 'react-i18next';
import type { Field, Fields } from '../../core/options/field';
import { SelectField, SwitchField } from '../controls/fields';
import { say } from '../text/lookup';
import { NumberField } from './number-field';

export interface OptionFieldsProps {
  readonly fields: Fields;
  readonly values: Readonly<Record<string, unknown>>;
  /** What they are at in the preset; a value that departs is marked. Absent: the declared defaults. */
  readonly base?: Readonly<Record<string, unknown>> | undefined;
  readonly disabled: boolean;
  /** Options that are shown elsewhere. */
  readonly apart?: readonly string[];
  readonly onChange: (change: Readonly<Record<string, unknown>>) => void;
}

const NONE: readonly string[] = [];

export function OptionFields({ fields, apart = NONE, ...props }: OptionFieldsProps) {
  return Object.entries(fields)
    .filter(([key]) => !apart.includes(key))
    .map(([key, field]) => <Control key={key} name={key} field={field} {...props} />);
}

interface ControlProps extends Omit<OptionFieldsProps, 'fields' | 'apart'> {
  readonly name: string;
  readonly field: Field;
}

function Control({ name, field, values, base, disabled, onChange }: ControlProps) {
  const { t } = useTranslation();
  const value = values[name];
  const common = {
    label: say(t, `fields.${name}`, name),
    hint: say(t, `fieldNotes.${name}`, ''),
    changed: JSON.stringify(value) !== JSON.stringify(base?.[name] ?? field.default),
    disabled,
  };
  const set = (next: unknown): void => onChange({ [name]: next });
  switch (field.kind) {
    case 'number': {
      const { min, max, step, integer = false } = field;
      return (
        <NumberField
          {...common}
          min={min}
          max={max}
          integer={integer}
          step={step ?? (integer ? 1 : 'any')}
          value={value as number}
          onChange={set}
        />
      );
    }
    case 'boolean':
      return <SwitchField {...common} checked={value as boolean} onChange={set} />;
    case 'choice':
      return (
        <SelectField
          {...common}
          value={value as string}
          onChange={set}
          options={field.choices.map((choice) => ({
            value: choice,
            label: say(t, `fieldChoices.${name}.${choice}`, choice),
          }))}
        />
      );
    default:
      return null;
  }
}
