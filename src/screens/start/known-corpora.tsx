/** Every corpus that is recognised by itself, and a name that it is recognised by; folded until it is asked for. */
import { useTranslation } from 'react-i18next';
import { ADAPTERS } from '../../core/corpus/adapters/registry';
import styles from './start-screen.module.css';

const KNOWN = ADAPTERS.filter(({ builtIn }) => !builtIn);

export function KnownCorpora() {
  const { t } = useTranslation();
  return (
    <details className={styles['known']}>
      <summary>{t('start.known', { count: KNOWN.length })}</summary>
      <p>{t('start.knownBy')}</p>
      <dl>
        {KNOWN.map(({ id, name, lookedFor }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>{lookedFor}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
