/** A task's line sample: its colour, dash pattern and marker. Decoration beside the task's written name. */
import type { TaskId } from '../core/tasks/types';
import { markerPath, taskStyle } from './tasks';

export function TaskGlyph({ task, width = 30 }: { readonly task: TaskId; readonly width?: number }) {
  const { color, dash, marker } = taskStyle(task);
  return (
    <svg width={width} height={10} viewBox={`0 0 ${width} 10`} aria-hidden="true" focusable="false">
      <line x1={0} x2={width} y1={5} y2={5} stroke={color} strokeWidth={2} strokeDasharray={dash} />
      <path
        d={markerPath(marker, 3.4)}
        transform={`translate(${width / 2} 5)`}
        fill={color}
        stroke="var(--panel)"
        strokeWidth={1}
      />
    </svg>
  );
}
