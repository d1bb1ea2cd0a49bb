/** One row of the run table. */
import { useTranslation } from 'react-i18next';
import type { Score, TableRow } from '../../core/compare/table';
import { lowerIsBetter, metricOf, type MetricId, type Reading } from '../../core/compare/values';
import type { Replicates } from '../../core/compare/replicates';
import type { TaskId } from '../../core/tasks/types';
import { useFormat } from '../../ui/text/format';
import { useNumbers } from './numbers';
import { SeriesKey } from './curves/series-key';
import { useStrategyName, type Member } from './use-comparison';
import { repetitionWords } from '../../ui/text/repetitions';
import { settingValue } from '../../ui/text/setting-names';
import styles from './compare-screen.module.css';

export interface TableLineProps {
  readonly row: TableRow;
  readonly member: Member;
  readonly isBaseline: boolean;
  readonly replicates: Replicates;
  readonly tasks: readonly TaskId[];
  readonly settings: readonly string[];
  readonly reading: Reading;
  /** Whether it has the best score of each task's column. */
  readonly best: readonly boolean[];
  readonly compared: boolean;
  readonly onCompare: (member: Member, on: boolean) => void;
}

export function TableLine({
  row,
  member,
  isBaseline,
  replicates,
  tasks,
  settings,
  reading,
  best,
  compared,
  onCompare,
}: TableLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const strategyName = useStrategyName();
  const { group, run } = row;
  const label = run?.name ?? member.name;
  const done = (run ? [run] : group.runs).map(({ epochs }) => epochs.length);
  const [fewest, most] = [Math.min(...done), Math.max(...done)];
  const range = fewest === most ? format.integer(most) : `${format.integer(fewest)}–${format.integer(most)}`;
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t('compare.table.include', { name: label })}
          checked={compared}
          disabled={isBaseline}
          onChange={(event) => onCompare(member, event.target.checked)}
        />
      </td>
      <th scope="row">
        <span className={styles['name']}>
          <SeriesKey style={member.style} />
          <span>{label}</span>
        </span>
        {run && (
          <span className={styles['small']}>
            {strategyName(run.config.strategy.id)} · {t(`runState.${run.state}`)}
          </span>
        )}
        {isBaseline && <span className={styles['small']}>{t('compare.table.isBaseline')}</span>}
        {group.changed && run && <span className={styles['small']}>{t('compare.table.changed')}</span>}
      </th>
      <td data-numeric>{run ? String(run.config.seed) : format.integer(group.runs.length)}</td>
      <td data-numeric>{t('runs.epochsOf', { done: range, total: format.integer(group.config.epochs) })}</td>
      {tasks.map((task, i) => (
        <ScoreCells
          key={task}
          score={row.scores[i]!}
          best={best[i]!}
          metric={metricOf(reading, task)}
          isBaseline={isBaseline}
          replicates={replicates}
        />
      ))}
      {settings.map((name) => {
        const value = row.settings.get(name);
        return (
          <td key={name}>
            {value === undefined ? (
              <span className={styles['small']}>{t('compare.table.none')}</span>
            ) : (
              settingValue(t, format, name, value)
            )}
          </td>
        );
      })}
    </tr>
  );
}

function ScoreCells({
  score: { value, delta, pairs },
  best,
  metric,
  isBaseline,
  replicates,
}: {
  readonly score: Score;
  readonly best: boolean;
  readonly metric: MetricId;
  readonly isBaseline: boolean;
  readonly replicates: Replicates;
}) {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const better = delta !== null && (lowerIsBetter(metric) ? delta < 0 : delta > 0);
  return (
    <>
      <td data-numeric data-highest={best}>
        {numbers.score(value?.mean, metric)}
        {value !== null && value.sd !== null && (
          <span className={styles['spread']}>
            {' '}
            {t('compare.table.spread', { sd: numbers.spread(value.sd, metric) })}
          </span>
        )}
      </td>
      {isBaseline || value === null ? (
        <td data-numeric>–</td>
      ) : delta === null ? (
        <td data-numeric>
          <span className={styles['small']}>
            {t('compare.table.noPairs', repetitionWords(t, replicates))}
          </span>
        </td>
      ) : (
        <td data-numeric title={t('compare.table.pairsOf', repetitionWords(t, replicates, pairs))}>
          {delta !== 0 && (
            <>
              <span aria-hidden="true">{better ? '▲' : '▽'} </span>
              <span className="visually-hidden">
                {t(better ? 'compare.table.better' : 'compare.table.worse')}{' '}
              </span>
            </>
          )}
          {numbers.delta(delta, metric)}
        </td>
      )}
    </>
  );
}
