/** Links to the tabs of the Data screen. Each is an address, so that Back and a bookmark lead to it. */
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { TABS } from './tabs';
import styles from './tab-bar.module.css';

export function TabBar() {
  const { t } = useTranslation();
  if (TABS.length < 2) return null;
  return (
    <nav className={styles['tabs']} aria-label={t('data.tabs.title')}>
      {TABS.map(({ id }, index) => (
        <NavLink key={id} to={index === 0 ? '/data' : `/data/${id}`} end className={styles['tab'] ?? ''}>
          {t(`data.tabs.${id}`)}
        </NavLink>
      ))}
    </nav>
  );
}
