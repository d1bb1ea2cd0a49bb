/**
 * Nominal and effective weight of each task as bars on one scale, with their numbers; what lies below zero is
 * hatched as in the charts.
 */
import { useTranslation } from 'react-i18next';
import type { TaskId } from '../../../core/tasks/types';
import { linearAxis } from '../../../ui/charts/ticks';
import { useFormat } from '../../../ui/text/format';
import { TaskGlyph } from '../../../ui/task-glyph';
import { taskStyle } from '../../../ui/tasks';
import styles from './sandbox.module.css';
import { taskName } from '../../../ui/text/task-name';

export interface WeightBarsProps {
  readonly tasks: readonly TaskId[];
  readonly nominal: readonly number[];
  readonly effective: readonly number[];
}

const KINDS = ['nominal', 'effective'] as const;

export function WeightBars({ tasks, ...weights }: WeightBarsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = [...weights.nominal, ...weights.effective].filter(Number.isFinite);
  // Some room below zero always: that nothing lies there is worth seeing, too.
  const { domain, ticks } = linearAxis(Math.min(-0.5, ...all), Math.max(1, ...all));
  const at = (value: number): number =>
    (100 * (Math.min(domain[1], Math.max(domain[0], value)) - domain[0])) / (domain[1] - domain[0]);
  const zero = at(0);
  return (
    <table className={styles['bars']}>
      <caption className="visually-hidden">{t('sandbox.barsCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('formula.task')}</th>
          <th scope="col">{t('sandbox.weight')}</th>
          <th scope="col" className={styles['below']}>
            {t('sandbox.value')}
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks.flatMap((task, i) =>
          KINDS.map((kind) => {
            const value = weights[kind][i] ?? 0;
            const [left, right] = [Math.min(zero, at(value)), Math.max(zero, at(value))];
            return (
              <tr key={`${task}-${kind}`} data-kind={kind}>
                {kind === 'nominal' && (
                  <th scope="rowgroup" rowSpan={2} className={styles['task']}>
                    <TaskGlyph task={task} width={24} /> {taskName(t, task)}
                  </th>
                )}
                <th scope="row" className={styles['kind']}>
                  {t(`weights.${kind}`)}
                </th>
                <td className={styles['track']}>
                  <span className={styles['value']} data-negative={value < 0}>
                    {format.fixed(value, 3)}
                  </span>
                  <div className={styles['rail']} aria-hidden="true">
                    <div className={styles['hatched']} style={{ width: `${zero}%` }} />
                    <div
                      className={styles['bar']}
                      data-kind={kind}
                      data-negative={value < 0}
                      style={{
                        insetInlineStart: `${left}%`,
                        width: `${right - left}%`,
                        color: taskStyle(task).color,
                      }}
                    />
                    <div className={styles['zero']} style={{ insetInlineStart: `${zero}%` }} />
                  </div>
                </td>
              </tr>
            );
          }),
        )}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <td colSpan={2}>{t('sandbox.scale')}</td>
          <td>
            <div className={styles['ticks']}>
              {ticks.map((tick) => (
                <span key={tick} style={{ insetInlineStart: `${at(tick)}%` }}>
                  {format.significant(tick)}
                </span>
              ))}
            </div>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
