/**
 * While a run goes: another strategy, or options that cannot change in the middle of an epoch, from the next
 * epoch on.
 */
import { ArrowLeftRight, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sameStrategy, type StrategyChoice } from '../../../core/training/segments';
import { useRun } from '../../../state/run/run';
import { Button } from '../../../ui/controls/button';
import { useFormat } from '../../../ui/text/format';
import { StrategyChoiceFields } from '../../../ui/options/strategy-choice';
import styles from '../config/config-panel.module.css';
import { taskIds } from '../../../core/tasks/types';

export function StrategySwitch() {
  const { t } = useTranslation();
  const format = useFormat();
  const config = useRun((s) => (s.view?.live ? s.view.config : null));
  const next = useRun((s) => s.view?.nextStrategy ?? null);
  const done = useRun((s) => s.view?.epochs.at(-1)?.epoch ?? 0);
  const atBoundary = useRun(
    (s) =>
      s.view !== null &&
      s.view.lastStep?.step === (s.view.epochs.at(-1)?.step ?? -1) &&
      s.view.state === 'paused',
  );
  const switchStrategy = useRun((s) => s.switchStrategy);
  const [wanted, setWanted] = useState<StrategyChoice | null>(null);
  if (!config) return null;
  // Paused between two epochs, the next one is the one that begins with the next step.
  const epoch = done + (atBoundary ? 1 : 2);
  if (epoch > config.epochs && !next) return <p className={styles['remark']}>{t('change.last')}</p>;
  return (
    <div className={styles['switch']} role="group" aria-label={t('change.title')}>
      {next && (
        <div className={styles['pending']} role="status">
          <p>
            {t('change.pending', { epoch: format.integer(epoch), strategy: t(`strategy.${next.id}.name`) })}
          </p>
          <Button icon={<Undo2 />} onClick={() => void switchStrategy(null)}>
            {t('change.takeBack')}
          </Button>
        </div>
      )}
      {wanted === null ? (
        <Button icon={<ArrowLeftRight />} onClick={() => setWanted(next ?? config.strategy)}>
          {t('change.open')}
        </Button>
      ) : (
        <>
          <StrategyChoiceFields
            label={t('change.strategy')}
            value={wanted}
            tasks={taskIds(config)}
            onChange={setWanted}
          />
          <p className={styles['remark']}>
            {t('change.note', { epoch: format.integer(epoch) })}{' '}
            {config.monitor.of === 'strategy-total' ? t('change.total') : ''}
          </p>
          <div className={styles['pair']}>
            <Button
              tone="primary"
              disabled={sameStrategy(wanted, next ?? config.strategy)}
              onClick={() => {
                void switchStrategy(wanted);
                setWanted(null);
              }}
            >
              {t('change.ask')}
            </Button>
            <Button onClick={() => setWanted(null)}>{t('change.cancel')}</Button>
          </div>
        </>
      )}
    </div>
  );
}
