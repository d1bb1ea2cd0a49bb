/**
 * The cosines of all pairs of many tasks at one measured step, as a triangle of cells: the number in each, its
 * ground the more coloured the farther from 0. A cell shows or hides the pair's line in the chart beside it.
 * Given what it shows.
 */
import { useTranslation } from 'react-i18next';
import type { TaskId } from '../../../core/tasks/types';
import { pairsOf } from '../../../core/weighting/readings';
import { useFormat } from '../../../ui/text/format';
import { taskName } from '../../../ui/text/task-name';
import styles from './angle-matrix.module.css';

export interface AngleMatrixProps {
  readonly tasks: readonly TaskId[];
  /** In the order of pairsOf; -1 .. 1. */
  readonly cosines: readonly number[];
  /** Positions in pairsOf of those that the chart draws. */
  readonly drawn: readonly number[];
  readonly onToggle: (pair: number) => void;
}

/** Share of the colour in the ground at |cos| = 1: text on it keeps its contrast. */
const DEEPEST = 45;

/** The ground of a cell: one colour for conflict, another for agreement, none at 0. */
export const groundOf = (cosine: number): string =>
  `color-mix(in srgb, var(${cosine < 0 ? '--series-1' : '--series-2'}) ${Math.round(
    DEEPEST * Math.min(1, Math.abs(cosine)),
  )}%, var(--panel))`;

export function AngleMatrix({ tasks, cosines, drawn, onToggle }: AngleMatrixProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const pairs = pairsOf(tasks.length);
  const name = (i: number): string => taskName(t, tasks[i]!);
  const cell = (i: number, j: number) => {
    const pair = pairs.findIndex(([a, b]) => a === i && b === j);
    const cosine = cosines[pair] ?? 0;
    return (
      <td key={tasks[i]}>
        <button
          type="button"
          aria-pressed={drawn.includes(pair)}
          aria-label={`${t('gradients.pair', { a: name(i), b: name(j) })}: ${format.fixed(cosine, 2)}`}
          style={{ background: groundOf(cosine) }}
          onClick={() => onToggle(pair)}
        >
          {format.fixed(cosine, 2)}
        </button>
      </td>
    );
  };
  return (
    <table className={styles['matrix']}>
      <caption className="visually-hidden">{t('gradients.cosines')}</caption>
      <tbody>
        {tasks.slice(1).map((task, row) => (
          <tr key={task}>
            <th scope="row">{taskName(t, task)}</th>
            {tasks.slice(0, row + 1).map((_, i) => cell(i, row + 1))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td aria-hidden="true" />
          {tasks.slice(0, -1).map((task) => (
            <th key={task} scope="col">
              {taskName(t, task)}
            </th>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}
