/** Recall, precision and F1 of every class in both runs, and their differences in percentage points. */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { classScores } from '../../core/tasks/metrics/confusion';
import { useFormat } from '../../ui/text/format';
import { ScrollBox } from '../../ui/controls/scroll-box';
import type { MatrixPair } from './pairs/difference-table';
import { useNumbers } from './numbers';
import styles from './compare-screen.module.css';
import tableStyles from '../../ui/controls/table.module.css';

const MEASURES = ['recall', 'precision', 'f1'] as const;

export function ClassTable({ title, first, second, classes }: MatrixPair) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = useNumbers();
  const [a, b] = [classScores(first), classScores(second)];
  return (
    <ScrollBox className={`${tableStyles['box']} ${styles['flushBox'] ?? ''}`} title={title}>
      <table className={`${tableStyles['table']} ${styles['table'] ?? ''}`} data-words="true">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('compare.pair.class')}
            </th>
            <th scope="col" rowSpan={2} data-numeric>
              {t('compare.pair.support')}
            </th>
            {MEASURES.map((measure) => (
              <th key={measure} scope="colgroup" colSpan={3}>
                {t(`compare.pair.${measure}`)}
              </th>
            ))}
          </tr>
          <tr>
            {MEASURES.map((measure) => (
              <Fragment key={measure}>
                {(['first', 'second', 'delta'] as const).map((column) => (
                  <th key={column} scope="col" data-numeric>
                    {t(`compare.pair.columns.${column}`)}
                  </th>
                ))}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, k) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-numeric>
                {format.integer(a[k]!.support)}
                {b[k]!.support !== a[k]!.support && ` / ${format.integer(b[k]!.support)}`}
              </td>
              {MEASURES.map((measure) => (
                <Fragment key={measure}>
                  <td data-numeric>{format.percent(a[k]![measure], 0)}</td>
                  <td data-numeric>{format.percent(b[k]![measure], 0)}</td>
                  <td data-numeric>{numbers.delta(b[k]![measure] - a[k]![measure], measure)}</td>
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
