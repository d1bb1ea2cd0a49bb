/**
 * What is measured: extent, backends, a name for the machine; and the button, with the progress in its place
 * while it goes.
 */
import { Gauge, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Preset } from '../../core/bench/cases';
import type { BackendReport } from '../../core/training/events';
import { useBackends } from '../../state/machine/backends';
import { isWanted, useBench } from '../../state/machine/bench';
import { useRun } from '../../state/run/run';
import { Button } from '../../ui/controls/button';
import { reportDetail } from '../../ui/text/errors';
import { Segments, SwitchField, TextField } from '../../ui/controls/fields';
import { Panel, ProgressBar } from '../../ui/controls/panel';
import { useCaseText } from './case-text';
import styles from './bench-screen.module.css';

const PRESETS: readonly Preset[] = ['quick', 'full'];

export function Setup() {
  const { t } = useTranslation();
  const { status, preset, wanted, machine, lines, choose, run } = useBench();
  const reports = useBackends((s) => s.reports);
  const training = useRun((s) => s.trained?.live === true || s.starting !== null);
  const running = status === 'running';
  const nothing = reports.length > 0 && !reports.some((report) => isWanted(report, wanted));
  return (
    <Panel title={t('bench.setup')}>
      <div className={styles['setup']}>
        <fieldset className={styles['extent']} disabled={running}>
          <Segments
            label={t('bench.preset')}
            value={preset}
            onChange={(next) => choose({ preset: next })}
            options={PRESETS.map((value) => ({ value, label: t(`bench.${value}`) }))}
          />
          <p className={styles['hint']}>{t(`bench.extent.${preset}`)}</p>
        </fieldset>
        <fieldset className={styles['backends']} disabled={running}>
          <legend className="visually-hidden">{t('bench.backends')}</legend>
          {reports.map((report) => (
            <BackendSwitch key={report.id} report={report} disabled={running} />
          ))}
        </fieldset>
        <TextField
          label={t('bench.machine')}
          hint={t('bench.machineHint')}
          placeholder={t('bench.machinePlaceholder')}
          maxLength={80}
          disabled={running}
          value={machine}
          onChange={(next) => choose({ machine: next })}
        />
      </div>
      {reports.some(({ id, available }) => id === 'webgpu' && !available) && (
        <p className={styles['gpu']}>{t('bench.noAdapter')}</p>
      )}
      {running ? (
        <Progress />
      ) : (
        <div className={styles['start']}>
          <Button tone="primary" icon={<Gauge />} disabled={training || nothing} onClick={() => void run()}>
            {t(lines.length > 0 ? 'bench.again' : 'bench.run')}
          </Button>
          <p className={styles['hint']}>
            {t(training ? 'bench.live' : nothing ? 'bench.nothing' : 'bench.rest')}
          </p>
        </div>
      )}
    </Panel>
  );
}

function BackendSwitch({ report, disabled }: { readonly report: BackendReport; readonly disabled: boolean }) {
  const { t, i18n } = useTranslation();
  const { id, available, software } = report;
  const { wanted, choose } = useBench();
  const limited = id === 'cpu' ? t('bench.smallest') : software ? t('bench.softwareSmall') : '';
  return (
    <SwitchField
      label={t(`backend.${id}`)}
      hint={[
        available && id === 'cpu'
          ? ''
          : id === 'wasm' && available
            ? t('backendDetail.one-thread')
            : reportDetail(i18n, report),
        available ? limited : '',
      ]
        .filter(Boolean)
        .join(' · ')}
      checked={isWanted(report, wanted)}
      disabled={disabled || !available}
      onChange={(on) => choose({ wanted: { ...wanted, [id]: on } })}
    />
  );
}

function Progress() {
  const { t } = useTranslation();
  const progress = useBench((s) => s.progress);
  const cancel = useBench((s) => s.cancel);
  const caseText = useCaseText();
  const name = progress
    ? [caseText(progress.current).name, caseText(progress.current).note.split(';')[0]].join(', ')
    : '';
  return (
    <div className={styles['progress']}>
      <ProgressBar label={t('bench.progress')} value={progress?.done ?? 0} max={progress?.total ?? 1} />
      <div className={styles['start']}>
        <Button icon={<Square />} onClick={cancel}>
          {t('bench.cancel')}
        </Button>
        <p className={styles['hint']} role="status">
          {progress
            ? t('bench.now', {
                done: progress.done,
                total: progress.total,
                backend: t(`backend.${progress.backend}`),
                name,
              })
            : t('bench.begin')}
        </p>
      </div>
    </div>
  );
}
