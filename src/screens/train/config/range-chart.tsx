/**
 * The picture of a range test: losses over the learning rate on a logarithmic axis, the rate it suggests, and
 * the same as a table.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { rampRate, smoothedTotals, type RangePoint, type RateRange } from '../../../core/optim/range-test';
import { ChartBox } from '../../../ui/charts/chart-box';
import { ChartFrame } from '../../../ui/charts/chart-frame';
import { areaOf, projection, type LineStyle } from '../../../ui/charts/plot';
import { linearAxis } from '../../../ui/charts/ticks';
import { useFormat } from '../../../ui/text/format';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import { taskName } from '../../../ui/text/task-name';
import { taskStyle } from '../../../ui/tasks';
import styles from './range-test.module.css';

interface Props {
  readonly tasks: readonly string[];
  readonly range: RateRange;
  readonly points: readonly RangePoint[];
  readonly suggestion: number | null;
}

interface Line extends LineStyle {
  readonly ys: readonly number[];
}

const HEIGHT = 260;
/** Losses above this many times the first one are cut off: what breaks down grows without bounds. */
const CUT = 1.5;

/** Line segments, with gaps where there is no number. */
const path = (xs: readonly number[], ys: readonly number[]): string =>
  xs
    .map((x, i) =>
      Number.isFinite(ys[i]!)
        ? `${i > 0 && Number.isFinite(ys[i - 1]!) ? 'L' : 'M'}${x.toFixed(1)},${ys[i]!.toFixed(1)}`
        : '',
    )
    .join('');

function useLines(tasks: readonly string[], points: readonly RangePoint[]): readonly Line[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const totals = points.map(({ total }) => total);
    return [
      ...tasks.map((task, i): Line => {
        const { color, dash } = taskStyle(task);
        return {
          key: task,
          label: taskName(t, task),
          color,
          dash,
          width: 1.5,
          ys: points.map(({ losses }) => losses[i] ?? Number.NaN),
        };
      }),
      { key: 'total', label: t('range.total'), color: 'var(--ink)', width: 1, opacity: 0.5, ys: totals },
      {
        key: 'smoothed',
        label: t('range.smoothed'),
        color: 'var(--ink)',
        width: 2.25,
        ys: smoothedTotals(totals),
      },
    ];
  }, [t, tasks, points]);
}

export function RangeChart({ tasks, range, points, suggestion }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = useLines(tasks, points);
  const rate = (value: number): string => format.significant(value, 3);
  const title = t('range.chart');
  return (
    <ChartFrame
      title={title}
      note={t('range.note')}
      summary={
        suggestion === null ? t('range.noSuggestion') : t('range.suggestion', { rate: rate(suggestion) })
      }
      empty={points.length === 0 ? t('range.empty') : null}
      lines={lines}
      named={false}
      fullRows={() => ({
        header: ['step', 'learning_rate', ...tasks.map((task) => `loss_${task}`), 'total', 'smoothed_total'],
        rows: points.map((point, i) => [
          point.step,
          point.learningRate,
          ...point.losses,
          point.total,
          lines.at(-1)!.ys[i],
        ]),
      })}
      chart={
        <ChartBox height={HEIGHT}>
          {(width) => (
            <Plot width={width} range={range} points={points} lines={lines} suggestion={suggestion} />
          )}
        </ChartBox>
      }
      table={
        <ScrollBox className={styles['table'] ?? ''} title={title}>
          <table>
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{t('range.rate')}</th>
                {lines.map(({ key, label }) => (
                  <th scope="col" key={key}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map((point, i) => (
                <tr key={point.step}>
                  <th scope="row">{rate(point.learningRate)}</th>
                  {lines.map(({ key, ys }) => (
                    <td key={key}>{format.reading(ys[i], 4)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      }
    />
  );
}

function Plot({
  width,
  range,
  points,
  lines,
  suggestion,
}: Pick<Props, 'range' | 'points' | 'suggestion'> & {
  readonly width: number;
  readonly lines: readonly Line[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first, last] = [Math.log10(rampRate(range, 1)), Math.log10(rampRate(range, range.steps))];
  const decades = Array.from(
    { length: Math.floor(last + 1e-9) - Math.ceil(first - 1e-9) + 1 },
    (_, i) => Math.ceil(first - 1e-9) + i,
  );
  const area = areaOf(width, HEIGHT, false);
  const scales = {
    x: { domain: [first, last], ticks: decades },
    y: linearAxis(0, CUT * (points[0]?.total ?? 1), 5),
    log: false,
  } as const;
  const { px, py } = projection(area, scales);
  const xs = points.map(({ learningRate }) => px(Math.log10(learningRate)));
  const bottom = area.y + area.height;
  return (
    <svg
      className={`recharts-surface ${styles['plot']}`}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      aria-hidden="true"
    >
      {scales.y.ticks.map((tick) => (
        <g key={tick}>
          <line x1={area.x} x2={area.x + area.width} y1={py(tick)} y2={py(tick)} stroke="var(--graticule)" />
          <text x={area.x - 6} y={py(tick) + 4} textAnchor="end" fontSize={11} fill="var(--ink-2)">
            {format.significant(tick, 3)}
          </text>
        </g>
      ))}
      {decades.map((decade) => (
        <g key={decade}>
          <line x1={px(decade)} x2={px(decade)} y1={area.y} y2={bottom} stroke="var(--graticule)" />
          <text x={px(decade)} y={bottom + 15} textAnchor="middle" fontSize={11} fill="var(--ink-2)">
            10
            <tspan dy={-4} fontSize={9}>
              {decade}
            </tspan>
          </text>
        </g>
      ))}
      {lines.map(({ key, color, dash, width: strokeWidth = 1.5, opacity = 1, ys }) => (
        <path
          key={key}
          d={path(xs, ys.map(py))}
          fill="none"
          stroke={color}
          strokeWidth={strokeWidth}
          strokeDasharray={dash}
          strokeOpacity={opacity}
        />
      ))}
      {suggestion !== null && (
        <g>
          <line
            x1={px(Math.log10(suggestion))}
            x2={px(Math.log10(suggestion))}
            y1={area.y}
            y2={bottom}
            stroke="var(--ink)"
            strokeDasharray="3 3"
          />
          <text x={px(Math.log10(suggestion)) + 5} y={area.y + 12} fontSize={11} fill="var(--ink)">
            {t('range.here', { rate: format.significant(suggestion, 2) })}
          </text>
        </g>
      )}
    </svg>
  );
}
