/** The cursor over waveform and spectrogram: moved by pointer, arrow keys, Home and End; Space plays. */
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/text/format';
import type { Playback } from './playback';
import styles from './utterances.module.css';

/** Seconds of an arrow key, and of Page Up and Page Down. */
const [STEP, PAGE] = [0.1, 1];

export function Seek({ playback }: { readonly playback: Playback }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { seconds, duration, seek, toggle } = playback;
  const toPointer = (event: PointerEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    seek(((event.clientX - left) / width) * duration);
  };
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: seconds + STEP,
      ArrowUp: seconds + STEP,
      ArrowLeft: seconds - STEP,
      ArrowDown: seconds - STEP,
      PageUp: seconds + PAGE,
      PageDown: seconds - PAGE,
      Home: 0,
      End: duration,
    };
    const next = moves[event.key];
    if (next !== undefined) seek(next);
    else if (event.key === ' ') toggle();
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={styles['seek']}
      role="slider"
      tabIndex={0}
      aria-label={t('player.position')}
      aria-valuemin={0}
      aria-valuemax={duration}
      aria-valuenow={seconds}
      aria-valuetext={t('player.time', { at: format.fixed(seconds, 2), of: format.fixed(duration, 2) })}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        toPointer(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) toPointer(event);
      }}
    >
      <span className={styles['cursor']} />
    </div>
  );
}
