/** What a run does differently from the published configuration: always in sight, nothing left out. */
import { useTranslation } from 'react-i18next';
import { deviations } from '../../core/paper/paper-models';
import type { RunConfig } from '../../core/config/run-config';
import { useFormat } from '../../ui/text/format';
import { settingName, settingValue } from '../../ui/text/setting-names';
import styles from './paper-screen.module.css';

/** @param epochsDone of a run that is not over; one that early stopping ended did what the paper does */
export function Deviations({
  config,
  epochsDone,
}: {
  readonly config: RunConfig;
  readonly epochsDone: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = deviations(config, epochsDone);
  return (
    <div className={styles['deviations']}>
      <p>{t('paper.differs')}</p>
      <ul>
        {found.map(({ name, paper, here }) => (
          <li key={name}>
            {settingName(t, name)}:{' '}
            <b>
              {name === 'corpus'
                ? here === 'demo'
                  ? t('corpus.demo')
                  : here
                : settingValue(t, format, name, here)}
            </b>{' '}
            {t('paper.insteadOf', {
              paper: name === 'corpus' ? paper : settingValue(t, format, name, paper),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
