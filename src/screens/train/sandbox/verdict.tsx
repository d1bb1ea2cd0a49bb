/** In words: which task is pushed uphill, and at which loss and share of the losses its weight turns. */
import { useTranslation } from 'react-i18next';
import type { TaskId } from '../../../core/tasks/types';
import type { Sandbox } from '../../../core/weighting/sandbox';
import { strategy } from '../../../core/weighting/registry';
import { turningPoint } from '../../../core/weighting/turning-point';
import type { StrategyStep } from '../../../core/weighting/types';
import { useFormat } from '../../../ui/text/format';
import styles from './sandbox.module.css';
import { taskName } from '../../../ui/text/task-name';

export interface VerdictProps {
  readonly box: Sandbox;
  readonly weights: StrategyStep;
  readonly tasks: readonly TaskId[];
}

const CLOSE = 1e-9;

export function Verdict({ box, weights, tasks }: VerdictProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { nominal, effective } = weights;
  const uphill = tasks.filter((_, i) => (effective[i] ?? 0) < 0).map((task) => taskName(t, task));
  const alike = nominal.every(
    (weight, i) => Math.abs(weight - (effective[i] ?? 0)) <= CLOSE * Math.max(1, Math.abs(weight)),
  );
  const average = strategy(box.id).turns?.(box.options) === true;
  return (
    <div className={styles['verdict']} role="status">
      <p data-uphill={uphill.length > 0}>
        {uphill.length > 0
          ? t(alike ? 'sandbox.negative' : 'sandbox.uphill', { tasks: uphill.join(', ') })
          : alike
            ? t('sandbox.alike')
            : t('sandbox.downhill')}
      </p>
      {weights.fallback && <p>{t('gradients.madeUp', { what: t(`fallback.${weights.fallback}`) })}</p>}
      {tasks.length === 1 && <p>{t('formula.oneTask')}</p>}
      {average && (
        <>
          <p>{t('sandbox.whyTurns')}</p>
          <ul>
            {tasks.map((task, i) => {
              const turn = turningPoint(box.losses, i);
              const name = taskName(t, task);
              if (!turn) return <li key={task}>{t('sandbox.neverTurns', { task: name })}</li>;
              const values = {
                task: name,
                loss: format.fixed(turn.loss, 2),
                share: format.percent(turn.share, 1),
                now: format.percent(nominal[i], 1),
              };
              return (
                <li key={task}>
                  {(effective[i] ?? 0) < 0 ? t('sandbox.turned', values) : t('sandbox.turnsAt', values)}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
