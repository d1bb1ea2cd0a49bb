/** Which tasks are trained, and which of them the chosen split cannot measure: before the run, in words. */
import { apartOf } from '../../../core/splits/registry';
import { useTranslation } from 'react-i18next';
import { isSingleTask } from '../../../core/model/architectures';
import type { RunConfig } from '../../../core/config/run-config';
import { offeredTasks } from '../../../core/tasks/constant-tasks';
import { labelKey } from '../../../core/tasks/levels';
import { taskIds, type TaskSpec } from '../../../core/tasks/types';
import { useDraft } from '../../../state/draft';
import { useOffTasks, useTaskChecks, withTasks } from '../../../state/corpus/task-checks';
import { useTaskColumns } from '../../../state/corpus/task-columns';
import { useClassName } from '../../../ui/class-names';
import { SwitchField } from '../../../ui/controls/fields';
import type { SettingControlProps } from './setting-controls';
import { TaskEditor } from './task-editor';
import styles from './config-panel.module.css';
import { taskName } from '../../../ui/text/task-name';

export function TasksField({ config, disabled, base }: SettingControlProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  const tasks = taskIds(config);
  const offered = offeredTasks(config.tasks, base.tasks, useTaskColumns(config));
  const toggle = (task: TaskSpec, on: boolean): void =>
    set(
      withTasks(
        config,
        offered.filter((one) => (one === task ? on : tasks.includes(one.id))),
      ),
    );
  return (
    <>
      {!isSingleTask(config.architecture) && (
        <div role="group" aria-label={t('measure.tasks')} className={styles['tasks']}>
          {offered.map((task) => (
            <SwitchField
              key={task.id}
              label={taskName(t, task.id)}
              checked={tasks.includes(task.id)}
              disabled={disabled || (tasks.length === 1 && tasks.includes(task.id))}
              changed={
                taskIds(base).includes(task.id) !== tasks.includes(task.id) &&
                (() => toggle(task, taskIds(base).includes(task.id)))
              }
              onChange={(on) => toggle(task, on)}
            />
          ))}
        </div>
      )}
      <Remarks config={config} offered={offered} />
      <TaskEditor config={config} base={base} disabled={disabled} />
    </>
  );
}

function Remarks({ config, offered }: { readonly config: RunConfig; readonly offered: readonly TaskSpec[] }) {
  const { t } = useTranslation();
  const className = useClassName();
  const checks = useTaskChecks(config);
  const { split, architecture } = config;
  const { tasks } = config;
  const ofTask = (spec: TaskSpec): string[] => {
    const { id, column } = spec;
    const name = taskName(t, id);
    if (!checks) return apartOf(split).includes(column) ? [t('measure.held', { task: name })] : [];
    const check = checks[labelKey(spec)];
    if (!check) return [];
    const { unmeasurable, leftOut } = check;
    if (unmeasurable) return [`${t(`measure.reason.${unmeasurable}`, { task: name })} ${t('measure.apart')}`];
    return leftOut > 0 ? [t('measure.leftOut', { count: leftOut, task: name })] : [];
  };
  const off = useOffTasks((s) => s.off);
  // One that was taken out because there is nothing to learn.
  const ofAbsent = (spec: TaskSpec): string[] => {
    if (!checks || isSingleTask(architecture)) return [];
    const task = taskName(t, spec.id);
    const check = checks[labelKey(spec)];
    if (!check) return [t('measure.noColumn', { task })];
    return check.unmeasurable === 'constant'
      ? [t('measure.off', { task, name: check.trained.map(className).join(', ') })]
      : [];
  };
  const absent = [...offered, ...off.map(({ task }) => task)].filter(
    ({ id }, i, all) => !taskIds(config).includes(id) && all.findIndex((one) => one.id === id) === i,
  );
  const remarks = [...tasks.flatMap(ofTask), ...absent.flatMap(ofAbsent)];
  const nothing =
    checks !== null && tasks.every((task) => (checks[labelKey(task)]?.unmeasurable ?? null) !== null);
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
