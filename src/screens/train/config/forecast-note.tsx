/**
 * Before Play: how long the configured run will take here, and a warning with a way out where nobody would
 * wait for it.
 */
import { Gauge } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isImpractical } from '../../../core/training/memory/forecast';
import type { RunConfig } from '../../../core/config/run-config';
import { useDraft } from '../../../state/draft';
import { useRun } from '../../../state/run/run';
import { Button } from '../../../ui/controls/button';
import { useFormat } from '../../../ui/text/format';
import styles from './memory-plan.module.css';
import { useForecast, useStepTime } from '../transport/use-forecast';

/** One line among the numbers of the configuration. */
export function ForecastNote({ config }: { readonly config: RunConfig }) {
  const { t } = useTranslation();
  const format = useFormat();
  const stepTime = useStepTime();
  const told = useForecast(config);
  if (!told) return null;
  const step = stepTime(told.secondsPerStep);
  return (
    <p className={styles['note']} data-testid="forecast">
      {told.seconds === null
        ? t('forecast.stepOnly', { step })
        : t('forecast.both', { step, all: format.duration(told.seconds) })}{' '}
      {t(`forecast.from.${told.from}`)}
    </p>
  );
}

/** Above the charts, until a run goes. */
export function Impractical() {
  const { t } = useTranslation();
  const format = useFormat();
  const stepTime = useStepTime();
  const draft = useDraft((s) => s.config);
  const busy = useRun((s) => s.trained?.live === true || s.starting !== null);
  const told = useForecast(draft);
  if (busy || !told || !isImpractical(told)) return null;
  const values = { step: stepTime(told.secondsPerStep), backend: t(`backend.${told.backend as 'wasm'}`) };
  return (
    <section className={styles['impractical']} aria-label={t('forecast.title')}>
      <p>
        <b>
          {told.seconds === null
            ? t('forecast.warnStep', values)
            : t('forecast.warn', { ...values, all: format.duration(told.seconds) })}
        </b>{' '}
        {t('forecast.advice')}
      </p>
      <p className={styles['note']}>{t(`forecast.from.${told.from}`)}</p>
      <Button icon={<Gauge />} onClick={() => useDraft.getState().usePreset('compact')}>
        {t('forecast.compact')}
      </Button>
    </section>
  );
}
