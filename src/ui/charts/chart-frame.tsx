/**
 * What every chart has: a name, a key, "show as table", and its numbers and picture as files (CSV, SVG, PNG).
 * Not here: what is drawn (line-chart.tsx, scatter-chart.tsx) and its table.
 */
import { ChartLine, EllipsisVertical, FileCode, FileSpreadsheet, Image, Table } from 'lucide-react';
import { useContext, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../controls/button';
import { toCsv, type Cell } from '../../core/export/csv';
import { download, fileName } from '../download';
import { ActionMenu } from '../controls/overlay';
import { Panel } from '../controls/panel';
import { markerPath } from '../tasks';
import { toast } from '../controls/toast';
import { ChartCaption } from './caption';
import { exportSvg, toPng } from './export-svg';
import { isThin, type LineStyle } from './plot';
import styles from './charts.module.css';

export interface Rows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface ChartFrameProps {
  readonly title: string;
  /** Where it is text, it also stands in the caption of the files. */
  readonly note?: ReactNode;
  /** What the picture does not say by itself once it has left the screen, for the caption of the files. */
  readonly aside?: string;
  /** What of the data is not in the picture, and why: under it, and in the caption of the files. */
  readonly remark?: string | null;
  /** One sentence with the latest numbers, read out instead of the picture. */
  readonly summary: ReactNode;
  /** Shown in place of the chart while there is nothing to draw. */
  readonly empty: string | null;
  /** The key: always in the files, and above the chart unless its lines carry their names. */
  readonly lines: readonly LineStyle[];
  readonly named: boolean;
  /** Samples of what marks the chart: in the key whatever the lines carry. */
  readonly marks?: readonly LineStyle[];
  /** All rows at full resolution, for the file. */
  readonly fullRows: () => Rows;
  readonly chart: ReactNode;
  readonly table: ReactNode;
  /** Parts of the chart take the focus: it is read as a group of them, not as one picture. */
  readonly parts?: boolean;
}

const NO_MARKS: readonly LineStyle[] = [];

/** The line's sample in a key. */
export function Sample({ line }: { readonly line: LineStyle }) {
  return (
    <svg width={26} height={8} viewBox="0 0 26 8" aria-hidden="true" focusable="false">
      <line
        x1={0}
        x2={26}
        y1={4}
        y2={4}
        data-thin={isThin(line)}
        stroke={line.color}
        strokeWidth={line.width ?? 1.75}
        strokeDasharray={line.dash}
        strokeOpacity={line.opacity ?? 1}
      />
      {line.marker && <path d={markerPath(line.marker, 3)} transform="translate(13 4)" fill={line.color} />}
    </svg>
  );
}

export function ChartFrame({
  title,
  note,
  aside = '',
  remark = null,
  summary,
  empty,
  lines,
  named,
  marks = NO_MARKS,
  fullRows,
  chart,
  table,
  parts = false,
}: ChartFrameProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  const caption = useContext(ChartCaption);
  const summaryId = useId();

  const key = [...(named ? [] : lines), ...marks];

  const saveCsv = (): void => {
    const { header, rows } = fullRows();
    download(`${fileName(title)}.csv`, toCsv(header, rows), 'text/csv;charset=utf-8');
  };
  const picture = (save: (svg: SVGSVGElement) => void | Promise<void>): void => {
    const svg = figure.current?.querySelector<SVGSVGElement>('svg.recharts-surface');
    if (!svg) return toast(t('chart.nothingToSave'));
    Promise.resolve(save(svg)).catch(() => toast(t('chart.saveFailed')));
  };
  const exported = (svg: SVGSVGElement) =>
    exportSvg(svg, {
      title,
      lines: [...lines, ...marks],
      caption: [typeof note === 'string' ? note : '', aside, remark ?? '', caption()]
        .filter(Boolean)
        .join(' '),
    });
  const menu = [
    {
      key: 'table',
      label: asTable ? t('chart.showAsChart') : t('chart.showAsTable'),
      icon: asTable ? <ChartLine /> : <Table />,
      onSelect: () => setAsTable(!asTable),
    },
    {
      key: 'csv',
      label: t('chart.csv'),
      icon: <FileSpreadsheet />,
      disabled: empty !== null,
      onSelect: saveCsv,
    },
    {
      key: 'svg',
      label: t('chart.svg'),
      icon: <FileCode />,
      disabled: asTable || empty !== null,
      onSelect: () =>
        picture((svg) => download(`${fileName(title)}.svg`, exported(svg).text, 'image/svg+xml')),
    },
    {
      key: 'png',
      label: t('chart.png'),
      icon: <Image />,
      disabled: asTable || empty !== null,
      onSelect: () => picture(async (svg) => download(`${fileName(title)}.png`, await toPng(exported(svg)))),
    },
  ];

  return (
    <Panel
      title={title}
      flush
      level={3}
      actions={
        <ActionMenu
          trigger={<IconButton label={t('chart.options', { title })} icon={<EllipsisVertical />} />}
          actions={menu}
        />
      }
    >
      <figure ref={figure} className={styles['figure']} aria-label={title}>
        {note && <figcaption className={styles['caption']}>{note}</figcaption>}
        {empty !== null ? (
          <p className={styles['empty']}>{empty}</p>
        ) : asTable ? (
          table
        ) : (
          <>
            {key.length > 0 && (
              <ul className={styles['key']}>
                {key.map((line) => (
                  <li key={line.key}>
                    <Sample line={line} />
                    {line.label}
                  </li>
                ))}
              </ul>
            )}
            <p id={summaryId} className="visually-hidden">
              {summary}
            </p>
            <div className={styles['plot']} role={parts ? 'group' : 'img'} aria-labelledby={summaryId}>
              {chart}
            </div>
          </>
        )}
        {remark && empty === null && (
          <p className={styles['remark']} role="note">
            {remark}
          </p>
        )}
      </figure>
    </Panel>
  );
}
