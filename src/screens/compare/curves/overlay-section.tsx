/**
 * One chart a task: the curves of the recipes in the comparison, each the mean over its seeds with one
 * standard deviation.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { curveOf, type Curve } from '../../../core/compare/over-epochs';
import { metricOf, type MetricId, type Reading } from '../../../core/compare/values';
import { metric as metricOfId } from '../../../core/tasks/metrics/registry';
import { taskIds, type TaskId } from '../../../core/tasks/types';
import { ChartPanel } from '../../../ui/charts/chart-panel';
import type { Scales, TraceSource } from '../../../ui/charts/plot';
import type { Subscribe } from '../../../ui/charts/scheduler';
import { countAxis, linearAxis, type Axis } from '../../../ui/charts/ticks';
import { Charts, Section } from '../../../ui/controls/section';
import { CurveChoice } from './curve-choice';
import { CurveKey } from './curve-key';
import { useNumbers } from '../numbers';
import type { Comparison, Member } from '../use-comparison';
import type { Replicates } from '../../../core/compare/replicates';
import { countedText, repetitionWords } from '../../../ui/text/repetitions';
import { taskName } from '../../../ui/text/task-name';
import { metricName } from '../../../ui/text/metric-name';

const UNIT: Axis = { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] };
/** More points than this go without markers. */
const MARKED = 40;
/** Nothing moves here but by a new set of curves. */
const never: Subscribe = () => () => undefined;

export function OverlaySection({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { drawn, tasks, reading, replicates } = comparison;
  return (
    <Section
      title={t('compare.overlay.title')}
      note={t('compare.overlay.note', repetitionWords(t, replicates))}
    >
      <CurveChoice comparison={comparison} />
      <CurveKey
        members={drawn}
        labelOf={({ style, name, group }) =>
          t('compare.overlay.line', {
            letter: style.letter,
            name,
            counted: countedText(t, replicates, group.runs.length),
          })
        }
      />
      <Charts>
        {tasks.map((task) => (
          <OverlayChart key={task} members={drawn} task={task} reading={reading} replicates={replicates} />
        ))}
      </Charts>
    </Section>
  );
}

interface OverlayChartProps {
  readonly members: readonly Member[];
  readonly task: TaskId;
  readonly reading: Reading;
  readonly replicates: Replicates;
}

function scalesOf(curves: readonly Curve[], id: MetricId): Scales {
  const last = Math.max(2, ...curves.map(({ epochs }) => epochs.at(-1) ?? 0));
  const { share, scale } = metricOfId(id)!;
  const [lows, highs] = [curves.flatMap(({ low }) => low), curves.flatMap(({ high }) => high)];
  // Of a scale with two ends the upper one is always in sight; a correlation below 0 extends the axis.
  const end = Number.isFinite(scale[1]) ? scale[1] : Math.max(0, ...highs);
  const y = share ? UNIT : linearAxis(Math.max(scale[0], Math.min(0, ...lows)), end || 1);
  return { x: countAxis(last, 1), y, log: false };
}

function OverlayChart({ members, task, reading, replicates }: OverlayChartProps) {
  const metric = metricOf(reading, task);
  const { side } = reading;
  const { t } = useTranslation();
  const numbers = useNumbers();
  const lines = useMemo(
    () =>
      members
        .filter(({ group }) => taskIds(group.config).includes(task))
        .map((member) => ({ member, curve: curveOf(member.group, task, reading) }))
        .filter(({ curve }) => curve.epochs.length > 0),
    [members, task, reading],
  );
  const scales = useMemo(
    () =>
      scalesOf(
        lines.map(({ curve }) => curve),
        metric,
      ),
    [lines, metric],
  );
  const source = useMemo((): TraceSource => {
    const traces = lines.map(({ curve }) => ({
      xs: curve.epochs,
      ys: curve.mean,
      ...(curve.seeds > 1 ? { band: { low: curve.low, high: curve.high } } : {}),
    }));
    return {
      exact: true,
      subscribe: never,
      read: () => traces,
      lines: lines.map(({ member: { style, name }, curve }) => ({
        key: style.letter,
        label: t('compare.overlay.line', {
          letter: style.letter,
          name,
          counted: countedText(t, replicates, curve.seeds),
        }),
        short: style.letter,
        color: style.color,
        dash: style.dash,
        marker: style.marker,
        width: 2,
        endLabel: true,
        dots: curve.epochs.length <= MARKED,
      })),
    };
  }, [t, lines, replicates]);
  const title = t('compare.overlay.chart', {
    metric: metricName(t, metric),
    task: taskName(t, task),
  });
  const beyond = lines.reduce((sum, { curve }) => sum + curve.beyond, 0);
  const values = lines
    .map(
      ({ member, curve }) =>
        `${member.style.letter} ${member.name}: ${numbers.score(curve.mean.at(-1), metric)}`,
    )
    .join(', ');
  return (
    <ChartPanel
      title={title}
      source={source}
      scales={scales}
      keyElsewhere
      xLabel={t('axis.epoch')}
      xUnit="epoch"
      digits={3}
      height={230}
      empty={lines.length === 0 ? t('compare.overlay.empty') : null}
      note={beyond > 0 && t('compare.overlay.beyond', { count: beyond })}
      summary={t('compare.overlay.summary', { title, side: t(`side.${side}`), values })}
      fullRows={() => ({
        header: ['recipe', 'strategy', 'seeds', 'epoch', 'mean', 'mean_minus_sd', 'mean_plus_sd'],
        rows: lines.flatMap(({ member, curve }) =>
          curve.epochs.map((epoch, i) => [
            member.name,
            member.group.config.strategy.id,
            curve.seeds,
            epoch,
            curve.mean[i],
            curve.seeds > 1 ? curve.low[i] : null,
            curve.seeds > 1 ? curve.high[i] : null,
          ]),
        ),
      })}
    />
  );
}
