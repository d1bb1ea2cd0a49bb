/** One utterance heard and seen: its waveform and spectrogram with a cursor, and what a model is shown of it. */
import { Pause, Play, PlugZap, Repeat } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CorpusManifest, Utterance } from '../../../core/corpus/types';
import type { HeardUtterance } from '../../../core/protocol/contracts/corpus';
import { useCorpus } from '../../../state/corpus/corpus';
import { useListening } from '../../../state/corpus/listening';
import { useDraft } from '../../../state/draft';
import { Button } from '../../../ui/controls/button';
import { ErrorNote } from '../../../ui/controls/error-note';
import { SelectField } from '../../../ui/controls/fields';
import { GreyPicture } from '../../../ui/controls/grey-picture';
import { Panel, Readout, Readouts } from '../../../ui/controls/panel';
import { useFormat } from '../../../ui/text/format';
import { AugmentPanel } from '../augment-panel';
import { RATES, usePlayback, type Rate } from './playback';
import { Seek } from './seek';
import { Waveform } from './waveform';
import styles from './utterances.module.css';

export interface PlayerProps {
  readonly manifest: CorpusManifest;
  readonly utterance: Utterance | null;
  /** Another number than before: it is to be played at once; 0: it is not. */
  readonly play: number;
}

export function Player({ manifest, utterance, play }: PlayerProps) {
  const { t } = useTranslation();
  const { busy, error, heard, listen, stop } = useListening();
  const listened = useListening((s) => s.utterance);
  const connected = useCorpus((s) => s.connected);
  const choice = useCorpus((s) => s.choice);
  const setting = useDraft((s) => s.config.features);
  const reachable = connected || choice?.kind === 'demo';
  useEffect(() => {
    if (utterance && reachable) void listen(utterance, setting);
  }, [utterance, reachable, setting, listen]);
  useEffect(() => stop, [stop]);
  if (!utterance) return null;
  const reconnect = (): void => {
    if (choice?.kind === 'folder') void useCorpus.getState().reconnect(choice.id);
  };
  return (
    <>
      <Panel title={utterance.id} {...(utterance.text ? { note: `“${utterance.text}”` } : {})}>
        {!reachable && (
          <div className={styles['note']} role="status">
            <p>{t('player.notConnected')}</p>
            {choice?.kind === 'folder' && (
              <Button tone="primary" icon={<PlugZap />} onClick={reconnect}>
                {t('start.reconnect')}
              </Button>
            )}
          </div>
        )}
        {error && <ErrorNote error={error} />}
        {busy && <p role="status">{t('common.loading')}</p>}
        {heard && listened === utterance && <Sound heard={heard} id={utterance.id} play={play} />}
      </Panel>
      <AugmentPanel manifest={manifest} only={utterance.id} />
    </>
  );
}

function Sound({
  heard,
  id,
  play,
}: {
  readonly heard: HeardUtterance;
  readonly id: string;
  readonly play: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const pictures = useRef<HTMLDivElement | null>(null);
  const playback = usePlayback(heard, play, pictures);
  const { playing, seconds, duration, rate, loop, refused } = playback;
  const clipped = heard.clipped / heard.frames;
  return (
    <>
      <div className={styles['playerBar']}>
        <Button
          tone="primary"
          icon={playing ? <Pause /> : <Play />}
          onClick={playback.toggle}
          aria-keyshortcuts="Space"
        >
          {t(playing ? 'player.pause' : 'player.play')}
        </Button>
        <Button icon={<Repeat />} aria-pressed={loop} onClick={() => playback.setLoop(!loop)}>
          {t('player.loop')}
        </Button>
        <div className={styles['rate']}>
          <SelectField
            label={t('player.rate')}
            value={rate}
            options={RATES.map((value) => ({
              value,
              label: t('player.times', { rate: format.significant(Number(value), 3) }),
            }))}
            onChange={(next: Rate) => playback.setRate(next)}
          />
        </div>
        <span className={styles['time']}>
          {t('player.time', { at: format.fixed(seconds, 2), of: format.fixed(duration, 2) })}
        </span>
        <Readouts label={t('player.figures')}>
          <Readout
            label={t('data.sampleRate')}
            value={format.significant(heard.sampleRate / 1000, 5)}
            unit={t('units.kHz')}
          />
          <Readout label={t('player.channels')} value={format.integer(heard.channels)} />
          <Readout label={t('player.coding')} value={heard.coding} />
          <Readout
            label={t('player.peak')}
            value={heard.peak === 0 ? t('player.silent') : format.fixed(20 * Math.log10(heard.peak), 1)}
            {...(heard.peak === 0 ? {} : { unit: t('player.dbfs') })}
          />
          <Readout
            label={t('player.clipped')}
            value={format.integer(heard.clipped)}
            {...(heard.clipped > 0 ? { unit: `(${format.percent(clipped, 2)})` } : {})}
          />
        </Readouts>
      </div>
      {refused && <p role="alert">{t('player.refused')}</p>}
      <div className={styles['pictures']} ref={pictures}>
        <Waveform label={t('player.waveform', { id })} waves={heard.waves} />
        {heard.picture ? (
          <GreyPicture label={t('player.spectrogram', { id })} caption="" picture={heard.picture} />
        ) : null}
        <Seek playback={playback} />
      </div>
      <p className={styles['quiet']}>{t(heard.picture ? 'player.pictureNote' : 'player.noPicture')}</p>
    </>
  );
}
