/**
 * A confusion matrix as a real table: rows true, columns predicted; shaded by the row's share in one hue,
 * with the count in every cell. A row without utterances stays unshaded.
 */
import type { CSSProperties, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConfusionMatrix } from '../../core/tasks/metrics/types';
import { useFormat } from '../text/format';
import { ScrollBox } from '../controls/scroll-box';
import { CellLink, type CellLinks } from './cell-link';
import styles from './confusion-table.module.css';

export interface ConfusionTableProps {
  /** Accessible name. */
  readonly title: string;
  readonly matrix: ConfusionMatrix;
  readonly classes: readonly string[];
  /** Where cells that are not empty lead; absent: nowhere. */
  readonly links?: CellLinks;
}

export function ConfusionTable({ title, matrix, classes, links }: ConfusionTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = matrix.map((_, k) => classes[k] ?? String(k));
  const size = classes.length > 6 ? 'many' : classes.length > 3 ? 'some' : 'few';
  // The sentence of a cell is made when it is pointed at: a hundred of them would cost more than the table.
  const explain = (event: PointerEvent<HTMLElement>): void => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]') : null;
    const [i = -1, j = -1] = cell?.dataset['cell']?.split(',').map(Number) ?? [];
    const row = matrix[i];
    if (!cell || !row) return;
    const share =
      (row[j] ?? 0) /
      Math.max(
        1,
        row.reduce((sum, n) => sum + n, 0),
      );
    cell.title = t('confusion.cell', {
      truth: classes[i] ?? '',
      predicted: classes[j] ?? '',
      count: row[j] ?? 0,
      share: format.percent(share),
    });
  };
  // One sentence, filled in cell by cell: translating each would cost more than the table.
  const sentence = links && t('confusion.link', { truth: '{0}', predicted: '{1}', total: '{2}' });
  const labelOf = (i: number, j: number, count: number): string =>
    (sentence ?? '')
      .replace('{0}', () => classes[i] ?? String(i))
      .replace('{1}', () => columns[j] ?? String(j))
      .replace('{2}', () => format.integer(count));
  const first = matrix.findIndex((row) => row.some((count) => count > 0));
  const stop = `${first},${matrix[first]?.findIndex((count) => count > 0)}`;
  return (
    <ScrollBox className={styles['scroll']} title={title}>
      <table className={styles['table']} data-size={size}>
        <caption className="visually-hidden">
          {title}. {t('confusion.reading')}
        </caption>
        <colgroup>
          <col className={styles['axisColumn']} />
          <col className={styles['nameColumn']} />
          {classes.map((name) => (
            <col key={name} />
          ))}
          <col className={styles['recallColumn']} />
        </colgroup>
        <thead>
          <tr>
            <td className={styles['corner']} colSpan={2} rowSpan={2}>
              <span className="visually-hidden">{t('confusion.reading')}</span>
            </td>
            <th className={styles['axis']} colSpan={classes.length} scope="colgroup">
              {t('confusion.predicted')}
            </th>
            <th className={styles['recall']} rowSpan={2} scope="col">
              {t('confusion.recall')}
            </th>
          </tr>
          <tr>
            {classes.map((name) => (
              <th key={name} scope="col" className={styles['column']}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody onPointerOver={explain}>
          {matrix.map((row, i) => {
            const total = row.reduce((sum, n) => sum + n, 0);
            const name = classes[i] ?? String(i);
            return (
              <tr key={name}>
                {i === 0 && (
                  <th className={styles['axisRow']} rowSpan={matrix.length} scope="rowgroup">
                    <span>{t('confusion.true')}</span>
                  </th>
                )}
                <th scope="row" className={styles['row']}>
                  {name}
                </th>
                {row.map((count, j) => {
                  const share = total === 0 ? 0 : count / total;
                  const style: CSSProperties & Record<'--share', string> = {
                    '--share': `${Math.round(share * 100)}%`,
                  };
                  return (
                    <td key={columns[j]} style={style} data-hit={i === j} data-cell={`${i},${j}`}>
                      {count === 0 && i !== j ? (
                        <span className={styles['zero']}>0</span>
                      ) : count > 0 && links ? (
                        <CellLink
                          href={`#${links(i, j)}`}
                          label={labelOf(i, j, count)}
                          stop={`${i},${j}` === stop}
                          text={format.integer(count)}
                        />
                      ) : (
                        format.integer(count)
                      )}
                    </td>
                  );
                })}
                <td className={styles['recall']}>
                  {total === 0 ? '–' : format.percent((row[i] ?? 0) / total)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}
