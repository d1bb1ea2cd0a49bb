/** Between pressing Play and the first step: what is under way, how far it is, and a way out. */
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCorpus } from '../../../state/corpus/corpus';
import { useFeatures } from '../../../state/corpus/features';
import { useRun } from '../../../state/run/run';
import { Button } from '../../../ui/controls/button';
import { useFormat } from '../../../ui/text/format';
import { ProgressBar } from '../../../ui/controls/panel';
import styles from '../train-screen.module.css';

const PHASES = ['corpus', 'features', 'engine'] as const;

export function Starting() {
  const { t } = useTranslation();
  const format = useFormat();
  const starting = useRun((s) => s.starting);
  const corpus = useCorpus((s) => s.progress);
  const features = useFeatures((s) => s.progress);
  const tuning = useRun((s) => s.tuning);
  if (!starting) return null;
  const progress = starting === 'corpus' ? corpus : starting === 'features' ? features : null;
  const bar = progress ?? tuning;
  const cancel =
    starting === 'corpus'
      ? useCorpus.getState().cancel
      : starting === 'features'
        ? useFeatures.getState().cancel
        : null;
  return (
    <section className={styles['starting']} aria-label={t('starting.title')}>
      <ol className={styles['phases']}>
        {PHASES.map((phase) => (
          <li
            key={phase}
            data-state={
              phase === starting ? 'now' : PHASES.indexOf(phase) < PHASES.indexOf(starting) ? 'done' : 'later'
            }
            aria-current={phase === starting ? 'step' : undefined}
          >
            {t(`starting.${phase}`)}
          </li>
        ))}
      </ol>
      <ProgressBar label={t(`starting.${starting}`)} value={bar?.done ?? 0} max={bar?.total ?? 1} />
      <div className={styles['startingFoot']}>
        <p role="status">
          {progress
            ? t('data.progressOf', {
                done: format.integer(progress.done),
                total: format.integer(progress.total),
              })
            : tuning
              ? t('starting.tuning', {
                  done: format.integer(tuning.done),
                  total: format.integer(tuning.total),
                  kernel: tuning.kernel,
                })
              : t('starting.wait')}
          {starting === 'features' && features?.pace
            ? ` · ${t('features.pace', { rate: format.significant(features.pace.perSecond, 2), eta: format.duration(features.pace.etaSeconds) })}`
            : ''}
        </p>
        {cancel && (
          <Button tone="quiet" icon={<X />} onClick={cancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </section>
  );
}
