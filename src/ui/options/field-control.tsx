/**
 * The control of one declared option (core/options), whatever its kind: the only place that knows which kind
 * has which control. Holds nothing itself.
 */
import { useTranslation } from 'react-i18next';
import type { Field, OpenNumberField, PerTaskField, ValueOf } from '../../core/options/field';
import type { TaskId } from '../../core/tasks/types';
import {
  SelectField,
  SliderField,
  SwitchField,
  TextField,
  type FieldProps,
  type SelectOption,
} from '../controls/fields';
import { TaskGlyph } from '../task-glyph';
import { useFormat } from '../text/format';
import { taskName } from '../text/task-name';
import { DragTrack } from './drag-track';
import { NumberField } from './number-field';
import type { OptionWords } from './option-words';

export type OptionValue = ValueOf<Field>;

export interface FieldControlProps {
  readonly name: string;
  readonly field: Field;
  readonly words: OptionWords;
  readonly value: unknown;
  /** What a departure is marked against and goes back to; undefined: nothing is marked. */
  readonly preset?: unknown;
  readonly disabled: boolean;
  /** The run's, for options that name a task or have a number for each. */
  readonly tasks: readonly TaskId[];
  /** What a text or a number may be here, where that is one of a few. */
  readonly choices?: readonly SelectOption<string>[] | undefined;
  readonly onChange: (value: OptionValue) => void;
}

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

export function FieldControl({ field, choices, ...props }: FieldControlProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, words, value, preset, disabled, tasks, onChange } = props;
  const common: FieldProps & { readonly disabled: boolean } = {
    label: words.label(name),
    hint: words.hint(name),
    changed:
      preset !== undefined &&
      value !== undefined &&
      differs(value, preset) &&
      (() => onChange(preset as OptionValue)),
    disabled,
  };
  if (choices && (field.kind === 'text' || field.kind === 'number'))
    return (
      <SelectField
        {...common}
        value={String(value)}
        onChange={(text) => onChange(field.kind === 'number' ? Number(text) : text)}
        options={choices}
      />
    );
  switch (field.kind) {
    case 'number': {
      const { min, max, step, integer = false } = field;
      const number = typeof value === 'number' ? value : field.default;
      if (field.unit === 'share' && step !== undefined)
        return (
          <SliderField
            {...common}
            {...{ min, max, step, onChange }}
            value={number}
            display={format.percent(number)}
          />
        );
      return (
        <NumberField
          {...common}
          {...{ min, max, integer, onChange }}
          step={step ?? (integer ? 1 : 'any')}
          value={number}
          after={<DragTrack field={field} label={common.label} {...{ disabled, onChange }} value={number} />}
        />
      );
    }
    case 'boolean':
      return <SwitchField {...common} checked={value === true} onChange={onChange} />;
    case 'choice':
      return (
        <SelectField
          {...common}
          value={typeof value === 'string' ? value : field.default}
          onChange={onChange}
          options={field.choices.map((one) => ({ value: one, label: words.choice(name, one) }))}
        />
      );
    case 'text':
      return (
        <TextField
          {...common}
          maxLength={field.maxLength}
          value={typeof value === 'string' ? value : field.default}
          onChange={onChange}
        />
      );
    case 'task':
      return (
        <SelectField
          {...common}
          value={String(typeof value === 'number' ? value : field.default)}
          onChange={(next) => onChange(Number(next))}
          options={tasks.map((task, i) => ({ value: String(i), label: taskName(t, task) }))}
        />
      );
    case 'open-number':
      return <OpenNumber {...props} field={field} common={common} />;
    case 'perTask':
      return <PerTask {...props} field={field} />;
  }
}

/** A switch, and the number while it is on. */
function OpenNumber({
  name,
  words,
  field,
  value,
  onChange,
  common,
}: FieldControlProps & { readonly field: OpenNumberField; readonly common: FieldProps }) {
  const { min, max, step, integer = false } = field;
  return (
    <>
      <SwitchField
        {...common}
        label={words.toggle?.(name) ?? common.label}
        checked={typeof value === 'number'}
        onChange={(on) => onChange(on ? (field.default ?? field.start ?? min) : null)}
      />
      {typeof value === 'number' && (
        <NumberField
          label={common.label}
          disabled={common.disabled ?? false}
          {...{ min, max, integer, value, onChange }}
          step={step ?? (integer ? 1 : 'any')}
          after={
            <DragTrack
              field={field}
              label={common.label}
              disabled={common.disabled ?? false}
              {...{ value, onChange }}
            />
          }
        />
      )}
    </>
  );
}

/** A slider a task, each with its own way back. */
function PerTask({
  name,
  field,
  words,
  value,
  preset,
  disabled,
  tasks,
  onChange,
}: FieldControlProps & { readonly field: PerTaskField }) {
  const { t } = useTranslation();
  const at = (list: unknown, i: number): number | undefined =>
    Array.isArray(list) ? (list as readonly number[])[i] : undefined;
  const values = tasks.map((_, i) => at(value, i) ?? field.default);
  const put = (i: number, next: number): void => onChange(values.with(i, next));
  return tasks.map((task, i) => {
    const back = at(preset, i);
    return (
      <SliderField
        key={task}
        label={words.ofTask(name, taskName(t, task))}
        changed={back !== undefined && back !== values[i] && (() => put(i, back))}
        lead={<TaskGlyph task={task} width={24} />}
        disabled={disabled}
        min={field.min}
        max={field.max}
        step={field.step ?? 0.01}
        value={values[i]!}
        onChange={(next) => put(i, next)}
      />
    );
  });
}
