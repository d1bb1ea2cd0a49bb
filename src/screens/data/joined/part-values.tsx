/** Which of one part's labels becomes which shared class; folded until it is opened. */
import { useTranslation } from 'react-i18next';
import { adapterOf } from '../../../core/corpus/adapters/registry';
import type { ClassMap, JoinedPart } from '../../../core/corpus/joined/joined';
import { countClasses } from '../../../core/corpus/joined/mapping';
import { useClassName } from '../../../ui/class-names';
import { useFormat } from '../../../ui/text/format';
import styles from './part-values.module.css';

export interface PartValuesProps {
  readonly part: JoinedPart;
  readonly classOf: ClassMap;
  /** That may be chosen. */
  readonly classes: readonly string[];
  /** Its folder is not connected. */
  readonly closed: boolean;
  readonly onChange: (classOf: ClassMap) => void;
}

export function PartValues({ part, classOf, classes, closed, onChange }: PartValuesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const className = useClassName();
  const { name, origin, values, sample } = part;
  const { leftOut } = countClasses({ classOf, values });
  const title = origin.kind === 'demo' ? t('join.demo', { seed: origin.seed }) : origin.name;
  const set = (value: string, next: string): void => {
    const { [value]: _before, ...others } = classOf;
    onChange(next === '' ? others : { ...others, [value]: next });
  };
  return (
    <details className={styles['part']}>
      <summary>
        <code>{name}</code> {title} ({adapterOf(part).name}) · {t('join.leftOut', { count: leftOut })}
        {sample && ` · ${t('join.sampled', { of: format.integer(sample.of) })}`}
        {closed && ` · ${t('join.closed')}`}
      </summary>
      <ul>
        {Object.entries(values).map(([value, count]) => (
          <li key={value}>
            <code>{value === '' ? t('join.noLabel') : value}</code>
            {value === '' ? (
              <span>{t('data.leftOut')}</span>
            ) : (
              <select
                aria-label={t('join.becomes', { value, part: name })}
                value={classOf[value] ?? ''}
                onChange={(event) => set(value, event.target.value)}
              >
                <option value="">{t('data.leftOut')}</option>
                {classes.map((one) => (
                  <option key={one} value={one}>
                    {className(one)}
                  </option>
                ))}
              </select>
            )}
            <span className={styles['count']}>{format.integer(count)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
