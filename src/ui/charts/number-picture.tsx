/**
 * A number task's predictions against the truth, in place of a confusion matrix: utterances as points, the
 * identity, and the calibration as a line with its numbers in a table below. Drawn only; files: number-menu.tsx.
 */
import type { MouseEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { NumberScores } from '../../core/tasks/metrics/types';
import type { NumberPicture as Picture } from '../../core/tasks/metrics/picture';
import { useFormat } from '../text/format';
import { markerPath, type TaskStyle } from '../tasks';
import styles from './number-picture.module.css';
import { linearAxis } from './ticks';

export interface NumberPictureProps {
  /** Accessible name. */
  readonly title: string;
  readonly scores: NumberScores;
  readonly picture: Picture;
  readonly style: TaskStyle;
  /** Where a point leads; absent: nowhere. The same is reached by keys from a list beside the picture. */
  readonly links?: (truth: number, predicted: number) => string;
  /** The drawing, for files. */
  readonly drawing?: Ref<SVGSVGElement>;
}

const [WIDTH, HEIGHT] = [340, 300];
/** Of a press from a point, in the picture's units. */
const NEAR = 10;
/** A point, as a part of one path: two hundred elements would cost more than the picture. */
const dot = (x: number, y: number, r = 2.2): string =>
  `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
const AREA = { left: 46, top: 10, right: 12, bottom: 38 } as const;

export function NumberPicture({ title, scores, picture, style, drawing, links }: NumberPictureProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points, bins } = picture;
  const parts = bins.map((bin, at) => ({ ...bin, key: `part ${at}` }));
  const [truths, predictions] = [points.map(([truth]) => truth), points.map(([, predicted]) => predicted)];
  const all = [...truths, ...predictions];
  const axis = linearAxis(Math.min(...all), Math.max(...all), 5);
  const [low, high] = axis.domain;
  const scale = (value: number): number => (value - low) / (high - low || 1);
  const x = (value: number): number => AREA.left + scale(value) * (WIDTH - AREA.left - AREA.right);
  const y = (value: number): number =>
    HEIGHT - AREA.bottom - scale(value) * (HEIGHT - AREA.top - AREA.bottom);
  const tick = (value: number): string => format.significant(value, 3);
  const label = t('numberTask.picture', {
    title,
    ccc: format.reading(scores.ccc, 3),
    low: tick(Math.min(...predictions)),
    high: tick(Math.max(...predictions)),
    least: tick(Math.min(...truths)),
    most: tick(Math.max(...truths)),
  });
  /** To the point that was pressed, or the nearest one a finger may have meant. */
  const follow = (event: MouseEvent<SVGSVGElement>): void => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const at = [((event.clientX - left) / width) * WIDTH, ((event.clientY - top) / height) * HEIGHT] as const;
    const far = ([truth, predicted]: readonly [number, number]): number =>
      Math.hypot(x(truth) - at[0], y(predicted) - at[1]);
    const [nearest] = points.toSorted((a, b) => far(a) - far(b));
    if (links && nearest && far(nearest) <= NEAR) location.hash = links(...nearest);
  };
  return (
    <figure className={styles['figure']}>
      <svg
        ref={drawing}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={label}
        className={styles['picture']}
        {...(links ? { onClick: follow } : {})}
      >
        {axis.ticks.map((value) => (
          <g key={value} className={styles['grid']}>
            <line x1={x(value)} x2={x(value)} y1={AREA.top} y2={HEIGHT - AREA.bottom} />
            <line x1={AREA.left} x2={WIDTH - AREA.right} y1={y(value)} y2={y(value)} />
            <text x={x(value)} y={HEIGHT - AREA.bottom + 14} textAnchor="middle">
              {tick(value)}
            </text>
            <text x={AREA.left - 6} y={y(value) + 3.5} textAnchor="end">
              {tick(value)}
            </text>
          </g>
        ))}
        <line className={styles['identity']} x1={x(low)} y1={y(low)} x2={x(high)} y2={y(high)} />
        <path
          d={points.map(([truth, predicted]) => dot(x(truth), y(predicted))).join('')}
          fill={style.color}
          fillOpacity={0.45}
        />
        <path
          d={`M${bins.map((bin) => `${x(bin.truth)},${y(bin.predicted)}`).join('L')}`}
          className={styles['line']}
        />
        {parts.map((bin) => (
          <path
            key={bin.key}
            d={markerPath(style.marker, 4.5)}
            transform={`translate(${x(bin.truth)} ${y(bin.predicted)})`}
            className={styles['bin']}
          />
        ))}
        <text x={(AREA.left + WIDTH - AREA.right) / 2} y={HEIGHT - 6} textAnchor="middle">
          {t('numberTask.true')}
        </text>
        <text transform={`translate(11 ${(HEIGHT - AREA.bottom) / 2}) rotate(-90)`} textAnchor="middle">
          {t('numberTask.predicted')}
        </text>
      </svg>
      <figcaption className={styles['caption']}>
        {t('numberTask.identity')} {t('numberTask.calibration')}{' '}
        {points.length < picture.of &&
          t('numberTask.sampled', {
            count: points.length,
            of: format.integer(picture.of),
          })}
      </figcaption>
      <details className={styles['caption']}>
        <summary>{t('numberTask.bins', { task: title })}</summary>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('numberTask.meanPredicted')}</th>
              <th scope="col">{t('numberTask.meanTrue')}</th>
              <th scope="col">{t('numberTask.utterances')}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((bin) => (
              <tr key={bin.key}>
                <td>{format.significant(bin.predicted, 4)}</td>
                <td>{format.significant(bin.truth, 4)}</td>
                <td>{format.integer(bin.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
