/** The sweeps of the queue, each with what is done of it and the way to compare its runs. */
import { Scale } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { sweepsOf, type QueueItem } from '../../core/training/sweep';
import { useCompare } from '../../state/runs/compare';
import { Button } from '../../ui/controls/button';
import styles from './sweep-screen.module.css';

export function FinishedSweeps({ items }: { readonly items: readonly QueueItem[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const sweeps = sweepsOf(items).filter(({ runIds }) => runIds.length > 0);
  if (sweeps.length === 0) return null;
  const compare = (runIds: readonly string[], name: string): void => {
    useCompare.getState().compareOnly(runIds, name);
    void navigate('/compare');
  };
  return (
    <ul className={styles['sweeps']}>
      {sweeps.map(({ id, name, runIds, over, total }, i) => (
        <li key={id}>
          <span>{t('chosen.sweepDone', { name, done: over, total })}</span>
          <Button
            tone={over === total && i === sweeps.length - 1 ? 'primary' : 'plain'}
            icon={<Scale />}
            aria-label={sweeps.length > 1 ? t('chosen.sweepNamed', { name }) : undefined}
            onClick={() => compare(runIds, name)}
          >
            {t('chosen.sweep')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
