/**
 * One confusion matrix minus another, cell by cell: signed counts; shaded by how much changed, hatched where
 * the change is for the worse (a hit lost, a mistake gained).
 */
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConfusionMatrix } from '../../../core/tasks/metrics/types';
import { useFormat } from '../../../ui/text/format';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import styles from '../compare-screen.module.css';

export interface MatrixPair {
  /** Accessible name. */
  readonly title: string;
  readonly first: ConfusionMatrix;
  readonly second: ConfusionMatrix;
  readonly classes: readonly string[];
}

export function DifferenceTable({ title, first, second, classes }: MatrixPair) {
  const { t } = useTranslation();
  const format = useFormat();
  const changes = second.map((row, i) => row.map((count, j) => count - first[i]![j]!));
  const largest = Math.max(1, ...changes.flat().map(Math.abs));
  return (
    <ScrollBox className={styles['matrixBox']} title={title}>
      <table className={styles['matrix']} data-size={classes.length > 6 ? 'many' : 'few'}>
        <caption className="visually-hidden">
          {title}. {t('confusion.reading')}
        </caption>
        <thead>
          <tr>
            <td>
              <span className="visually-hidden">{t('confusion.reading')}</span>
            </td>
            {classes.map((name) => (
              <th key={name} scope="col">
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map((row, i) => (
            <tr key={classes[i]}>
              <th scope="row">{classes[i]}</th>
              {row.map((change, j) => {
                const style: CSSProperties & Record<'--share', string> = {
                  '--share': `${Math.round((Math.abs(change) / largest) * 100)}%`,
                };
                const worse = i === j ? change < 0 : change > 0;
                return (
                  <td
                    key={classes[j]}
                    style={style}
                    data-hit={i === j}
                    data-change={change === 0 ? 'none' : worse ? 'worse' : 'better'}
                    title={t('compare.pair.differenceCell', {
                      truth: classes[i] ?? '',
                      predicted: classes[j] ?? '',
                      first: first[i]![j]!,
                      second: second[i]![j]!,
                    })}
                  >
                    {change > 0 ? '+' : ''}
                    {format.integer(change)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
