/** The edges between the levels that a task makes of a number, and to which level a value on one belongs. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EDGE_SIDES, levelNames, parseEdges } from '../../../core/tasks/levels';
import type { TaskSpec } from '../../../core/tasks/types';
import { useClassName } from '../../../ui/class-names';
import { SelectField, TextField } from '../../../ui/controls/fields';
import { columnName } from '../../../ui/text/task-name';
import styles from './task-editor.module.css';

export interface TaskLevelsProps {
  readonly task: TaskSpec;
  readonly disabled: boolean;
  readonly onChange: (task: TaskSpec) => void;
}

export function TaskLevels({ task, disabled, onChange }: TaskLevelsProps) {
  const { t } = useTranslation();
  const className = useClassName();
  const { levels } = task;
  // What is being typed; what is no list of edges yet changes nothing.
  const [typed, type] = useState<string | null>(null);
  if (!levels) return null;
  const { edges, onEdge } = levels;
  const name = task.name ?? columnName(t, task.column);
  const wrong = typed !== null && parseEdges(typed) === null;
  const enter = (text: string): void => {
    const next = parseEdges(text);
    type(text);
    if (next) onChange({ ...task, levels: { edges: next, onEdge } });
  };
  return (
    <>
      <TextField
        label={t('taskEditor.edges', { task: name })}
        disabled={disabled}
        maxLength={80}
        value={typed ?? edges.join('; ')}
        hint={wrong ? undefined : levelNames(levels).map(className).join(' · ')}
        onChange={enter}
      />
      <SelectField
        label={t('taskEditor.onEdge', { task: name })}
        disabled={disabled}
        value={onEdge}
        onChange={(side) => onChange({ ...task, levels: { edges, onEdge: side } })}
        options={EDGE_SIDES.map((value) => ({ value, label: t(`taskEditor.edgeSide.${value}`) }))}
      />
      {wrong && (
        <p className={styles['note']} role="alert">
          {t('taskEditor.badEdges')}
        </p>
      )}
    </>
  );
}
