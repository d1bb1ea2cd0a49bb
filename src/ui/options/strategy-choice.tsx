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
import { OptionFields } from './option-fields';
import { strategyWords } from './option-words';
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
  const { t, i18n } = useTranslation();
  return (
    <>
      <SelectField
        label={label}
        value={value.id}
        onChange={(id: StrategyId) => onChange(plainChoice(id, tasks.length))}
        options={strategySelectOptions(t)}
      />
      <OptionFields
        fields={strategy(value.id).options}
        words={strategyWords(i18n, value.id)}
        tasks={tasks}
        values={value.options}
        base={null}
        onChange={(key, option) => onChange({ ...value, options: { ...value.options, [key]: option } })}
      />
    </>
  );
}
