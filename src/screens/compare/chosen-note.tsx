/** That the screen is about chosen runs, and the way back to all of them. */
import { useTranslation } from 'react-i18next';
import { chosenRuns } from '../../core/compare/choice';
import { useCompare } from '../../state/runs/compare';
import { Button } from '../../ui/controls/button';
import styles from './compare-screen.module.css';

export function ChosenNote() {
  const { t } = useTranslation();
  const runs = useCompare((s) => s.runs);
  const { only, title } = useCompare((s) => s.choice);
  const compareOnly = useCompare((s) => s.compareOnly);
  if (only === null) return null;
  const {
    runs: { length: count },
    missing,
  } = chosenRuns(runs, only);
  return (
    <div className={styles['chosen']} role="status">
      <p>
        <b>{title ? t('chosen.aboutTitle', { count, title }) : t('chosen.about', { count })}</b>
        {missing > 0 && ` ${t('chosen.missing', { count: missing })}`}
      </p>
      <Button onClick={() => compareOnly(null)}>{t('chosen.all', { count: runs.length })}</Button>
    </div>
  );
}
