/** An address without a screen. */
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import styles from './shell.module.css';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <div className={styles['crash']}>
      <h1>{t('notFound.title')}</h1>
      <p>
        <Link to="/">{t('notFound.back')}</Link>
      </p>
    </div>
  );
}
