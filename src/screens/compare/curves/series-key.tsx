/** A recipe's letter with its line sample. Decoration beside its written name. */
import type { SeriesStyle } from '../../../ui/series';
import { markerPath } from '../../../ui/tasks';
import styles from '../compare-screen.module.css';

export function SeriesKey({ style }: { readonly style: SeriesStyle }) {
  return (
    <span className={styles['key']}>
      <b>{style.letter}</b>
      <svg width={30} height={10} viewBox="0 0 30 10" aria-hidden="true" focusable="false">
        <line
          x1={0}
          x2={30}
          y1={5}
          y2={5}
          stroke={style.color}
          strokeWidth={2}
          strokeDasharray={style.dash}
        />
        <path
          d={markerPath(style.marker, 3.4)}
          transform="translate(15 5)"
          fill={style.color}
          stroke="var(--panel)"
          strokeWidth={1}
        />
      </svg>
    </span>
  );
}
