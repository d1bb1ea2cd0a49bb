/** One option of a weighting strategy as a form control: a switch, a number, a choice, or a slider a task. */
import { useTranslation } from 'react-i18next';
import type { TaskId } from '../../core/tasks/types';
import type { OptionSpec, OptionValue, StrategyId } from '../../core/weighting/types';
import { lookup } from '../text/lookup';
import { SelectField, SliderField, SwitchField } from '../controls/fields';
import { NumberField } from './number-field';
import { TaskGlyph } from '../task-glyph';
import { taskName } from '../text/task-name';

export interface StrategyOptionProps {
  readonly strategyId: StrategyId;
  readonly spec: OptionSpec;
  readonly tasks: readonly TaskId[];
  readonly value: OptionValue | undefined;
  /** What a departure is marked against and goes back to; absent: nothing is marked. */
  readonly preset?: OptionValue | undefined;
  readonly disabled?: boolean;
  readonly onChange: (value: OptionValue) => void;
}

export function StrategyOption({
  strategyId,
  spec,
  tasks,
  value,
  preset,
  disabled = false,
  onChange,
}: StrategyOptionProps) {
  const { t, i18n } = useTranslation();
  const label = lookup(i18n, `strategy.${strategyId}.options.${spec.key}`, {}, spec.key);
  const hint = lookup(i18n, `strategy.${strategyId}.options.${spec.key}Hint`, {}, '');
  const back = (own: unknown, other: OptionValue | undefined, put: () => void): false | (() => void) =>
    preset !== undefined && own !== undefined && own !== other && put;
  const changed = back(value, preset, () => onChange(preset!));
  if (spec.kind === 'boolean')
    return (
      <SwitchField
        label={label}
        hint={hint}
        changed={changed}
        disabled={disabled}
        checked={value === true}
        onChange={onChange}
      />
    );
  if (spec.kind === 'number')
    return (
      <NumberField
        label={label}
        hint={hint}
        changed={changed}
        disabled={disabled}
        min={spec.min}
        max={spec.max}
        step={spec.step}
        value={typeof value === 'number' ? value : spec.default}
        onChange={onChange}
      />
    );
  if (spec.kind === 'choice')
    return (
      <SelectField
        label={label}
        hint={hint}
        changed={changed}
        disabled={disabled}
        value={typeof value === 'string' ? value : spec.default}
        onChange={onChange}
        options={spec.choices.map((one) => ({
          value: one,
          label: lookup(i18n, `optionChoice.${spec.key}.${one}`, {}, one),
        }))}
      />
    );
  if (spec.kind === 'task')
    return (
      <SelectField
        label={label}
        changed={changed}
        disabled={disabled}
        value={String(typeof value === 'number' ? value : spec.default)}
        onChange={(next) => onChange(Number(next))}
        options={tasks.map((task, i) => ({ value: String(i), label: taskName(t, task) }))}
      />
    );
  const presetAt = (i: number): number | undefined =>
    Array.isArray(preset) ? (preset as readonly number[])[i] : undefined;
  const values = tasks.map(
    (_, i) => (Array.isArray(value) ? (value as readonly number[])[i] : undefined) ?? spec.default,
  );
  return tasks.map((task, i) => (
    <SliderField
      key={task}
      label={lookup(
        i18n,
        `strategy.${strategyId}.options.${spec.key}Of`,
        { task: taskName(t, task) },
        t('config.weightOf', { task: taskName(t, task) }),
      )}
      changed={back(values[i], presetAt(i), () =>
        onChange(values.map((old, j) => (j === i ? presetAt(i)! : old))),
      )}
      lead={<TaskGlyph task={task} width={24} />}
      disabled={disabled}
      min={spec.min}
      max={spec.max}
      step={spec.step}
      value={values[i] ?? spec.default}
      onChange={(next) => onChange(values.map((old, j) => (j === i ? next : old)))}
    />
  ));
}
