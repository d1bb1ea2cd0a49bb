/**
 * The workbench: configuration at the left, transport on top, the run's losses, weights, scores and
 * confusions, and its log.
 */
import { SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRun } from '../../state/run/run';
import { Button } from '../../ui/controls/button';
import { ChartCaption } from '../../ui/charts/caption';
import { ErrorNote } from '../../ui/controls/error-note';
import { Announcements } from './live/announcements';
import { ChannelStrip } from './live/channel-strip';
import { ConfigPanel } from './config/config-panel';
import { ConfusionSection } from './live/confusion-section';
import { EventLog } from './live/event-log';
import { Impractical } from './config/forecast-note';
import { GradientSection } from './live/gradient-section';
import { LossSection } from './live/loss-section';
import { DriftNote } from './config/monitor-note';
import { ParentNote } from './live/parent-overlay';
import { RunMarks } from './live/run-marks';
import { ScoreSection } from './live/score-section';
import { useRunCaption } from './live/run-caption';
import { Starting } from './transport/starting';
import { TestSection } from './live/test-section';
import { Transport } from './transport/transport';
import { useTransport } from './transport/use-transport';
import { WeightSection } from './live/weight-section';
import styles from './train-screen.module.css';

/** Space and `.` drive the run, unless the focus is on something that uses them itself. */
function useKeys(toggle: () => void, step: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement | null;
      const busy = target?.closest(
        'input, textarea, select, button, a, summary, [role="combobox"], [role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]',
      );
      if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === ' ') {
        event.preventDefault();
        toggle();
      } else if (event.key === '.') step();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [toggle, step]);
}

export function TrainScreen() {
  const { t } = useTranslation();
  const transport = useTransport();
  const { toggle, step } = transport;
  useKeys(toggle, step);
  const [showConfig, setShowConfig] = useState(false);
  const shown = useRun((s) => s.view !== null);
  const error = useRun((s) => s.error);
  const runError = useRun((s) => s.view?.error ?? null);
  const dismiss = useRun((s) => s.dismissError);
  const caption = useRunCaption();
  return (
    <div className={styles['screen']}>
      <h1 className="visually-hidden">{t('train.title')}</h1>
      <Transport transport={transport} />
      <Announcements />
      <aside className={styles['side']} aria-label={t('config.title')} data-open={showConfig}>
        <Button
          className={styles['sideToggle']}
          icon={<SlidersHorizontal />}
          aria-expanded={showConfig}
          onClick={() => setShowConfig(!showConfig)}
        >
          {showConfig ? t('config.hide') : t('config.show')}
        </Button>
        <div className={styles['sideBody']}>
          <ConfigPanel />
        </div>
      </aside>
      <div className={styles['work']}>
        {error && error.code !== runError?.code && (
          <ErrorNote
            error={error}
            onDismiss={dismiss}
            actions={
              ['corpus-not-open', 'folder-closed', 'folder-gone'].includes(error.code) ? (
                <Link to="/">{t('data.toStart')}</Link>
              ) : undefined
            }
          />
        )}
        {runError && (
          <ErrorNote
            error={runError}
            actions={
              transport.continueRun && (
                <Button onClick={transport.continueRun}>{t('transport.continue')}</Button>
              )
            }
          />
        )}
        <Impractical />
        <Starting />
        <ChartCaption value={caption}>
          <ChannelStrip />
          <ParentNote />
          <DriftNote />
          <RunMarks>
            <LossSection />
            <WeightSection />
            <RunMarks instruments>
              <GradientSection />
            </RunMarks>
            <ScoreSection />
          </RunMarks>
          <TestSection />
          {shown && <ConfusionSection />}
          <EventLog />
        </ChartCaption>
      </div>
    </div>
  );
}
