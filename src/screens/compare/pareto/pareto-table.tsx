/** The marks of the Pareto view in words: both scores, and whether anything beats it in both. */
import { useTranslation } from 'react-i18next';
import type { ParetoView } from '../../../core/compare/pareto-view';
import type { TaskId } from '../../../core/tasks/types';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import { useParetoWords } from './pareto-marks';
import { SeriesKey } from '../curves/series-key';
import { memberOf, type Comparison } from '../use-comparison';
import styles from '../compare-screen.module.css';
import { taskName } from '../../../ui/text/task-name';
import tableStyles from '../../../ui/controls/table.module.css';

export interface FrontTableProps {
  readonly view: ParetoView;
  readonly axes: readonly [TaskId, TaskId];
  readonly comparison: Comparison;
  readonly title: string;
  /** Also the single runs beside the means. */
  readonly all: boolean;
}

export function FrontTable({ view, axes, comparison, title, all }: FrontTableProps) {
  const { t } = useTranslation();
  const words = useParetoWords(view, comparison);
  const label = all ? t('compare.pareto.tableAll', { title }) : title;
  return (
    <ScrollBox className={styles['frontBox']} title={label}>
      <table className={`${tableStyles['table']} ${styles['table'] ?? ''}`}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('compare.pareto.mark')}</th>
            {axes.map((task) => (
              <th key={task} scope="col" data-numeric>
                {taskName(t, task)}
              </th>
            ))}
            <th scope="col">{t('compare.pareto.front')}</th>
          </tr>
        </thead>
        <tbody>
          {[...view.judged, ...(all ? view.runs : [])].map((mark) => (
            <tr
              key={mark.key}
              data-front={mark.dominatedBy === null ? undefined : mark.dominatedBy.length === 0}
            >
              <th scope="row">
                <span className={styles['named']}>
                  <SeriesKey
                    style={{ ...memberOf(comparison, mark.group).style, letter: words.short(mark) }}
                  />
                  <span>{mark.run?.name ?? memberOf(comparison, mark.group).name}</span>
                </span>
              </th>
              <td data-numeric>{words.score(mark.x, axes[0])}</td>
              <td data-numeric>{words.score(mark.y, axes[1])}</td>
              <td>{words.verdict(mark) || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
