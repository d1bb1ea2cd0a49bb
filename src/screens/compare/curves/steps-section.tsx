/**
 * Step by step: the loss or the effective weight of each task, one run of every recipe in one chart. Read on
 * request, by the statistics worker, which thins the runs however long they are.
 */
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepCurve } from '../../../core/compare/over-steps';
import type { ComparedRun } from '../../../core/compare/values';
import { taskIds, type TaskId } from '../../../core/tasks/types';
import { useCompare } from '../../../state/runs/compare';
import { ChartPanel } from '../../../ui/charts/chart-panel';
import type { TraceSource } from '../../../ui/charts/plot';
import type { Subscribe } from '../../../ui/charts/scheduler';
import { countAxis, linearAxis } from '../../../ui/charts/ticks';
import { ErrorNote } from '../../../ui/controls/error-note';
import { Segments } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { Charts, Section } from '../../../ui/controls/section';
import type { SeriesStyle } from '../../../ui/series';
import { CurveKey } from './curve-key';
import type { Comparison } from '../use-comparison';
import styles from '../compare-screen.module.css';
import { taskName } from '../../../ui/text/task-name';

type Shown = 'off' | 'losses' | 'effective';
/** Nothing moves here but by a new set of curves. */
const never: Subscribe = () => () => undefined;

interface Line {
  readonly run: ComparedRun;
  readonly name: string;
  readonly style: SeriesStyle;
  readonly curve: StepCurve;
}

export function StepsSection({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>('off');
  const { tasks } = comparison;
  const steps = useCompare((s) => s.steps);
  const askSteps = useCompare((s) => s.askSteps);
  const drawn = useMemo(
    () => comparison.drawn.map(({ group, name, style }) => ({ run: group.runs[0]!, name, style })),
    [comparison.drawn],
  );
  const about = drawn.map(({ run }) => `${run.id} ${run.epochs.length} ${run.updatedAt}`).join(',');
  useEffect(() => {
    if (shown !== 'off')
      void askSteps(
        about,
        drawn.map(({ run }) => run.id),
      );
  }, [shown, about, askSteps, drawn]);
  const answer = steps?.about === about ? steps.answer : null;
  const linesOf = (task: TaskId): readonly Line[] =>
    drawn.flatMap((one) => {
      const curve =
        shown === 'off'
          ? undefined
          : answer?.find(({ runId }) => runId === one.run.id)?.[shown][taskIds(one.run.config).indexOf(task)];
      return curve && curve.steps.length > 0 ? [{ ...one, curve }] : [];
    });
  return (
    <Section
      title={t('stepCurves.title')}
      note={t('stepCurves.note')}
      controls={
        <Segments
          label={t('stepCurves.shown')}
          value={shown}
          onChange={setShown}
          options={(['off', 'losses', 'effective'] as const).map((value) => ({
            value,
            label: t(`stepCurves.${value}`),
          }))}
        />
      }
    >
      {shown !== 'off' && steps?.about === about && steps.error && <ErrorNote error={steps.error} />}
      {shown !== 'off' && !answer && !steps?.error && (
        <p role="status" className={styles['hint']}>
          {t('stepCurves.reading')}
        </p>
      )}
      {shown !== 'off' && answer && (
        <CurveKey
          members={comparison.drawn}
          labelOf={({ style, name, group }) =>
            t('stepCurves.line', { letter: style.letter, name, seed: group.runs[0]!.config.seed })
          }
        />
      )}
      {shown !== 'off' && answer && (
        <Charts>
          {tasks.map((task) => (
            <StepsChart key={task} task={task} shown={shown} lines={linesOf(task)} />
          ))}
        </Charts>
      )}
    </Section>
  );
}

function StepsChart({
  task,
  shown,
  lines,
}: {
  readonly task: TaskId;
  readonly shown: 'losses' | 'effective';
  readonly lines: readonly Line[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const scales = useMemo(() => {
    const [last, values] = [
      Math.max(1, ...lines.map(({ curve }) => curve.steps.at(-1)!)),
      lines.flatMap(({ curve }) => curve.values),
    ];
    return { x: countAxis(last), y: linearAxis(Math.min(0, ...values), Math.max(0, ...values)), log: false };
  }, [lines]);
  const source = useMemo((): TraceSource => {
    const traces = lines.map(({ curve }) => ({ xs: curve.steps, ys: curve.values }));
    return {
      subscribe: never,
      read: () => traces,
      lines: lines.map(({ run, name, style: { letter, color, dash } }) => ({
        key: letter,
        label: t('stepCurves.line', { letter, name, seed: run.config.seed }),
        short: letter,
        color,
        dash,
        width: 1.25,
        opacity: 0.85,
        endLabel: true,
        bounded: true,
      })),
    };
  }, [t, lines]);
  const title = t(`stepCurves.of.${shown}`, { task: taskName(t, task) });
  return (
    <ChartPanel
      title={title}
      source={source}
      scales={scales}
      keyElsewhere
      zero={shown === 'effective'}
      xLabel={t('axis.step')}
      digits={4}
      height={230}
      empty={lines.length === 0 ? t('stepCurves.empty') : null}
      note={t('stepCurves.thinned')}
      summary={`${title}: ${lines.map(({ style, name, curve }) => `${style.letter} ${name} ${format.reading(curve.values.at(-1), 3)}`).join(', ')}`}
      fullRows={() => ({
        header: ['recipe', 'run', 'seed', 'step', shown === 'losses' ? 'loss' : 'effective_weight'],
        rows: lines.flatMap(({ run, name, curve }) =>
          curve.steps.map((step, i) => [name, run.name, run.config.seed, step, curve.values[i]]),
        ),
      })}
    />
  );
}
