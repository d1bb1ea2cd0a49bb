/**
 * The tasks of the next run as data: added from the columns that the corpus offers, taken out, each with its
 * loss and the loss's options. Not here: the paper's three as switches (task-fields.tsx).
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSingleTask } from '../../../core/model/architectures';
import type { RunConfig } from '../../../core/config/run-config';
import { lossOfPreset, taskOfPreset } from '../../../core/config/task-differences';
import { defaultsOf } from '../../../core/options/field';
import { loss, lossesFor } from '../../../core/tasks/losses/registry';
import { labelKey } from '../../../core/tasks/levels';
import { taskOfColumn, type OfferedColumn } from '../../../core/tasks/of-column';
import { TASK_SLOTS, taskIds, type TaskSpec } from '../../../core/tasks/types';
import { useDraft } from '../../../state/draft';
import { withTasks } from '../../../state/corpus/task-checks';
import { useTaskColumns } from '../../../state/corpus/task-columns';
import { Button } from '../../../ui/controls/button';
import { SelectField } from '../../../ui/controls/fields';
import { say } from '../../../ui/text/lookup';
import { OptionFields } from '../../../ui/options/option-fields';
import { lossWords } from '../../../ui/options/option-words';
import { TaskGlyph } from '../../../ui/task-glyph';
import { columnName, levelsName, taskName } from '../../../ui/text/task-name';
import styles from './task-editor.module.css';
import { TaskLevels } from './task-levels';
import { TaskTargets } from './task-targets';

export interface TaskEditorProps {
  readonly config: RunConfig;
  /** The preset, completed. */
  readonly base: RunConfig;
  readonly disabled: boolean;
}

export function TaskEditor({ config, base, disabled }: TaskEditorProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  // Closed, it is a line: eight tasks with their options are many controls.
  const [open, setOpen] = useState(false);
  const { tasks } = config;
  const put = (next: readonly TaskSpec[]): void => set(withTasks(config, next));
  return (
    <details className={styles['editor']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('taskEditor.title')}</summary>
      {open && (
        <>
          <p className={styles['note']}>{t('taskEditor.note')}</p>
          <ul className={styles['list']}>
            {tasks.map((task) => (
              <li key={task.id}>
                <Task
                  task={task}
                  config={config}
                  base={base}
                  disabled={disabled}
                  onChange={(next) => put(tasks.map((one) => (one.id === task.id ? next : one)))}
                  onRemove={
                    tasks.length > 1 ? () => put(tasks.filter(({ id }) => id !== task.id)) : undefined
                  }
                />
              </li>
            ))}
          </ul>
          <Add config={config} disabled={disabled} onAdd={(task) => put([...tasks, task])} />
        </>
      )}
    </details>
  );
}

interface TaskProps {
  readonly task: TaskSpec;
  readonly config: RunConfig;
  readonly base: RunConfig;
  readonly disabled: boolean;
  readonly onChange: (task: TaskSpec) => void;
  readonly onRemove: (() => void) | undefined;
}

function Task({ task, config, base, disabled, onChange, onRemove }: TaskProps) {
  const { t, i18n } = useTranslation();
  const name = taskName(t, task.id);
  const preset = taskOfPreset(base, task);
  return (
    <>
      <p className={styles['head']}>
        <TaskGlyph task={task.id} width={26} /> <b>{name}</b>
        {onRemove && (
          <Button tone="quiet" disabled={disabled} onClick={onRemove}>
            {t('taskEditor.remove', { task: name })}
          </Button>
        )}
      </p>
      <p className={styles['note']}>
        {t('taskEditor.reads', {
          column: task.column,
          kind: t(`taskEditor.kind.${task.levels ? 'levels' : task.kind}`),
        })}
      </p>
      <TaskLevels task={task} disabled={disabled} onChange={onChange} />
      <TaskTargets task={task} config={config} disabled={disabled} onChange={onChange} />
      <SelectField
        label={t('taskEditor.loss', { task: name })}
        disabled={disabled}
        value={task.loss.id}
        changed={task.loss.id !== preset.loss.id && (() => onChange({ ...task, loss: preset.loss }))}
        onChange={(id) => onChange({ ...task, loss: { id, ...defaultsOf(loss(id).fields) } })}
        options={lossesFor(task.kind, task.targets).map((one) => ({
          value: one.id as TaskSpec['loss']['id'],
          label: say(t, `losses.${one.id}`, one.id),
        }))}
      />
      <OptionFields
        fields={loss(task.loss.id).fields}
        words={lossWords(i18n)}
        values={task.loss}
        base={lossOfPreset(base, task)}
        disabled={disabled}
        tasks={taskIds(config)}
        onChange={(key, value) => onChange({ ...task, loss: { ...task.loss, [key]: value } })}
      />
    </>
  );
}

const labelKeyOf = ({ id, levels }: OfferedColumn): string =>
  labelKey({ column: id, ...(levels ? { levels } : {}) });

interface AddProps {
  readonly config: RunConfig;
  readonly disabled: boolean;
  readonly onAdd: (task: TaskSpec) => void;
}

function Add({ config, disabled, onAdd }: AddProps) {
  const { t } = useTranslation();
  const columns = useTaskColumns(config);
  const [chosen, choose] = useState<string | null>(null);
  const { tasks, architecture } = config;
  if (isSingleTask(architecture)) return <p className={styles['note']}>{t('taskEditor.single')}</p>;
  if (tasks.length >= TASK_SLOTS) return <p className={styles['note']}>{t('taskEditor.full')}</p>;
  const unread = columns.find(({ id }) => tasks.every((task) => task.column !== id));
  const column = columns.find((one) => labelKeyOf(one) === chosen) ?? unread ?? columns[0]!;
  const add = (): void => {
    const task = taskOfColumn(column, tasks);
    if (task) onAdd(task);
    choose(null);
  };
  return (
    <div className={styles['add']}>
      <SelectField
        label={t('taskEditor.addOf')}
        disabled={disabled}
        value={labelKeyOf(column)}
        onChange={choose}
        options={columns.map((one) => ({
          value: labelKeyOf(one),
          label: one.levels
            ? levelsName(t, one.id, one.levels)
            : `${columnName(t, one.id)} (${t(`taskEditor.kind.${one.kind}`)})`,
        }))}
      />
      <Button disabled={disabled} onClick={add}>
        {t('taskEditor.add')}
      </Button>
    </div>
  );
}
