/**
 * The options of an entry of a registry (optimiser, schedule, augmentation, split, loss, strategy) as form
 * controls, made of their declarations (core/options). What they are called: option-words.ts.
 */
import { defaultOf, type Field, type Fields } from '../../core/options/field';
import type { TaskId } from '../../core/tasks/types';
import type { SelectOption } from '../controls/fields';
import { FieldControl, type OptionValue } from './field-control';
import type { OptionWords } from './option-words';

export interface OptionFieldsProps {
  readonly fields: Fields;
  readonly words: OptionWords;
  readonly values: Readonly<Record<string, unknown>>;
  /**
   * What they are at in the preset: a value that departs is marked and can be put back. Absent: the declared
   * defaults; null: nothing is marked.
   */
  readonly base?: Readonly<Record<string, unknown>> | null | undefined;
  readonly disabled?: boolean | ((field: Field) => boolean);
  /** The run's tasks, where the entry may have options of them. */
  readonly tasks?: readonly TaskId[];
  /** By key: what an option may be here, where that is one of a few. */
  readonly choices?: Readonly<Record<string, readonly SelectOption<string>[] | undefined>>;
  /** Options that are shown elsewhere. */
  readonly apart?: readonly string[];
  readonly onChange: (key: string, value: OptionValue) => void;
}

const NONE: readonly never[] = [];

export function OptionFields({
  fields,
  words,
  values,
  base,
  disabled = false,
  tasks = NONE,
  choices,
  apart = NONE,
  onChange,
}: OptionFieldsProps) {
  return Object.entries(fields)
    .filter(([key, field]) => !apart.includes(key) && (field.acts?.(values) ?? true))
    .map(([key, field]) => (
      <FieldControl
        key={key}
        name={key}
        field={field}
        words={words}
        value={values[key]}
        preset={base === null ? undefined : base && key in base ? base[key] : defaultOf(field, tasks.length)}
        disabled={typeof disabled === 'function' ? disabled(field) : disabled}
        tasks={tasks}
        choices={choices?.[key]}
        onChange={(value) => onChange(key, value)}
      />
    ));
}
