/**
 * While a long step keeps Stop or Pause waiting: how long it may still take, and the choice not to wait.
 * Short steps never show it.
 */
import { Play, Zap } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { Button } from '../../../ui/controls/button';
import { useFormat } from '../../../ui/text/format';
import styles from './transport.module.css';

/** Before that nobody needs to be told. */
const PATIENCE_MS = 700;
const CLOCK_MS = 1000;

/** All training batches of the epoch are done, and its scores are not there yet. */
const validating = ({ lastStep, stepsPerEpoch, epochs }: RunView): boolean =>
  lastStep !== null &&
  stepsPerEpoch > 0 &&
  lastStep.step % stepsPerEpoch === 0 &&
  epochs.at(-1)?.step !== lastStep.step;

export function Asked() {
  const asked = useRun((s) =>
    s.trained?.live && s.view?.id === s.trained.id && s.trained.state === 'running' ? s.trained.asked : null,
  );
  return asked && <Waiting key={asked} asked={asked} />;
}

function Waiting({ asked }: { readonly asked: 'pause' | 'stop' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    const tell = (): void => setNow(performance.now());
    const patience = setTimeout(tell, PATIENCE_MS);
    const clock = setInterval(tell, CLOCK_MS);
    return () => {
      clearTimeout(patience);
      clearInterval(clock);
    };
  }, []);
  const trained = useRun((s) => s.trained);
  if (now === null || !trained) return null;
  const { lastStep, steppedAt, checkpoints } = trained;
  const left = lastStep && steppedAt !== null ? (lastStep.ms - (now - steppedAt)) / 1000 : 0;
  const text = validating(trained)
    ? t(`asked.${asked}Validation`)
    : left >= 1
      ? t(`asked.${asked}About`, { time: format.duration(left) })
      : t(`asked.${asked}`);
  const lost = 1 + (lastStep?.step ?? 0) - (checkpoints.last?.step ?? 0);
  return (
    <div className={styles['asked']}>
      <p aria-live="polite">{text}</p>
      <Button icon={<Play />} onClick={() => void useRun.getState().play()}>
        {t('asked.keep')}
      </Button>
      <Button tone="danger" icon={<Zap />} onClick={() => void useRun.getState().endNow()}>
        {checkpoints.last ? t('asked.endNow', { count: lost }) : t('asked.endNowAll')}
      </Button>
    </div>
  );
}
