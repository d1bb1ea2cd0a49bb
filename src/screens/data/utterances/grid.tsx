/**
 * The rows of the list, of which only those in sight are in the page: a grid of one row after the other, moved
 * through by keys, whose numbers of rows are told to whoever cannot see how long it is.
 */
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { UtteranceColumn } from '../../../core/compare/utterance-columns';
import type { SortKey } from '../../../core/corpus/browse/order';
import { ColumnHead } from './column-head';
import { useListWords } from './words';
import styles from './utterances.module.css';

/** Pixels; as `--row` of the style sheet. */
const ROW = 32;
/** Rows drawn beyond either end of what is seen. */
const BEYOND = 8;

/** rem, by what a column holds; texts take what is left. */
const WIDTHS: Partial<Record<UtteranceColumn['about'], number>> = {
  id: 13,
  seconds: 7.5,
  rate: 7.5,
  side: 8,
  text: 22,
  file: 24,
  warnings: 14,
  votes: 14,
};
const widthOf = ({ about }: UtteranceColumn): number => WIDTHS[about] ?? 11;

export interface GridProps {
  readonly title: string;
  readonly columns: readonly UtteranceColumn[];
  readonly rows: Uint32Array;
  readonly busy: boolean;
  readonly sort: readonly SortKey[];
  /** Of the manifest, chosen; null: none. */
  readonly chosen: number | null;
  readonly onChoose: (row: number, play: boolean) => void;
}

export function Grid({ title, columns, rows, busy, sort, chosen, onChoose }: GridProps) {
  const { t } = useTranslation();
  const words = useListWords();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ first: 0, count: 0 });
  // Another list begins at its top.
  const [active, setActive] = useState({ rows, place: 0 });
  const at = active.rows === rows ? active.place : 0;

  const look = (): void => {
    const element = box.current;
    if (!element) return;
    const first = Math.max(0, Math.floor(element.scrollTop / ROW) - BEYOND);
    const count = Math.ceil(element.clientHeight / ROW) + 2 * BEYOND;
    setView((before) => (before.first === first && before.count === count ? before : { first, count }));
  };
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = 0;
    look();
  }, [rows]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  const moveTo = (next: number): void => {
    const row = Math.max(0, Math.min(rows.length - 1, next));
    setActive({ rows, place: row });
    const element = box.current;
    if (!element) return;
    // The head covers one row at the top.
    const inside = element.clientHeight - ROW;
    if (row * ROW < element.scrollTop) element.scrollTop = row * ROW;
    else if ((row + 1) * ROW > element.scrollTop + inside) element.scrollTop = (row + 1) * ROW - inside;
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    // The keys of the head's buttons are theirs.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(((box.current?.clientHeight ?? ROW) - ROW) / ROW) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const next = moves[event.key];
    const row = rows[at];
    if (next !== undefined) moveTo(next);
    else if (row !== undefined && (event.key === 'Enter' || event.key === ' '))
      onChoose(row, event.key === 'Enter');
    else return;
    event.preventDefault();
  };

  const onPress = (event: MouseEvent<HTMLDivElement>, play: boolean): void => {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-place]') : null;
    const place = Number(line?.dataset['place'] ?? Number.NaN);
    const row = rows[place];
    if (row === undefined) return;
    setActive({ rows, place });
    onChoose(row, play);
  };

  const last = Math.min(rows.length, view.first + view.count);
  const shown = Array.from({ length: Math.max(0, last - view.first) }, (_, i) => view.first + i);
  const width = columns.reduce((sum, column) => sum + widthOf(column), 0);
  const template = columns
    .map((column) =>
      column.about === 'text' || column.about === 'file'
        ? `minmax(${widthOf(column)}rem, 1fr)`
        : `${widthOf(column)}rem`,
    )
    .join(' ');
  const style = { '--columns': template, '--width': `${width}rem` } as Record<string, string>;
  return (
    <div
      ref={box}
      className={styles['grid']}
      style={style}
      role="grid"
      aria-label={title}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-busy={busy}
      aria-activedescendant={at >= view.first && at < last ? `${id}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={onKey}
      onScroll={look}
      onClick={(event) => onPress(event, false)}
      onDoubleClick={(event) => onPress(event, true)}
    >
      <div role="rowgroup" className={styles['head']}>
        <div role="row" aria-rowindex={1} className={styles['row']}>
          {columns.map((column) => (
            <ColumnHead key={column.id} column={column} sort={sort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles['body']} style={{ height: rows.length * ROW }}>
        {shown.map((place) => (
          <div
            key={place}
            id={`${id}-${place}`}
            role="row"
            aria-rowindex={place + 2}
            aria-selected={rows[place] === chosen}
            data-place={place}
            data-active={place === at}
            data-even={place % 2 === 0}
            className={styles['row']}
            style={{ transform: `translateY(${place * ROW}px)` }}
          >
            {columns.map((column) => {
              const text = words.cell(column, rows[place]!);
              return (
                <span
                  key={column.id}
                  role="gridcell"
                  className={styles['cell']}
                  data-number={column.kind === 'number'}
                  title={text.length > 24 ? text : undefined}
                >
                  {text}
                </span>
              );
            })}
          </div>
        ))}
      </div>
      {rows.length === 0 && !busy && <p className={styles['nothing']}>{t('utterances.nothing')}</p>}
    </div>
  );
}
