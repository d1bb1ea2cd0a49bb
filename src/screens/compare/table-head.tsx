/** The headings of the run table; a press sorts by one, a second press turns it round. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { metricOf, type Reading } from '../../core/compare/values';
import type { Replicates } from '../../core/compare/replicates';
import type { TaskId } from '../../core/tasks/types';
import { settingName } from '../../ui/text/setting-names';
import { TaskGlyph } from '../../ui/task-glyph';
import type { Member } from './use-comparison';
import styles from './compare-screen.module.css';
import { metricName } from '../../ui/text/metric-name';
import { taskName } from '../../ui/text/task-name';
import tableStyles from '../../ui/controls/table.module.css';

export interface Sort {
  /** `name`, `seeds`, `setting:<name>`, `score:<task's place>`, `delta:<task's place>`. */
  readonly column: string;
  readonly down: boolean;
}

export interface TableHeadProps {
  readonly kind: 'groups' | 'runs';
  readonly tasks: readonly TaskId[];
  readonly settings: readonly string[];
  readonly reading: Reading;
  readonly baseline: Member;
  readonly replicates: Replicates;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

export function TableHead(props: TableHeadProps) {
  const { kind, tasks, settings, reading, baseline, replicates, sort, onSort } = props;
  const { t } = useTranslation();
  const head = (column: string, label: ReactNode, numeric = false): ReactNode => {
    const active = sort.column === column;
    return (
      <th
        scope="col"
        data-numeric={numeric}
        aria-sort={active ? (sort.down ? 'descending' : 'ascending') : 'none'}
      >
        <button
          type="button"
          className={`${tableStyles['sort']} ${styles['sort'] ?? ''}`}
          onClick={() => onSort({ column, down: active ? !sort.down : numeric })}
        >
          {label}
          <span
            className={`${tableStyles['arrow']} ${styles['arrow'] ?? ''}`}
            data-active={active}
            aria-hidden="true"
          >
            {active && !sort.down ? <ArrowUp /> : <ArrowDown />}
          </span>
        </button>
      </th>
    );
  };
  return (
    <thead>
      <tr>
        <th scope="col">{t('compare.table.compared')}</th>
        {head('name', t(kind === 'groups' ? 'compare.table.name' : 'compare.table.run'))}
        {head(
          'seeds',
          kind === 'runs' ? t('compare.table.seed') : t(`compare.repetitions.column.${replicates}`),
          true,
        )}
        <th scope="col" data-numeric>
          {t('compare.table.epochs')}
        </th>
        {tasks.map((task, i) => (
          <Fragment key={task}>
            {head(
              `score:${i}`,
              <>
                <TaskGlyph task={task} width={20} />{' '}
                {t('compare.table.score', {
                  metric: metricName(t, metricOf(reading, task)),
                  task: taskName(t, task),
                })}
              </>,
              true,
            )}
            {head(`delta:${i}`, t('compare.table.delta', { letter: baseline.style.letter }), true)}
          </Fragment>
        ))}
        {settings.map((name) => (
          <Fragment key={name}>{head(`setting:${name}`, settingName(t, name))}</Fragment>
        ))}
      </tr>
    </thead>
  );
}
