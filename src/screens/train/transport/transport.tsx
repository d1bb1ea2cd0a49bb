/** The bar on top: the four buttons, how far the run is and how fast, and where it can be taken up again. */
import { ArrowLeft, GitFork, Pause, Play, RotateCcw, Square, StepForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MAX_TRIES } from '../../../core/training/recovery';
import { useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { Button } from '../../../ui/controls/button';
import { useFormat } from '../../../ui/text/format';
import { ProgressBar, Readout, Readouts } from '../../../ui/controls/panel';
import { Asked } from './asked';
import { useLiveView } from '../live/live';
import { PaceSwitch } from './pace-switch';
import { useForecast } from './use-forecast';
import type { TransportActions } from './use-transport';
import styles from './transport.module.css';

export function Transport({ transport }: { readonly transport: TransportActions }) {
  const { t } = useTranslation();
  const { continueRun, continues, fork, follow } = transport;
  const plays = !continues && !follow;
  const other = useRun((s) => (follow ? (s.trained?.name ?? null) : null));
  return (
    <section className={styles['bar']} aria-label={t('transport.title')}>
      <div className={styles['buttons']}>
        <Button
          tone={plays && !transport.canPause ? 'primary' : 'plain'}
          icon={<Play />}
          disabled={!transport.canPlay}
          onClick={transport.play}
          {...(plays ? { 'aria-keyshortcuts': 'Space' } : {})}
        >
          {t('transport.play')}
        </Button>
        <Button
          icon={<Pause />}
          disabled={!transport.canPause}
          onClick={transport.pause}
          aria-keyshortcuts="Space"
        >
          {t('transport.pause')}
        </Button>
        <Button
          icon={<StepForward />}
          disabled={!transport.canStep}
          onClick={transport.step}
          aria-keyshortcuts="."
        >
          {t('transport.step')}
        </Button>
        <Button icon={<Square />} disabled={!transport.canStop} onClick={transport.stop}>
          {t('transport.stop')}
        </Button>
        {continueRun && (
          <Button
            tone={continues ? 'primary' : 'plain'}
            icon={<RotateCcw />}
            onClick={continueRun}
            {...(continues ? { 'aria-keyshortcuts': 'Space' } : {})}
          >
            {t('transport.continue')}
          </Button>
        )}
        {follow && (
          <Button tone="primary" icon={<ArrowLeft />} onClick={follow} aria-keyshortcuts="Space">
            {t('looking.back')}
          </Button>
        )}
        <Button className={styles['fork']} icon={<GitFork />} disabled={!fork} onClick={fork ?? undefined}>
          {t('fork.button')}
        </Button>
        <PaceSwitch />
      </div>
      <Position />
      {other !== null && <p className={styles['asked']}>{t('looking.only', { name: other })}</p>}
      <Asked />
    </section>
  );
}

/** What the readouts show; a new object only when something differs would be wasted care at four a second. */
const read = (view: RunView | null) =>
  view && {
    name: view.name,
    state: view.state,
    live: view.live,
    step: view.lastStep?.step ?? 0,
    stepsPerEpoch: view.stepsPerEpoch,
    config: view.config,
    // The one under way, also of a run that was stopped in the middle of it.
    epoch: Math.max(view.epochs.at(-1)?.epoch ?? 0, view.lastStep?.epoch ?? 0, view.live ? 1 : 0),
    epochsDone: view.epochs.at(-1)?.epoch ?? 0,
    epochs: view.config.epochs,
    perSecond: view.stepsPerSecond,
    eta: view.etaSeconds,
    asked: view.asked,
    recoveries: view.recoveries,
    recovering: view.recovering,
    memory: view.memory,
    checkpoint: view.checkpoints.last,
    best: view.checkpoints.best,
    backend: view.backend,
  };

type Shown = NonNullable<ReturnType<typeof read>>;

function Position() {
  const { t } = useTranslation();
  const format = useFormat();
  const view = useLiveView(read);
  const id = useRun((s) => s.view?.id ?? null);
  if (!view || id === null)
    return (
      <p className={styles['none']}>
        {t('transport.none')} <Link to="/runs">{t('transport.stored')}</Link>
      </p>
    );
  const inEpoch = view.stepsPerEpoch > 0 ? view.step - view.epochsDone * view.stepsPerEpoch : 0;
  const { software, threads } = view.backend ?? {};
  const unit = software
    ? t('backend.software')
    : threads && threads.used > 1
      ? t('backend.threads', { threads: threads.used })
      : null;
  const total = view.stepsPerEpoch * view.epochs;
  /** A count grows up to its total: that wide it is from the beginning. */
  const of = (value: number): string =>
    `${format.integer(value)} ${t('transport.of', { total: format.integer(value) })}`;
  return (
    <>
      <div className={styles['run']}>
        <p className={styles['name']} title={view.name}>
          {view.name}
        </p>
        <p className={styles['state']} data-state={view.state} data-live={view.live} role="status">
          {view.recovering !== null
            ? t('transport.recovering', { attempt: view.recovering, of: MAX_TRIES })
            : view.asked && view.state === 'running'
              ? t(view.asked === 'stop' ? 'asked.stopping' : 'asked.pausing')
              : t(`runState.${view.state}`)}
        </p>
      </div>
      <div className={styles['figures']}>
        <Readouts label={t('transport.figures')}>
          <Readout
            label={t('transport.epoch')}
            value={format.integer(view.epoch)}
            unit={t('transport.of', { total: format.integer(view.epochs) })}
            widest={of(view.epochs)}
          />
          <Readout
            label={t('transport.stepCount')}
            value={format.integer(view.step)}
            widest={of(Math.max(total, view.step))}
            {...(total > 0 ? { unit: t('transport.of', { total: format.integer(total) }) } : {})}
          />
          <Speed view={view} />
          <Readout
            label={t('transport.memory')}
            value={view.memory ? format.bytes(view.memory.bytes) : '–'}
            widest={format.bytes(888e6)}
            {...(view.memory ? { title: t('transport.tensors', { count: view.memory.tensors }) } : {})}
          />
          <Readout
            label={t('transport.checkpoint')}
            value={
              view.checkpoint ? t('transport.atStep', { step: format.integer(view.checkpoint.step) }) : '–'
            }
            widest={t('transport.atStep', { step: format.integer(Math.max(total, view.step)) })}
            {...(view.best
              ? { title: t('transport.bestAt', { epoch: format.integer(view.best.epoch) }) }
              : {})}
          />
          {view.recoveries > 0 && (
            <Readout
              label={t('transport.recovered')}
              value={t('transport.times', { count: view.recoveries })}
            />
          )}
          <Readout
            label={t('transport.backend')}
            value={view.backend ? t(`backend.short.${view.backend.id as 'wasm'}`) : '–'}
            {...(unit ? { unit } : {})}
          />
        </Readouts>
      </div>
      <div className={styles['progress']}>
        <ProgressBar
          label={t('transport.runProgress')}
          value={view.stepsPerEpoch > 0 ? view.step : view.epochsDone}
          max={view.stepsPerEpoch > 0 ? view.stepsPerEpoch * view.epochs : view.epochs}
        />
        {view.live && (
          <ProgressBar label={t('transport.epochProgress')} value={inEpoch} max={view.stepsPerEpoch} />
        )}
      </div>
    </>
  );
}

/**
 * Steps a second, or seconds a step where that is the larger number; before the first step what was forecast.
 */
function Speed({ view: { live, step, perSecond, eta, config } }: { readonly view: Shown }) {
  const { t } = useTranslation();
  const format = useFormat();
  const told = useForecast(config);
  const foreseen = live && perSecond === 0 && told ? told : null;
  const rate = foreseen ? 1 / foreseen.secondsPerStep : live ? perSecond : 0;
  const slow = rate > 0 && rate < 1;
  const number = slow
    ? rate < 0.1
      ? format.integer(1 / rate)
      : format.fixed(1 / rate, 1)
    : rate > 0
      ? format.fixed(rate, rate < 10 ? 1 : 0)
      : '–';
  const left =
    foreseen && foreseen.seconds !== null && step === 0
      ? t('units.about', { value: format.duration(foreseen.seconds) })
      : live
        ? format.duration(eta)
        : '–';
  return (
    <>
      <Readout
        label={t('transport.speed')}
        value={foreseen ? t('units.about', { value: number }) : number}
        unit={t(slow ? 'units.secondsPerStep' : 'units.stepsPerSecond')}
        widest={`${t('units.about', { value: format.integer(88) })} ${t('units.stepsPerSecond')}`}
      />
      <Readout
        label={t('transport.eta')}
        value={left}
        widest={t('units.about', { value: format.duration(36_000) })}
      />
    </>
  );
}
