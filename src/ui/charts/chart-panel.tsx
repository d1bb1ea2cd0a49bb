/**
 * What every chart has: a name, a key, "show as table", and its numbers and picture as files (CSV, SVG, PNG).
 * Not here: the lines themselves (line-chart.tsx).
 */
import { EllipsisVertical, FileCode, FileSpreadsheet, Image, Table, ChartLine } from 'lucide-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../button';
import { toCsv, type Cell } from '../csv';
import { download, fileName } from '../download';
import { useFormat } from '../format';
import { ActionMenu } from '../overlay';
import { Panel } from '../panel';
import { markerPath } from '../tasks';
import { toast } from '../toast';
import { exportSvg, toPng } from './export-svg';
import { LineChart, type LineChartProps, type LineStyle } from './line-chart';
import styles from './charts.module.css';

export interface ChartPanelProps extends LineChartProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** One sentence with the latest numbers, read out instead of the picture. */
  readonly summary: string;
  /** Shown when there are no points. */
  readonly empty: string;
  /** All rows at full resolution, for the file; default: the points drawn. */
  readonly fullRows?: () => { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] };
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

export function ChartPanel(props: ChartPanelProps) {
  const { title, note, actions, summary, empty, fullRows, ...chart } = props;
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  const keyText = chart.lines.map((line) => line.label).join('  ·  ');

  const saveCsv = (): void => {
    const { header, rows } = fullRows?.() ?? {
      header: [chart.xLabel, ...chart.lines.map((line) => line.label)],
      rows: chart.points.map((point) => [point['x'] ?? null, ...chart.lines.map((line) => point[line.key] ?? null)]),
    };
    download(`${fileName(title)}.csv`, toCsv(header, rows), 'text/csv;charset=utf-8');
  };
  const picture = (save: (svg: SVGSVGElement) => void | Promise<void>): void => {
    const svg = figure.current?.querySelector<SVGSVGElement>('svg.recharts-surface');
    if (!svg) return toast(t('chart.nothingToSave'));
    Promise.resolve(save(svg)).catch(() => toast(t('chart.saveFailed')));
  };
  const menu = [
    { key: 'table', label: asTable ? t('chart.showAsChart') : t('chart.showAsTable'), icon: asTable ? <ChartLine /> : <Table />, onSelect: () => setAsTable(!asTable) },
    { key: 'csv', label: t('chart.csv'), icon: <FileSpreadsheet />, disabled: chart.points.length === 0, onSelect: saveCsv },
    {
      key: 'svg', label: t('chart.svg'), icon: <FileCode />, disabled: asTable || chart.points.length === 0,
      onSelect: () => picture((svg) => download(`${fileName(title)}.svg`, exportSvg(svg, title, keyText).text, 'image/svg+xml')),
    },
    {
      key: 'png', label: t('chart.png'), icon: <Image />, disabled: asTable || chart.points.length === 0,
      onSelect: () => picture(async (svg) => download(`${fileName(title)}.png`, await toPng(exportSvg(svg, title, keyText)))),
    },
  ];

  return (
    <Panel title={title} flush level={3} actions={<>{actions}<ActionMenu trigger={<IconButton label={t('chart.options', { title })} icon={<EllipsisVertical />} />} actions={menu} /></>}>
      <figure ref={figure} className={styles['figure']} aria-label={title}>
        {note && <figcaption className={styles['caption']}>{note}</figcaption>}
        {chart.points.length === 0 ? (
          <p className={styles['empty']}>{empty}</p>
        ) : asTable ? (
          <ChartTable title={title} {...chart} />
        ) : (
          <>
            {!chart.lines.every((line) => line.endLabel) && (
              <ul className={styles['key']}>
                {chart.lines.map((line) => <li key={line.key}><Sample line={line} />{line.label}</li>)}
              </ul>
            )}
            <div className={styles['plot']} role="img" aria-label={summary}><LineChart {...chart} /></div>
          </>
        )}
      </figure>
    </Panel>
  );
}

function ChartTable({ title, points, lines, xLabel, digits = 3 }: LineChartProps & { readonly title: string }) {
  const format = useFormat();
  const id = useId();
  return (
    <div className={styles['tableBox']} tabIndex={0} role="region" aria-labelledby={id}>
      <table className={styles['table']}>
        <caption id={id} className="visually-hidden">{title}</caption>
        <thead><tr><th scope="col">{xLabel}</th>{lines.map((line) => <th scope="col" key={line.key}>{line.label}</th>)}</tr></thead>
        <tbody>
          {points.map((point, i) => (
            <tr key={i}>
              <th scope="row">{format.integer(point['x'] ?? 0)}</th>
              {lines.map((line) => <td key={line.key}>{format.fixed(point[line.key], digits)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
