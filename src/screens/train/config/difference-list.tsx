/** Only what differs from the preset, setting by setting: folded, with their number in sight. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { differingSettings, flatConfig } from '../../../core/compare/differences';
import type { RunConfig } from '../../../core/config/run-config';
import { taskDifferences } from '../../../core/config/task-differences';
import { taskIds } from '../../../core/tasks/types';
import { useFormat } from '../../../ui/text/format';
import { useTaskFieldWords } from '../../../ui/text/task-fields';
import { settingName, settingValue } from '../../../ui/text/setting-names';
import { taskName } from '../../../ui/text/task-name';
import styles from './config-panel.module.css';

/** Which corpus is open is no part of a recipe; tasks have rows of their own. */
const APART = /^(?:corpus|origin|tasks)\b/;

interface Row {
  readonly key: string;
  readonly name: string;
  readonly value: string;
  readonly preset: string;
}

export function DifferenceList({ base, config }: { readonly base: RunConfig; readonly config: RunConfig }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const rows = useRows(base, config);
  if (rows.length === 0) return null;
  return (
    <details className={styles['remark']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('config.differences', { count: rows.length })}</summary>
      <ul>
        {/* What is folded is not there: nothing to be found that nobody sees. */}
        {open && rows.map(({ key, ...row }) => <li key={key}>{t('config.difference', row)}</li>)}
      </ul>
    </details>
  );
}

function useRows(base: RunConfig, config: RunConfig): readonly Row[] {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useTaskFieldWords();
  const [preset, own] = [flatConfig(base), flatConfig(config)];
  const shown = (name: string, value: string | undefined): string =>
    value === undefined ? '–' : settingValue(t, format, name, value);
  const names = (tasks: readonly string[]): string => tasks.map((task) => taskName(t, task)).join(', ');
  const [before, now] = [names(taskIds(base)), names(taskIds(config))];
  return [
    ...differingSettings([base, config])
      .filter((name) => !APART.test(name))
      .map((name) => ({
        key: name,
        name: settingName(t, name),
        value: shown(name, own.get(name)),
        preset: shown(name, preset.get(name)),
      })),
    ...(before === now ? [] : [{ key: 'tasks', name: settingName(t, 'tasks'), value: now, preset: before }]),
    ...taskDifferences(base, config).map(({ task, field, value, preset: old }) => ({
      key: `tasks.${task}.${field}`,
      name: words.field(task, field),
      value: words.value(field, value),
      preset: words.value(field, old),
    })),
  ];
}
