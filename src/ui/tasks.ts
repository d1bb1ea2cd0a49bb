/**
 * How a task looks everywhere: colour, dash pattern and marker always go together, so that nothing rests on
 * colour alone. Not here: what a task is (src/core/tasks/types.ts) or its translated name (`tasks.<id>`).
 */
import type { TaskId } from '../core/tasks/types';

export type Marker = 'circle' | 'square' | 'triangle';

export interface TaskStyle {
  readonly color: string;
  /** SVG dash array; undefined is a solid line. */
  readonly dash: string | undefined;
  readonly marker: Marker;
}

const STYLES: Readonly<Record<TaskId, TaskStyle>> = {
  emotion: { color: 'var(--task-emotion)', dash: undefined, marker: 'circle' },
  speaker: { color: 'var(--task-speaker)', dash: '8 3', marker: 'square' },
  gender: { color: 'var(--task-gender)', dash: '2 2.5', marker: 'triangle' },
};

/** Of a task without one of its own. */
const PLAIN: TaskStyle = { color: 'var(--ink)', dash: '5 2 1 2', marker: 'circle' };

export const taskStyle = (task: TaskId): TaskStyle => STYLES[task] ?? PLAIN;

/** Path of a marker of radius r around the origin. */
export function markerPath(marker: Marker, r: number): string {
  if (marker === 'circle') return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
  if (marker === 'square') return `M${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`;
  return `M0,${-1.15 * r}L${1.1 * r},${0.8 * r}H${-1.1 * r}z`;
}
