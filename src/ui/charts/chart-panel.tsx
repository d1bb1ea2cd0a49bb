/**
 * What every chart has: a name, a key, "show as table", and its numbers and picture as files (CSV, SVG, PNG).
 * Not here: the lines themselves (traces.tsx) and the coordinate system (line-chart.tsx).
 */
import { ChartLine, EllipsisVertical, FileCode, FileSpreadsheet, Image, Table } from 'lucide-react';
import { useContext, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../button';
import { toCsv, type Cell } from '../../core/export/csv';
import { download, fileName } from '../download';
import { ActionMenu } from '../overlay';
import { Panel } from '../panel';
import { markerPath } from '../tasks';
import { toast } from '../toast';
import { ChartCaption } from './caption';
import { ChartTable } from './chart-table';
import { exportSvg, toPng } from './export-svg';
import { LineChart, type LineChartProps } from './line-chart';
import { marksInKey, useMarks, withMarks } from './marks';
import type { LineStyle } from './plot';
import styles from './charts.module.css';

export interface ChartPanelProps extends LineChartProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** One sentence with the latest numbers, read out instead of the picture. */
  readonly summary: ReactNode;
  /** Shown in place of the chart while there is nothing to draw. */
  readonly empty: string | null;
  /** All rows at full resolution, for the file. */
  readonly fullRows: () => { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] };
}

/** The line's sample in the key. */
function Sample({ line }: { readonly line: LineStyle }) {
  return (
    <svg width={26} height={8} viewBox="0 0 26 8" aria-hidden="true" focusable="false">
      <line x1={0} x2={26} y1={4} y2={4} stroke={line.color} strokeWidth={line.width ?? 1.75} strokeDasharray={line.dash} strokeOpacity={line.opacity ?? 1} />
      {line.marker && <path d={markerPath(line.marker, 3)} transform="translate(13 4)" fill={line.color} />}
    </svg>
  );
}

export function ChartPanel({ title, note, summary, empty, fullRows, ...chart }: ChartPanelProps) {
  const { t } = useTranslation();
  const marks = useMarks();
  const [asTable, setAsTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  const caption = useContext(ChartCaption);
  const summaryId = useId();
  const inKey = chart.source.lines.filter((line) => !line.quiet);
  const ofMarks = marksInKey(marks);
  // Lines that are labelled at their ends need no key of their own.
  const key = [...(inKey.some((line) => !line.endLabel || line.short) ? inKey : []), ...ofMarks];

  const saveCsv = (): void => {
    const { header, rows } = withMarks(fullRows(), marks, chart.xUnit ?? 'step');
    download(`${fileName(title)}.csv`, toCsv(header, rows), 'text/csv;charset=utf-8');
  };
  const picture = (save: (svg: SVGSVGElement) => void | Promise<void>): void => {
    const svg = figure.current?.querySelector<SVGSVGElement>('svg.recharts-surface');
    if (!svg) return toast(t('chart.nothingToSave'));
    Promise.resolve(save(svg)).catch(() => toast(t('chart.saveFailed')));
  };
  const exported = (svg: SVGSVGElement) => exportSvg(svg, { title, lines: [...inKey, ...ofMarks], caption: [typeof note === 'string' ? note : '', caption()].filter(Boolean).join(' ') });
  const menu = [
    { key: 'table', label: asTable ? t('chart.showAsChart') : t('chart.showAsTable'), icon: asTable ? <ChartLine /> : <Table />, onSelect: () => setAsTable(!asTable) },
    { key: 'csv', label: t('chart.csv'), icon: <FileSpreadsheet />, disabled: empty !== null, onSelect: saveCsv },
    {
      key: 'svg', label: t('chart.svg'), icon: <FileCode />, disabled: asTable || empty !== null,
      onSelect: () => picture((svg) => download(`${fileName(title)}.svg`, exported(svg).text, 'image/svg+xml')),
    },
    {
      key: 'png', label: t('chart.png'), icon: <Image />, disabled: asTable || empty !== null,
      onSelect: () => picture(async (svg) => download(`${fileName(title)}.png`, await toPng(exported(svg)))),
    },
  ];

  return (
    <Panel title={title} flush level={3} actions={<ActionMenu trigger={<IconButton label={t('chart.options', { title })} icon={<EllipsisVertical />} />} actions={menu} />}>
      <figure ref={figure} className={styles['figure']} aria-label={title}>
        {note && <figcaption className={styles['caption']}>{note}</figcaption>}
        {empty !== null ? (
          <p className={styles['empty']}>{empty}</p>
        ) : asTable ? (
          <ChartTable title={title} source={chart.source} xLabel={chart.xLabel} xUnit={chart.xUnit ?? 'step'} digits={chart.digits ?? 3} />
        ) : (
          <>
            {key.length > 0 && <ul className={styles['key']}>{key.map((line) => <li key={line.key}><Sample line={line} />{line.label}</li>)}</ul>}
            <p id={summaryId} className="visually-hidden">{summary}</p>
            <div className={styles['plot']} role="img" aria-labelledby={summaryId}><LineChart {...chart} /></div>
          </>
        )}
      </figure>
    </Panel>
  );
}
