/** Which values of a column become which class, part, or are left out; folded away until it is opened. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mappedValue, type ColumnMapping } from '../../core/corpus/tables/mapping';
import type { ReportedColumn } from '../../core/corpus/tables/describe';
import { useFormat } from '../../ui/text/format';
import styles from './table-editor.module.css';

export interface TableValuesProps {
  readonly column: ReportedColumn;
  readonly mapped: ColumnMapping;
  /** @param name null: as if nothing stood there */
  readonly onChange: (value: string, name: string | null) => void;
}

/** Nothing for columns whose values are taken as they are. */
export function TableValues({ column, mapped, onChange }: TableValuesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { header, values, distinct } = column;
  const { role } = mapped;
  if (values.length === 0 || (role !== 'classes' && role !== 'split' && role !== 'filter')) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t(role === 'filter' ? 'tableEditor.kept' : 'tableEditor.become')}{' '}
        <span className="visually-hidden">{header}</span>
      </summary>
      {open && (
        <ul className={styles['values']}>
          {values.map(({ value, count }) => {
            const name = mappedValue(mapped, value);
            return (
              <li key={value}>
                {role === 'filter' ? (
                  <label className={styles['keep']}>
                    <input
                      type="checkbox"
                      checked={name !== null}
                      onChange={(event) => onChange(value, event.target.checked ? value : null)}
                    />
                    <code>{value}</code>
                  </label>
                ) : (
                  <>
                    <code>{value}</code>
                    <input
                      className={styles['control']}
                      type="text"
                      maxLength={64}
                      placeholder={t('tableEditor.leftOut')}
                      aria-label={t('tableEditor.becomesOf', { value, column: header })}
                      value={name ?? ''}
                      onChange={(event) =>
                        onChange(value, event.target.value === '' ? null : event.target.value)
                      }
                    />
                  </>
                )}
                <span className={styles['count']}>{format.integer(count)}</span>
              </li>
            );
          })}
          {distinct > values.length && <li>{t('tableEditor.more', { count: distinct - values.length })}</li>}
        </ul>
      )}
    </details>
  );
}
