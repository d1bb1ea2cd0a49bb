/** Which columns the list has. */
import { Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UtteranceColumn } from '../../../core/compare/utterance-columns';
import { useUtterances } from '../../../state/corpus/utterances';
import { Button } from '../../../ui/controls/button';
import { Popup } from '../../../ui/controls/overlay';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import { useListWords } from './words';
import styles from './utterances.module.css';

export function ColumnChoice({
  columns,
  shown,
}: {
  readonly columns: readonly UtteranceColumn[];
  readonly shown: readonly string[];
}) {
  const { t } = useTranslation();
  const words = useListWords();
  const choose = useUtterances((s) => s.choose);
  const toggle = (id: string): void => {
    const next = columns
      .filter((column) => (column.id === id) !== shown.includes(column.id))
      .map((column) => column.id);
    // A list without a column would be none.
    if (next.length > 0) choose({ columns: next });
  };
  return (
    <Popup
      title={t('utterances.columns')}
      trigger={<Button icon={<Columns3 />}>{t('utterances.columns')}</Button>}
    >
      <div className={styles['menu']}>
        <ScrollBox className={styles['values']} title={t('utterances.columns')}>
          <ul>
            {columns.map((column) => (
              <li key={column.id}>
                <label className={styles['value']}>
                  <input
                    type="checkbox"
                    checked={shown.includes(column.id)}
                    onChange={() => toggle(column.id)}
                  />
                  <span>{words.name(column)}</span>
                  <code className={styles['count']}>{column.id}</code>
                </label>
              </li>
            ))}
          </ul>
        </ScrollBox>
        <div className={styles['menuEnd']}>
          <Button onClick={() => choose({ columns: null })}>{t('utterances.usualColumns')}</Button>
        </div>
      </div>
    </Popup>
  );
}
