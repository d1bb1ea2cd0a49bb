/** Scores of test parts: a row a run and task. Apart from all other scores, which are of the validation side. */
import { useTranslation } from 'react-i18next';
import type { Tested } from '../../core/training/monitor/tested';
import { useFormat } from '../text/format';
import { ScrollBox } from './scroll-box';
import { taskName } from '../text/task-name';
import styles from './test-scores.module.css';

export interface TestedRun {
  readonly id: string;
  readonly name: string;
  /** Ids, in the order of the scores. */
  readonly tasks: readonly string[];
  readonly tested: Tested;
}

/** @param named whether the runs' names are shown */
export function TestScores({
  runs,
  named,
}: {
  readonly runs: readonly TestedRun[];
  readonly named: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ScrollBox className={styles['box']} title={t('tested.caption')}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('tested.caption')}</caption>
        <thead>
          <tr>
            {named && (
              <th scope="col" data-text>
                {t('tested.run')}
              </th>
            )}
            <th scope="col" data-text>
              {t('tested.task')}
            </th>
            <th scope="col">{t('scores.uar')}</th>
            <th scope="col">{t('scores.accuracy')}</th>
            <th scope="col">{t('scores.macroF1')}</th>
            <th scope="col">{t('tested.loss')}</th>
            <th scope="col">{t('tested.epoch')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.flatMap(({ id, name, tasks, tested: { epoch, test } }) =>
            tasks.map((task, i) => {
              const metrics = test.tasks[i];
              return (
                <tr key={`${id} ${task}`}>
                  {named && <td data-text>{name}</td>}
                  <th scope="row" data-text>
                    {taskName(t, task)}
                  </th>
                  {metrics?.unmeasurable ? (
                    <td colSpan={4}>{t('measure.short')}</td>
                  ) : (
                    <>
                      <td>{format.percent(metrics?.uar, 1)}</td>
                      <td>{format.percent(metrics?.accuracy, 1)}</td>
                      <td>{format.percent(metrics?.macroF1, 1)}</td>
                      <td>{format.significant(metrics?.loss ?? Number.NaN, 4)}</td>
                    </>
                  )}
                  <td>{format.integer(epoch)}</td>
                </tr>
              );
            }),
          )}
        </tbody>
      </table>
    </ScrollBox>
  );
}
