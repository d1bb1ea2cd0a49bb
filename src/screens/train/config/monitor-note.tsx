/**
 * What to know of the monitored value before the run, and during it: a strategy's total may say little of the
 * losses.
 */
import { apartOf } from '../../../core/splits/registry';
import { Sigma } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { monitorInForce, sumOfLosses } from '../../../core/training/monitor/monitor';
import type { RunConfig } from '../../../core/config/run-config';
import {
  DRIFT_EPOCHS,
  driftAfter,
  NO_DRIFT,
  totalMisleads,
} from '../../../core/training/monitor/total-monitor';
import { withLoss, type TaskCheck } from '../../../core/tasks/metrics/measurable';
import { labelKey } from '../../../core/tasks/levels';
import { taskIds } from '../../../core/tasks/types';
import { useDraft } from '../../../state/draft';
import { useTaskChecks } from '../../../state/corpus/task-checks';
import type { RunView } from '../../../state/types';
import { Button } from '../../../ui/controls/button';
import { useLiveView } from '../live/live';
import styles from './config-panel.module.css';
import screen from '../train-screen.module.css';

const useSum = (): void => useDraft.getState().set({ monitor: { of: 'sum-of-task-losses' } });

const NO_SUCH_COLUMN: TaskCheck = { unmeasurable: 'unlabelled', unseen: [], leftOut: 0 };

export function MonitorNote({
  config,
  disabled,
}: {
  readonly config: RunConfig;
  readonly disabled: boolean;
}) {
  const { t } = useTranslation();
  const preset = useDraft((s) => s.preset);
  const checks = useTaskChecks(config);
  const { monitor } = config;
  if (monitor.of === 'sum-of-task-losses') return null;
  const needed = config.tasks.filter(({ id }) => monitor.of !== 'task' || monitor.task === id);
  const lacking = checks
    ? monitorInForce(
        monitor,
        config.tasks.map((task) => withLoss(checks[labelKey(task)] ?? NO_SUCH_COLUMN, task)),
        taskIds(config),
      ) !== monitor
    : needed.some(({ column }) => apartOf(config.split).includes(column));
  const misleading = monitor.of === 'strategy-total' ? totalMisleads(config.strategy.id) : null;
  return (
    <>
      {preset === 'paper' && monitor.of === 'strategy-total' && (
        <p className={styles['remark']}>{t('monitoring.published')}</p>
      )}
      {lacking && (
        <p className={styles['remark']} role="note">
          {t(monitor.of === 'task' ? 'monitoring.taskReplaced' : 'monitoring.replaced')}
        </p>
      )}
      {!lacking && misleading && (
        <div className={styles['note']} role="note">
          <p>{t(`monitoring.misleading.${misleading}`)}</p>
          {!disabled && (
            <Button icon={<Sigma />} onClick={useSum}>
              {t('monitoring.use')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** So many of the latest epochs were the best by the total alone; 0 where that is not worth a word. */
function readDrift(view: RunView | null): number {
  if (!view || view.config.monitor.of !== 'strategy-total') return 0;
  const { epochs } = view.epochs.reduce(
    (drift, { best, validation }) => driftAfter(drift, best, sumOfLosses(validation)),
    NO_DRIFT,
  );
  return epochs >= DRIFT_EPOCHS ? epochs : 0;
}

/** Over the charts of a run whose total keeps falling while its losses do not. */
export function DriftNote() {
  const { t } = useTranslation();
  const count = useLiveView(readDrift);
  const set = useDraft((s) => s.config.monitor.of === 'sum-of-task-losses');
  if (count === 0) return null;
  return (
    <div className={screen['origin']} role="note">
      <p>{t('monitoring.drift', { count })}</p>
      {!set && (
        <Button icon={<Sigma />} onClick={useSum}>
          {t('monitoring.next')}
        </Button>
      )}
    </div>
  );
}
