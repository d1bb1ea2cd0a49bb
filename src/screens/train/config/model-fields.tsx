/** The architecture, with the task of a model that has one; and what a model starts from. */
import { useTranslation } from 'react-i18next';
import type { RunConfig } from '../../../core/config/run-config';
import { isSingleTask } from '../../../core/model/architectures';
import { ARCHITECTURE_IDS } from '../../../core/model/architectures/registry';
import { offeredTasks } from '../../../core/tasks/constant-tasks';
import { useTaskColumns } from '../../../state/corpus/task-columns';
import { useDraft } from '../../../state/draft';
import { SelectField } from '../../../ui/controls/fields';
import { taskName } from '../../../ui/text/task-name';
import { InitialWeights } from './initial-weights';
import { ParameterCount } from './parameter-count';
import type { SettingControlProps } from './setting-controls';

export function ArchitectureField({ config, base, disabled, differs }: SettingControlProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  const offered = offeredTasks(config.tasks, base.tasks, useTaskColumns(config));
  const take = (architecture: RunConfig['architecture']): void => {
    const tasks = isSingleTask(architecture) ? config.tasks.slice(0, 1) : offered;
    // Options with one number a task no longer fit another number of tasks.
    const strategy =
      tasks.length === config.tasks.length ? config.strategy : { id: config.strategy.id, options: {} };
    set({ architecture, tasks, strategy });
  };
  return (
    <>
      <SelectField
        label={t('config.architecture')}
        disabled={disabled}
        changed={differs('architecture') && (() => take(base.architecture))}
        value={config.architecture}
        onChange={take}
        options={ARCHITECTURE_IDS.map((value) => ({
          value,
          label: t(`architecture.${value}.name`),
          note: t(`architecture.${value}.note`),
        }))}
      />
      {isSingleTask(config.architecture) && (
        <SelectField
          label={t('config.task')}
          disabled={disabled}
          value={config.tasks[0]!.id}
          onChange={(task) => set({ tasks: offered.filter(({ id }) => id === task) })}
          options={offered.map(({ id }) => ({ value: id, label: taskName(t, id) }))}
        />
      )}
    </>
  );
}

export function WeightsField({ config, disabled }: SettingControlProps) {
  return (
    <>
      <ParameterCount config={config} />
      <InitialWeights config={config} disabled={disabled} />
    </>
  );
}
