/**
 * Two tasks at once: recipes or runs as marks, the front of those that nothing beats in both, and what that
 * does not say.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { staircase } from '../../../core/compare/pareto';
import {
  lowerOf,
  paretoAxes,
  paretoView,
  sameSeeds,
  type ParetoView,
} from '../../../core/compare/pareto-view';
import { metricOf, type MetricId } from '../../../core/compare/values';
import { metric as metricOfId } from '../../../core/tasks/metrics/registry';
import { paretoTable } from '../../../core/export/comparison-files';
import { taskIds, type TaskId } from '../../../core/tasks/types';
import { useCompare } from '../../../state/runs/compare';
import { ChartFrame } from '../../../ui/charts/chart-frame';
import type { LineStyle, Scales } from '../../../ui/charts/plot';
import { ScatterChart } from '../../../ui/charts/scatter-chart';
import { linearAxis, type Axis } from '../../../ui/charts/ticks';
import { SelectField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { Panel } from '../../../ui/controls/panel';
import { Section } from '../../../ui/controls/section';
import { useParetoMarks } from './pareto-marks';
import { FrontTable } from './pareto-table';
import { lettersOf, likeBaseline, memberOf, type Comparison } from '../use-comparison';
import styles from '../compare-screen.module.css';
import { metricName } from '../../../ui/text/metric-name';
import { taskName } from '../../../ui/text/task-name';

type Axes = readonly [TaskId, TaskId];

export function ParetoSection({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { compared, tasks, reading } = comparison;
  const { across, up, rows } = useCompare((s) => s.choice);
  const choose = useCompare((s) => s.choose);
  // One front of what was measured alike: others neither dominate nor are dominated.
  const groups = useMemo(() => likeBaseline(comparison), [comparison]);
  const others = compared.map(({ group }) => group).filter((group) => !groups.includes(group));
  const axes = useMemo(() => paretoAxes(groups, across, up, reading), [groups, across, up, reading]);
  const view = useMemo(() => axes && paretoView(groups, axes, reading, rows), [groups, axes, reading, rows]);
  const options = tasks
    .filter((task) => groups.some(({ config }) => taskIds(config).includes(task)))
    .map((value) => ({ value, label: taskName(t, value) }));
  // Taking the other axis' task turns the two round.
  const pick =
    axes &&
    ((which: 'across' | 'up', task: TaskId): void => {
      const [x, y] = axes;
      choose(
        which === 'across'
          ? { across: task, up: task === y ? x : y }
          : { across: task === x ? y : x, up: task },
      );
    });
  return (
    <Section
      title={t('compare.pareto.title')}
      note={t('compare.pareto.note')}
      controls={
        axes &&
        pick && (
          <div className={styles['axes']}>
            <SelectField
              label={t('compare.pareto.across')}
              value={axes[0]}
              options={options}
              onChange={(task) => pick('across', task)}
            />
            <SelectField
              label={t('compare.pareto.up')}
              value={axes[1]}
              options={options}
              onChange={(task) => pick('up', task)}
            />
          </div>
        )
      }
    >
      {others.length > 0 && (
        <p className={styles['hint']}>
          {t('best.leftOut', { count: others.length, letters: lettersOf(comparison, others) })}
        </p>
      )}
      {axes && view ? (
        <Front view={view} axes={axes} comparison={comparison} rows={rows} />
      ) : (
        <p className={styles['hint']}>{t('compare.pareto.needTasks')}</p>
      )}
    </Section>
  );
}

/** Around the marks and their bars; a score has no bar beyond the ends of its scale. */
function axisOf({ judged, runs }: ParetoView, which: 'x' | 'y', metric: MetricId): Axis {
  const [least, most] = metricOfId(metric)!.scale;
  const ends = [...judged, ...runs].flatMap((mark) => {
    const { mean, sd } = mark[which];
    return [Math.max(least, mean - (sd ?? 0)), Math.min(most, mean + (sd ?? 0))];
  });
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  // One value alone has no extent: it gets one.
  return high - low < 1e-9
    ? linearAxis(Math.max(least, low - 0.05), Math.min(most, high + 0.05))
    : linearAxis(low, high, 5);
}

const betterIs = ({ x, y }: { readonly x: boolean; readonly y: boolean }) =>
  x ? (y ? 'lower' : 'upLeft') : y ? 'downRight' : 'higher';

interface FrontProps {
  readonly view: ParetoView;
  readonly axes: Axes;
  readonly comparison: Comparison;
  readonly rows: 'groups' | 'runs';
}

function Front({ view, axes, comparison, rows }: FrontProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reading, compared } = comparison;
  const [across, up] = [metricOf(reading, axes[0]), metricOf(reading, axes[1])];
  const lower = useMemo(() => lowerOf(axes, reading), [axes, reading]);
  const marks = useParetoMarks(view, axes, comparison);
  const scales = useMemo(
    (): Scales => ({ x: axisOf(view, 'x', across), y: axisOf(view, 'y', up), log: false }),
    [view, across, up],
  );
  const front = view.judged.filter(({ dominatedBy }) => dominatedBy?.length === 0);
  const line = useMemo(
    () =>
      staircase(
        view.judged
          .filter(({ dominatedBy }) => dominatedBy?.length === 0)
          .map(({ x, y }) => ({ x: x.mean, y: y.mean })),
        lower,
        { x: scales.x.domain, y: scales.y.domain },
      ),
    [view, lower, scales],
  );
  const [x, y] = axes.map((task) => taskName(t, task)) as [string, string];
  const [measuredX, measuredY] = [metricName(t, across), metricName(t, up)];
  const measured = measuredX === measuredY ? measuredX : `${measuredX} / ${measuredY}`;
  const title = t('compare.pareto.chart', { metric: measured, x, y });
  const onFront = t('compare.pareto.onFrontAre', {
    count: front.length,
    total: view.judged.length,
    names: marks
      .filter(({ key }) => front.some((mark) => mark.key === key))
      .map(({ says }) => says[0])
      .join(', '),
  });
  const members = compared.filter(({ group }) =>
    [...view.judged, ...view.runs].some((mark) => mark.group === group),
  );
  const lines: readonly LineStyle[] = [
    ...members.map(({ style, name }) => ({
      key: style.letter,
      label: `${style.letter} ${name}`,
      color: style.color,
      dash: style.dash,
      marker: style.marker,
      width: 2,
    })),
    { key: 'front', label: t('compare.pareto.front'), color: 'var(--ink-2)', width: 1.5 },
  ];
  const shares = [scales.x, scales.y].filter((_, i) => metricOfId([across, up][i]!)!.share);
  const digits = shares.some(({ ticks }) =>
    ticks.some((one) => Math.abs(one * 100 - Math.round(one * 100)) > 1e-9),
  )
    ? 1
    : 0;
  const tickOf =
    (metric: MetricId) =>
    (value: number): string =>
      metricOfId(metric)!.share ? format.percent(value, digits) : format.significant(value);
  const labels = (group: Parameters<typeof memberOf>[1]) => ({
    letter: memberOf(comparison, group).style.letter,
    name: memberOf(comparison, group).name,
  });
  const legend = `${t(`compare.pareto.${betterIs(lower)}`)} ${t(`compare.pareto.legend.${rows}`)} ${t(`compare.pareto.caution.${rows}`)}`;
  const empty = view.judged.length === 0 ? t('compare.pareto.empty') : null;
  const table = (all: boolean) => (
    <FrontTable
      view={view}
      axes={axes}
      comparison={comparison}
      title={t('compare.pareto.table', { x, y })}
      all={all}
    />
  );
  return (
    <>
      {view.missing.length > 0 && (
        <p className={styles['hint']}>
          {t('compare.pareto.missing', {
            count: view.missing.length,
            letters: lettersOf(comparison, view.missing),
          })}
        </p>
      )}
      {view.missingRuns > 0 && (
        <p className={styles['hint']}>{t('compare.pareto.missingRuns', { count: view.missingRuns })}</p>
      )}
      {rows === 'groups' && !sameSeeds(members.map(({ group }) => group)) && (
        <p className={styles['hint']}>{t('compare.pareto.otherSeeds')}</p>
      )}
      <div className={styles['pareto']}>
        <ChartFrame
          title={title}
          note={legend}
          summary={`${title}, ${t(`side.${reading.side}`)}. ${onFront}`}
          empty={empty}
          lines={lines}
          named={false}
          parts
          fullRows={() => paretoTable(view, axes, reading, labels)}
          chart={
            <ScatterChart
              marks={marks}
              line={line}
              scales={scales}
              xLabel={`${measuredX}, ${x}`}
              yLabel={`${measuredY}, ${y}`}
              xTick={tickOf(across)}
              yTick={tickOf(up)}
              unnamed={(count) => t('compare.pareto.unnamed', { count })}
              height={360}
            />
          }
          table={table(true)}
        />
        {view.judged.length > 0 && (
          <Panel title={t('compare.pareto.who')} level={3} flush note={t('compare.pareto.rule')}>
            <p className={styles['verdict']}>{onFront}</p>
            {table(false)}
          </Panel>
        )}
      </div>
    </>
  );
}
