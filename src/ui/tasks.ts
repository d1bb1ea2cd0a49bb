/**
 * How a task looks everywhere: colour, dash pattern and marker always go together, so that nothing rests on
 * colour alone, and every line is labelled at its end as well. Eight of them, by a task's slot. Not here: what a
 * task is (src/core/tasks/types.ts).
 */
import { presetTask } from '../core/tasks/presets';
import type { TaskId, TaskSpec } from '../core/tasks/types';

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'down' | 'plus' | 'cross' | 'bar';

export interface TaskStyle {
  readonly color: string;
  /** SVG dash array; undefined is a solid line. */
  readonly dash: string | undefined;
  readonly marker: Marker;
}

const slot = (n: number, dash: string | undefined, marker: Marker): TaskStyle => ({
  color: `var(--task-${n})`,
  dash,
  marker,
});

/** By slot; colours in tokens.css. No two slots share a dash pattern or a marker. */
export const TASK_STYLES: readonly TaskStyle[] = [
  slot(0, undefined, 'circle'),
  slot(1, '8 3', 'square'),
  slot(2, '2 2.5', 'triangle'),
  slot(3, '10 3 2 3', 'diamond'),
  slot(4, '5 2 1 2', 'down'),
  slot(5, '12 4', 'plus'),
  slot(6, '4 2', 'cross'),
  slot(7, '1 3', 'bar'),
];

type Known = Pick<TaskSpec, 'id' | 'slot' | 'name' | 'levels'> & Partial<Pick<TaskSpec, 'column'>>;

/** What configurations on this page have named; the latest spec of an id counts. */
const known = new Map<TaskId, Known>();

/** Lets these tasks be drawn and named as their specs say. Called with every configuration that comes up. */
export function noteTasks(tasks: readonly Known[]): void {
  for (const task of tasks) known.set(task.id, task);
}

export const notedTask = (task: TaskId): Known | undefined => known.get(task) ?? presetTask(task);

/** Of a task that nobody has named: the last slot. */
export const taskStyle = (task: TaskId): TaskStyle =>
  TASK_STYLES[notedTask(task)?.slot ?? TASK_STYLES.length - 1]!;

/** Path of a marker of radius r around the origin. */
export function markerPath(marker: Marker, r: number): string {
  switch (marker) {
    case 'circle':
      return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
    case 'square':
      return `M${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`;
    case 'triangle':
      return `M0,${-1.15 * r}L${1.1 * r},${0.8 * r}H${-1.1 * r}z`;
    case 'down':
      return `M0,${1.15 * r}L${1.1 * r},${-0.8 * r}H${-1.1 * r}z`;
    case 'diamond':
      return `M0,${-1.3 * r}L${1.3 * r},0L0,${1.3 * r}L${-1.3 * r},0z`;
    case 'bar':
      return `M${-0.5 * r},${-1.2 * r}h${r}v${2.4 * r}h${-r}z`;
    case 'plus':
      return arms(r);
    case 'cross':
      return arms(r, Math.SQRT1_2);
  }
}

/** Four arms of a third of the width; turned by 45° where `turn` is the sine of that. */
function arms(r: number, turn = 0): string {
  const [long, short] = [1.25 * r, 0.42 * r];
  const corners = [
    [-short, -long],
    [short, -long],
    [short, -short],
    [long, -short],
    [long, short],
    [short, short],
    [short, long],
    [-short, long],
    [-short, short],
    [-long, short],
    [-long, -short],
    [-short, -short],
  ] as const;
  const turned = corners.map(([x, y]) =>
    turn === 0 ? [x, y] : [turn * (x - y), turn * (x + y)],
  ) as (readonly [number, number])[];
  return `M${turned.map(([x, y]) => `${x},${y}`).join('L')}z`;
}
