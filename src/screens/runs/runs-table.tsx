/** A sortable table of stored runs. Sorting is by the columns' own values, a second press turns it round. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Fragment, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { primaryMetric } from '../../core/tasks/metrics/registry';
import { familyOrder } from '../../state/run/family';
import type { LibraryEntry } from '../../state/types';
import { ScrollBox } from '../../ui/controls/scroll-box';
import { TaskGlyph } from '../../ui/task-glyph';
import { RunRow } from './run-row';
import { useTold, type Told } from './use-told';
import styles from './runs-screen.module.css';
import type { TaskId } from '../../core/tasks/types';
import { metricName } from '../../ui/text/metric-name';
import { taskName } from '../../ui/text/task-name';
import tableStyles from '../../ui/controls/table.module.css';

/** `task:` and a task's id: its score. */
type Column = 'name' | 'date' | 'strategy' | 'corpus' | 'alike' | 'epochs' | `task:${string}` | 'state';

function sortKey(entry: LibraryEntry, told: Told, column: Column, tasks: readonly TaskId[]): string | number {
  switch (column) {
    case 'corpus':
      return `${told.corpus} ${told.differs.join(' ')}`;
    case 'alike':
      return told.group;
    case 'name':
      return entry.name;
    case 'date':
      return entry.updatedAt;
    case 'strategy':
      return entry.config.strategy.id;
    case 'epochs':
      return entry.epochsDone;
    case 'state':
      return entry.state;
    default:
      return told.scores[tasks.indexOf(column.slice('task:'.length))] ?? Number.NEGATIVE_INFINITY;
  }
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));

export interface RunsTableProps {
  readonly entries: readonly LibraryEntry[];
  /** Ids of the runs that are chosen. */
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
}

export function RunsTable({ entries, ticked, onTick }: RunsTableProps) {
  const { t } = useTranslation();
  const { of: told, groups, tasks, kinds } = useTold(entries);
  const [sort, setSort] = useState<{ readonly column: Column; readonly down: boolean }>({
    column: 'date',
    down: true,
  });
  const sorted = useMemo(
    () =>
      familyOrder(
        entries.toSorted(
          (a, b) =>
            compare(
              sortKey(a, told.get(a)!, sort.column, tasks),
              sortKey(b, told.get(b)!, sort.column, tasks),
            ) * (sort.down ? -1 : 1),
        ),
      ),
    [entries, told, sort, tasks],
  );
  const comparable = entries.filter(({ epochsDone }) => epochsDone > 0);
  const all = comparable.length > 0 && comparable.every(({ id }) => ticked.has(id));
  const head = (column: Column, label: ReactNode, numeric = false): ReactNode => {
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
          onClick={() => setSort({ column, down: active ? !sort.down : numeric || column === 'date' })}
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
    <>
      <ScrollBox className={`${tableStyles['box']} ${styles['tableBox'] ?? ''}`} title={t('runs.title')}>
        <table className={`${tableStyles['table']} ${styles['table'] ?? ''}`}>
          <caption className="visually-hidden">{t('runs.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  className={styles['tick']}
                  aria-label={t('chosen.selectAll')}
                  disabled={comparable.length === 0}
                  checked={all}
                  onChange={() => onTick(new Set(all ? [] : comparable.map(({ id }) => id)))}
                />
              </th>
              {head('name', t('runs.name'))}
              {head('strategy', t('runs.strategy'))}
              {head('corpus', t('facets.corpusHeading'))}
              {groups > 1 && head('alike', t('best.group'), true)}
              {head('epochs', t('runs.epochs'), true)}
              {tasks.map((task) => (
                <Fragment key={task}>
                  {head(
                    `task:${task}`,
                    <>
                      <TaskGlyph task={task} width={20} />{' '}
                      {t('runs.score', {
                        metric: metricName(t, primaryMetric(kinds.get(task)!).id),
                        task: taskName(t, task),
                      })}
                    </>,
                    true,
                  )}
                </Fragment>
              ))}
              {head('state', t('runs.state'))}
              {head('date', t('runs.date'))}
              <th scope="col">{t('runs.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ entry, depth, orphan }) => (
              <RunRow
                key={entry.id}
                entry={entry}
                depth={depth}
                orphan={orphan}
                told={told.get(entry)!}
                tasks={tasks}
                kinds={kinds}
                grouped={groups > 1}
                ticked={ticked.has(entry.id)}
                onTick={() =>
                  onTick(
                    new Set(
                      ticked.has(entry.id)
                        ? [...ticked].filter((id) => id !== entry.id)
                        : [...ticked, entry.id],
                    ),
                  )
                }
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className={styles['small']}>
        {t('best.rule')} {t('best.groups', { count: groups })} {groups > 1 && t('best.alone')}{' '}
        {t('facets.note')}
      </p>
    </>
  );
}
