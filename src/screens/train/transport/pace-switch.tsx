/** Slow motion: how many steps a second the trainer may take, so that the formula can be followed. */
import { Gauge } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../../state/run/run';
import { Segments } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import styles from './transport.module.css';

/** Steps a second. */
const PACES = [0.5, 1, 2, 5] as const;
const FULL = 'full';

export function PaceSwitch() {
  const { t } = useTranslation();
  const format = useFormat();
  const pace = useRun((s) => s.pace);
  const setPace = useRun((s) => s.setPace);
  return (
    <div className={styles['pace']} title={t('pace.hint')}>
      <Gauge aria-hidden="true" />
      <Segments
        label={`${t('pace.label')}, ${t('units.stepsPerSecond')}`}
        value={pace === null ? FULL : String(pace)}
        onChange={(next) => void setPace(next === FULL ? null : Number(next))}
        options={[
          ...PACES.map((value) => ({ value: String(value), label: format.significant(value) })),
          { value: FULL, label: t('pace.full') },
        ]}
      />
      <span aria-hidden="true">{t('units.stepsPerSecond')}</span>
    </div>
  );
}
