/**
 * A weighting strategy and its options, to be chosen anew: for a fork, a switch, a sweep. Holds nothing
 * itself.
 */
import { useTranslation } from 'react-i18next';
import type { StrategyChoice } from '../../core/training/segments';
import type { TaskId } from '../../core/tasks/types';
import { defaultOptions } from '../../core/weighting/options';
import { strategy } from '../../core/weighting/registry';
import type { StrategyId } from '../../core/weighting/types';
import { SelectField } from '../controls/fields';
import { StrategyOption } from './strategy-option';
import { strategySelectOptions } from './strategy-options';

export interface StrategyChoiceProps {
  readonly label: string;
  readonly value: StrategyChoice;
  readonly tasks: readonly TaskId[];
  readonly onChange: (value: StrategyChoice) => void;
}

/** Every option at its default. */
export const plainChoice = (id: StrategyId, taskCount: number): StrategyChoice => ({
  id,
  options: defaultOptions(strategy(id), taskCount),
});

export function StrategyChoiceFields({ label, value, tasks, onChange }: StrategyChoiceProps) {
  const { t } = useTranslation();
  return (
    <>
      <SelectField
        label={label}
        value={value.id}
        onChange={(id: StrategyId) => onChange(plainChoice(id, tasks.length))}
        options={strategySelectOptions(t)}
      />
      {strategy(value.id).options.map((spec) => (
        <StrategyOption
          key={spec.key}
          strategyId={value.id}
          spec={spec}
          tasks={tasks}
          value={value.options[spec.key]}
          onChange={(option) => onChange({ ...value, options: { ...value.options, [spec.key]: option } })}
        />
      ))}
    </>
  );
}
