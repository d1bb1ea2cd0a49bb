/** A spectrogram in the grey levels a model sees, drawn on a canvas as wide as its place. */
import { useLayoutEffect, useRef } from 'react';
import type { GreyPicture as Levels } from '../../core/augment/preview';
import styles from './grey-picture.module.css';

export function GreyPicture({
  label,
  caption,
  picture: { nMels, frames, levels },
}: {
  /** Accessible name. */
  readonly label: string;
  readonly caption: string;
  readonly picture: Levels;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // With the element, not after it: another width empties a canvas, which would be seen for a moment.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const pixels = context.createImageData(frames, nMels);
    for (let i = 0; i < levels.length; i++) pixels.data.fill(levels[i]!, 4 * i, 4 * i + 3);
    for (let i = 3; i < pixels.data.length; i += 4) pixels.data[i] = 255;
    context.putImageData(pixels, 0, 0);
  }, [nMels, frames, levels]);
  return (
    <figure className={styles['figure']}>
      <canvas
        ref={canvas}
        className={styles['canvas']}
        width={frames}
        height={nMels}
        role="img"
        aria-label={label}
      />
      <figcaption className={styles['caption']}>{caption}</figcaption>
    </figure>
  );
}
