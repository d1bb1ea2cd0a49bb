/** Which tasks are trained, and which of them the chosen split cannot measure: before the run, in words. */
import { apartOf } from '../../../core/splits/registry';
import { useTranslation } from 'react-i18next';
import { isSingleTask } from '../../../core/model/architectures';
import type { RunConfig } from '../../../core/config/run-config';
import { TASKS } from '../../../core/tasks/presets';
import { taskIds, type TaskId, type TaskSpec } from '../../../core/tasks/types';
import { useDraft } from '../../../state/draft';
import { chosenTasks, useTaskChecks, withTasks } from '../../../state/corpus/task-checks';
import { useClassName } from '../../../ui/class-names';
import { SwitchField } from '../../../ui/controls/fields';
import styles from './config-panel.module.css';
import { taskName } from '../../../ui/text/task-name';

export interface TaskFieldsProps {
  readonly config: RunConfig;
  readonly disabled: boolean;
  readonly base: RunConfig;
}

export function TaskFields({ config, disabled, base }: TaskFieldsProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  const tasks = taskIds(config);
  const toggle = (task: TaskId, on: boolean): void =>
    set(
      withTasks(
        config,
        chosenTasks(
          config,
          TASKS.filter((one) => (one === task ? on : tasks.includes(one))),
        ),
      ),
    );
  return (
    <>
      {!isSingleTask(config.architecture) && (
        <div role="group" aria-label={t('measure.tasks')} className={styles['tasks']}>
          {TASKS.map((task) => (
            <SwitchField
              key={task}
              label={taskName(t, task)}
              checked={tasks.includes(task)}
              disabled={disabled || (tasks.length === 1 && tasks.includes(task))}
              changed={
                taskIds(base).includes(task) !== tasks.includes(task) &&
                (() => toggle(task, taskIds(base).includes(task)))
              }
              onChange={(on) => toggle(task, on)}
            />
          ))}
        </div>
      )}
      <Remarks config={config} />
    </>
  );
}

function Remarks({ config }: { readonly config: RunConfig }) {
  const { t } = useTranslation();
  const className = useClassName();
  const checks = useTaskChecks(config);
  const { split, architecture } = config;
  const { tasks } = config;
  const ofTask = ({ id, column }: TaskSpec): string[] => {
    const name = taskName(t, id);
    if (!checks) return apartOf(split).includes(column) ? [t('measure.held', { task: name })] : [];
    const check = checks[column];
    if (!check) return [];
    const { unmeasurable, leftOut } = check;
    if (unmeasurable) return [`${t(`measure.reason.${unmeasurable}`, { task: name })} ${t('measure.apart')}`];
    return leftOut > 0 ? [t('measure.leftOut', { count: leftOut, task: name })] : [];
  };
  // One that was taken out because there is nothing to learn.
  const ofAbsent = (task: TaskId): string[] =>
    checks?.[task]?.unmeasurable === 'constant' && !isSingleTask(architecture)
      ? [t('measure.off', { task: taskName(t, task), name: checks[task].trained.map(className).join(', ') })]
      : [];
  const remarks = [
    ...tasks.flatMap(ofTask),
    ...TASKS.filter((task) => !taskIds(config).includes(task)).flatMap(ofAbsent),
  ];
  const nothing =
    checks !== null && tasks.every(({ column }) => (checks[column]?.unmeasurable ?? null) !== null);
  return (
    <>
      {remarks.map((remark) => (
        <p key={remark} className={styles['remark']} role="note">
          {remark}
        </p>
      ))}
      {nothing && (
        <p className={styles['alarm']} role="alert">
          {t('measure.nothing')}
        </p>
      )}
    </>
  );
}
