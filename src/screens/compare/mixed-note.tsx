/**
 * Says that some of the recipes were not measured alike: what is marked as best is so only among those that
 * were.
 */
import { useTranslation } from 'react-i18next';
import { lettersOf, type Comparison } from './use-comparison';
import styles from './compare-screen.module.css';

export function MixedNote({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { groups } = comparison.alike;
  if (groups.length < 2) return null;
  return (
    <p className={styles['hint']}>
      {t('best.mixed', { groups: groups.map((members) => lettersOf(comparison, members)).join(' | ') })}
    </p>
  );
}
