/** What a run does differently from the published recipe: always in sight, nothing left out. */
import { useTranslation } from 'react-i18next';
import { deviations } from '../../core/paper/recipes';
import type { RunConfig } from '../../core/training/run-config';
import { lookup } from '../../ui/errors';
import styles from './paper-screen.module.css';

/** @param epochsDone of a run that is not over; one that early stopping ended did what the paper does */
export function Deviations({ config, epochsDone }: { readonly config: RunConfig; readonly epochsDone: number }) {
  const { t, i18n } = useTranslation();
  const found = deviations(config, epochsDone);
  return (
    <div className={styles['deviations']}>
      <p>{t('paper.differs')}</p>
      <ul>
        {found.map(({ name, paper, here }) => (
          <li key={name}>
            {lookup(i18n, `paper.settings.${name.replaceAll('.', '-')}`, {}, name)}: <b>{name === 'corpus' && here === 'demo' ? t('corpus.demo') : here}</b> {t('paper.insteadOf', { paper })}
          </li>
        ))}
      </ul>
    </div>
  );
}
