/** Plays a recording: an audio element of its own, and where it is, on screen in every frame. */
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { HeardUtterance } from '../../../core/protocol/contracts/corpus';

/** Speeds; the pitch stays. */
export const RATES = ['0.5', '0.75', '1', '1.25', '1.5', '2'] as const;
export type Rate = (typeof RATES)[number];

export interface Playback {
  readonly playing: boolean;
  /** Where it is. */
  readonly seconds: number;
  readonly duration: number;
  readonly rate: Rate;
  readonly loop: boolean;
  /** The browser would not play it. */
  readonly refused: boolean;
  readonly toggle: () => void;
  readonly seek: (seconds: number) => void;
  readonly setRate: (rate: Rate) => void;
  readonly setLoop: (loop: boolean) => void;
}

/** How it is listened to goes on with the next recording. */
const kept: { rate: Rate; loop: boolean } = { rate: '1', loop: false };

/**
 * @param play another number than before: it is to play at once; 0: it is not
 * @param pictures gets `--at`, 0 to 1: where the cursor is
 */
export function usePlayback(
  { wav, frames, sampleRate }: HeardUtterance,
  play: number,
  pictures: RefObject<HTMLDivElement | null>,
): Playback {
  const duration = frames / sampleRate;
  const audio = useRef<HTMLAudioElement | null>(null);
  const [playing, setPlaying] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [refused, setRefused] = useState(false);
  const [rate, setRate] = useState(kept.rate);
  const [loop, setLoop] = useState(kept.loop);

  const show = useCallback(
    (at: number) => {
      pictures.current?.style.setProperty('--at', String(duration > 0 ? Math.min(1, at / duration) : 0));
      setSeconds(at);
    },
    [duration, pictures],
  );

  useEffect(() => {
    const url = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }));
    const element = new Audio(url);
    element.preservesPitch = true;
    audio.current = element;
    let frame = 0;
    const follow = (): void => {
      show(element.currentTime);
      if (!element.paused) frame = requestAnimationFrame(follow);
    };
    const onState = (): void => {
      setPlaying(!element.paused && !element.ended);
      cancelAnimationFrame(frame);
      follow();
    };
    for (const name of ['play', 'pause', 'ended', 'seeked'] as const) element.addEventListener(name, onState);
    return () => {
      cancelAnimationFrame(frame);
      for (const name of ['play', 'pause', 'ended', 'seeked'] as const)
        element.removeEventListener(name, onState);
      element.pause();
      element.removeAttribute('src');
      element.load();
      URL.revokeObjectURL(url);
      audio.current = null;
    };
  }, [wav, show]);

  useEffect(() => {
    kept.rate = rate;
    kept.loop = loop;
    if (!audio.current) return;
    audio.current.playbackRate = Number(rate);
    audio.current.loop = loop;
  }, [rate, loop, wav]);

  const start = useCallback(() => {
    audio.current?.play().then(
      () => setRefused(false),
      // Interrupted by a pause is no refusal.
      (error: unknown) => setRefused(!(error instanceof DOMException) || error.name !== 'AbortError'),
    );
  }, []);
  useEffect(() => {
    if (play > 0) start();
  }, [play, wav, start]);

  return {
    playing,
    seconds,
    duration,
    rate,
    loop,
    refused,
    toggle: () => {
      if (audio.current?.paused === false) audio.current.pause();
      else start();
    },
    seek: (at) => {
      const inside = Math.max(0, Math.min(duration, at));
      if (audio.current) audio.current.currentTime = inside;
      show(inside);
    },
    setRate,
    setLoop,
  };
}
