/** What a task of classes learns: the label, or what listeners chose where the corpus says so. */
import { useTranslation } from 'react-i18next';
import type { RunConfig } from '../../../core/config/run-config';
import { loss } from '../../../core/tasks/losses/registry';
import type { TaskSpec } from '../../../core/tasks/types';
import { useVotes } from '../../../state/corpus/votes';
import { SelectField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { taskName } from '../../../ui/text/task-name';
import styles from './task-editor.module.css';

export interface TaskTargetsProps {
  readonly task: TaskSpec;
  readonly config: RunConfig;
  readonly disabled: boolean;
  readonly onChange: (task: TaskSpec) => void;
}

/** Nothing where there is no choice: no votes, or a loss that takes none. */
export function TaskTargets({ task, config, disabled, onChange }: TaskTargetsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const votes = useVotes(config, task.column);
  const { targets, ...byLabel } = task;
  const offered = votes !== null && votes.used > 0 && loss(task.loss.id).takesDistributions === true;
  if (!offered && !targets) return null;
  return (
    <>
      <SelectField
        label={t('taskEditor.targets', { task: taskName(t, task.id) })}
        disabled={disabled}
        value={targets ?? 'label'}
        changed={targets !== undefined && (() => onChange(byLabel))}
        onChange={(chosen) => onChange(chosen === 'votes' ? { ...task, targets: chosen } : byLabel)}
        options={(['label', 'votes'] as const).map((value) => ({
          value,
          label: t(`taskEditor.targetsOf.${value}`),
        }))}
      />
      {targets && votes && (
        <p className={styles['note']} role="note">
          {t('taskEditor.votes', {
            all: format.integer(votes.used + votes.labelOnly),
            used: format.integer(votes.used),
            labelOnly: format.integer(votes.labelOnly),
            outside: format.integer(votes.outside),
          })}
        </p>
      )}
    </>
  );
}
