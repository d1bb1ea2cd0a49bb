/**
 * How the effective weights moved while the sandbox was stepped: small lines, with the numbers of the first
 * and the latest step beside them.
 */
import { useTranslation } from 'react-i18next';
import type { TaskId } from '../../../core/tasks/types';
import { linearAxis } from '../../../ui/charts/ticks';
import { useFormat } from '../../../ui/text/format';
import { taskStyle } from '../../../ui/tasks';
import styles from './sandbox.module.css';
import { taskName } from '../../../ui/text/task-name';

const [WIDTH, HEIGHT] = [600, 72];

export function SandboxTrace({
  tasks,
  trace,
}: {
  readonly tasks: readonly TaskId[];
  readonly trace: readonly (readonly number[])[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const values = trace.flat().filter(Number.isFinite);
  const { domain } = linearAxis(Math.min(...values), Math.max(...values));
  const x = (i: number): number => (i * WIDTH) / (trace.length - 1);
  const y = (value: number): number => HEIGHT * (1 - (value - domain[0]) / (domain[1] - domain[0]));
  const ends = tasks
    .map(
      (task, i) =>
        `${taskName(t, task)} ${format.fixed(trace[0]?.[i], 3)} → ${format.fixed(trace.at(-1)?.[i], 3)}`,
    )
    .join(', ');
  return (
    <figure className={styles['trace']}>
      <figcaption>{t('sandbox.trace', { count: trace.length, values: ends })}</figcaption>
      <svg
        viewBox={`-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        {domain[0] < 0 && <rect x={0} y={y(0)} width={WIDTH} height={HEIGHT - y(0)} fill="url(#uphill)" />}
        <line
          x1={0}
          x2={WIDTH}
          y1={y(Math.max(0, domain[0]))}
          y2={y(Math.max(0, domain[0]))}
          stroke="var(--line-strong)"
          vectorEffect="non-scaling-stroke"
        />
        {tasks.map((task, i) => (
          <polyline
            key={task}
            points={trace.map((row, step) => `${x(step).toFixed(1)},${y(row[i] ?? 0).toFixed(1)}`).join(' ')}
            fill="none"
            stroke={taskStyle(task).color}
            strokeWidth={1.75}
            strokeDasharray={taskStyle(task).dash}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </figure>
  );
}
